"""What was released, revised, withdrawn or put back, from the store; and what is announced."""

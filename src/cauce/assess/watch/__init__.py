"""What a network of observers sees of recruitment, and where nobody looks."""

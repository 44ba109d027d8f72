"""The editors' side: accounts, forms, review. An empty room so far."""

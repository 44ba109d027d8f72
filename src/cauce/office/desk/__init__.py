"""The editors' pages: every one made from the declarations, none for a single register."""

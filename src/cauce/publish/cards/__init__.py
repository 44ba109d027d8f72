"""What leaves the house of a card: its code as a picture, and the page that checks it offline."""

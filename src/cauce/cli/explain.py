"""`cauce explain`: where a number comes from, in the terminal."""

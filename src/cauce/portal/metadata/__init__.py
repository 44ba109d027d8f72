"""What a table is: its metadata page, how to cite it, and the same for machines that harvest."""

"""Messages of other agencies, structures and data; each is opened in a process of its own."""

"""The steps of the database's schema, in order; run by `database.upgrade`, never by hand."""

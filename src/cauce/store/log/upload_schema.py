"""The table of workbooks that were sent in: what waits to be checked, or to be entered."""

from sqlalchemy import Column, Index, String, Table, Text

from cauce.store.log.schema import MOMENT, metadata

# Not part of the log: a workbook lies here until it is entered, thrown away or forgotten. `book` is
# the file and `found` what was found in it, both sealed; only its sender ever sees them.
upload = Table(
    "upload",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("register", String(40), nullable=False),
    Column("author", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("book", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("sent_at", MOMENT, nullable=False),
    Index("upload_by_author", "author", "register", "sent_at"),
)
MINE = "author = current_setting('cauce.actor', true)"
"""Whose a row is, as PostgreSQL asks it."""

"""The table of drafts: what somebody is typing, kept until it is submitted or thrown away."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from cauce.store.log.schema import MOMENT, NUMBER, metadata

# Not part of the log: a draft is rewritten on every save and removed when it is submitted. `typed`
# is what stands in the form, right or wrong, with its days and its reason, sealed as a whole.
# `saved` grows with each save, so that two windows cannot overwrite one another. `country` is ""
# until the form names one.
draft = Table(
    "draft",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("country", String(3), nullable=False),
    Column("action", String(10), nullable=False),
    Column("base", NUMBER, nullable=False),
    Column("author", String(80), nullable=False),
    Column("typed", Text, nullable=False),
    Column("saved", Integer, nullable=False),
    Column("saved_at", MOMENT, nullable=False),
    Index("draft_by_author", "author", "saved_at"),
)

"""The tables of the register log. What was written to them is never altered."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()
NUMBER = BigInteger().with_variant(Integer, "sqlite")
DAY, MOMENT, DIGEST = String(10), String(32), String(64)

# The log itself. Days and moments are text as ISO 8601 has them, moments in UTC to the microsecond,
# so that they sort as they are and mean the same on every database.
entry = Table(
    "entry",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("country", String(3), nullable=False),
    Column("action", String(10), nullable=False),
    Column("record", Text),
    Column("valid_from", DAY),
    Column("valid_to", DAY),
    Column("recorded_at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Column("previous", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False),
    Index("entry_by_key", "register", "key", "number"),
)

# What the log said of each key from one entry to the next, for lists, search and "as known on".
version = Table(
    "version",
    metadata,
    Column("number", NUMBER, ForeignKey("entry.number"), primary_key=True, autoincrement=False),
    Column("register", String(40), nullable=False),
    Column("key", String(40), nullable=False),
    Column("country", String(3), nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    Column("superseded_at", MOMENT),
    Column("ended", Integer, nullable=False),
    # 1 where the record begins to be, -1 where it ceases, else 0: the sum is how many there are.
    Column("delta", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("words", Text, nullable=False),
    Index(
        "version_delta",
        "register",
        "recorded_at",
        "country",
        "delta",
        sqlite_where=text("delta <> 0"),
        postgresql_where=text("delta <> 0"),
    ),
    Index("version_by_title", "register", "title", "key"),
    Index("version_by_key", "register", "key", "recorded_at"),
    Index(
        "version_current",
        "register",
        "title",
        "key",
        "country",
        sqlite_where=text("superseded_at IS NULL"),
        postgresql_where=text("superseded_at IS NULL"),
    ),
)

# One row a key, with every word it was ever found by: a search in what was known goes through these
# and not through every version.
thing = Table(
    "thing",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("ever", Text, nullable=False),
    Index("thing_by_title", "register", "title", "key"),
)

# Four eyes: a second person's verdict on an entry, itself never altered.
approval = Table(
    "approval",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("entry", NUMBER, ForeignKey("entry.number"), nullable=False, index=True),
    Column("verdict", String(10), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("note", Text, nullable=False),
)

# Which text declared each register when, so that old records are read as they were meant.
declaration = Table(
    "declaration",
    metadata,
    Column("register", String(40), primary_key=True),
    Column("sha256", DIGEST, primary_key=True),
    Column("declared", Text, nullable=False),
    Column("adopted_at", MOMENT, nullable=False),
)

"""The tables of devices that record cards offline, and of whose permit a card is."""

from collections.abc import Iterator

from sqlalchemy import Column, Index, String, Table

from cauce.store.log.row_security import by_country
from cauce.store.log.schema import DIGEST, MOMENT, metadata
from cauce.store.log.signing import signed
from cauce.store.log.triggers import never_altered

COUNTRY = String(3)

# A telephone of a post or a farm. `place` is a code of the mechanism's list, and nothing finer.
card_device = Table(
    "card_device",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("name", String(80), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("place", String(20), nullable=False),
    Column("employer", String(20), nullable=False),
    Column("secret_hash", DIGEST, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

card_device_ended = Table(
    "card_device_ended",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

# Whose permit a card is, and the hash of the secret by which its holder sees their own record.
card_permit = Table(
    "card_permit",
    metadata,
    Column("token", String(16), primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("permit", String(40), nullable=False),
    Column("secret_hash", DIGEST, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
    Index("card_by_permit", "permit"),
)

TABLES = (card_device, card_device_ended, card_permit)


def rules(dialect: str) -> Iterator[str]:
    """What the database keeps by itself: each row signed, for good, and its country's."""
    for table in TABLES:
        yield from signed(dialect, table.name)
        yield from never_altered(dialect, table.name)
        if dialect == "postgresql":
            yield from by_country(table.name)

"""The tables of cards, and of what posts and farms recorded. There is no name in them."""

from collections.abc import Iterator

from sqlalchemy import Column, Index, Integer, String, Table, Text

from cauce.store.log.row_security import by_country
from cauce.store.log.schema import DAY, DIGEST, MOMENT, metadata
from cauce.store.log.signing import signed
from cauce.store.log.triggers import never_altered

COUNTRY = String(3)

# Public keys. A withdrawn key gets a second row, so that no row is ever altered; `name` is that of
# the private one in the key folder.
card_key = Table(
    "card_key",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("withdrawn", Integer, primary_key=True, autoincrement=False),
    Column("name", String(41), nullable=False),
    Column("mechanism", String(12), nullable=False),
    Column("country", COUNTRY, nullable=False),
    Column("public", DIGEST, nullable=False),
    Column("issuer_en", Text, nullable=False),
    Column("issuer_es", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

card = Table(
    "card",
    metadata,
    Column("token", String(16), primary_key=True),
    Column("key", String(8), nullable=False),
    Column("mechanism", String(12), nullable=False),
    Column("country", COUNTRY, nullable=False),
    Column("worker", String(40), nullable=False),
    Column("valid_from", DAY, nullable=False),
    Column("valid_to", DAY, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

card_revoked = Table(
    "card_revoked",
    metadata,
    Column("token", String(16), primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("why", String(12), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

# Every list ever signed: a number is given once.
card_list = Table(
    "card_list",
    metadata,
    Column("mechanism", String(12), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("country", COUNTRY, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

# That an event came, for good and without saying what: whatever is sent again after the event
# itself was forgotten is still known. `digest` is of everything the device said.
event_seen = Table(
    "event_seen",
    metadata,
    Column("device", String(16), primary_key=True),
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("digest", DIGEST, primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("received_at", MOMENT, nullable=False),
)

# What happened, until `keep_until`. Two clocks: the device's and ours. `skew` is by how many
# seconds the device's clock was behind ours when it sent. No place but a code, and no nationality.
event = Table(
    "event",
    metadata,
    Column("device", String(16), primary_key=True),
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("digest", DIGEST, primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("card", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("place", String(20), nullable=False),
    Column("employer", String(20), nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    Column("received_at", MOMENT, nullable=False),
    Column("skew", Integer, nullable=False),
    Column("keep_until", MOMENT, nullable=False),
    Index("event_by_card", "card"),
)

# What a person decided of a conflict that no program may decide.
event_decided = Table(
    "event_decided",
    metadata,
    Column("conflict", String(16), primary_key=True),
    Column("country", COUNTRY, nullable=False),
    Column("decision", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("actor", String(80), nullable=False),
)

SIGNED = (card_key, card, card_revoked, card_list, event_decided)
FOR_GOOD = (*SIGNED, event_seen)
TABLES = (*FOR_GOOD, event)


def rules(dialect: str) -> Iterator[str]:
    """What the database keeps by itself of every table above."""
    for table in SIGNED:
        yield from signed(dialect, table.name)
    for table in FOR_GOOD:
        yield from never_altered(dialect, table.name)
    yield from _kept_till_its_day(dialect)
    if dialect == "postgresql":
        for table in TABLES:
            yield from by_country(table.name)


def _kept_till_its_day(dialect: str) -> Iterator[str]:
    told = "an event is kept until its day, and never altered"
    if dialect == "sqlite":
        yield (
            f"CREATE TRIGGER event_never_update BEFORE UPDATE ON event "
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
        yield (
            f"CREATE TRIGGER event_kept BEFORE DELETE ON event WHEN OLD.keep_until > cauce_now() "
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
        return
    yield (
        f"CREATE TRIGGER event_never_altered BEFORE UPDATE OR TRUNCATE ON event "
        f"FOR EACH STATEMENT EXECUTE FUNCTION cauce_refuse('{told}')"
    )
    yield (
        "CREATE TRIGGER event_kept BEFORE DELETE ON event FOR EACH ROW "
        "WHEN (OLD.keep_until::timestamptz > now()) "
        f"EXECUTE FUNCTION cauce_refuse('{told}')"
    )

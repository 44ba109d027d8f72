"""Changing a country's key: every record's own key is wrapped anew, the values stay as they are.

NIST SP 800-57 part 1, section 5.3.6: a key-wrapping key has an end. The old one stays in the
folder: it opens the backups made before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from cauce.model.errors import BadInput
from cauce.store.log import door_schema as doors
from cauce.store.log.database import Database
from cauce.store.log.envelope import MASTER, REGION_KEY, about_key, master
from cauce.store.log.key_folder import KeyFolder

BATCH = 500
Tell = Callable[[int], object]


@dataclass(frozen=True)
class Rotated:
    """The country, the key in use from now on, and how many records' keys it wrapped."""

    country: str
    key: str
    wrapped: int


def countries_with_keys(database: Database) -> tuple[str, ...]:
    """The countries that have sealed records; "" is the region."""
    with database.reading() as connection:
        found = connection.execute(select(doors.data_key.c.country).distinct())
        return tuple(sorted(found.scalars()))


def rotate(
    database: Database, keys: KeyFolder, country: str, actor: str, tell: Tell = lambda _: None
) -> Rotated:
    """Put a new key in the place of a country's.

    Batch by batch, each in one transaction; the office may go on meanwhile. Where it was stopped
    half way it goes on with the key it had made.

    Raises:
        BadInput: the country has no key yet; the old key is not in the folder, or opens nothing.
    """
    name = master(country)
    with database.reading(actor) as connection:
        used = _count(connection, country)
        behind = _count(connection, country, keys.newest(name))
    if not used:
        raise BadInput(f"{country or REGION_KEY} has no sealed records, so there is nothing to do.")
    new = keys.newest(name) if behind else keys.following(name)
    done = 0
    while True:
        with database.writing(actor) as connection:
            count = _wrap_some(connection, keys, country, new)
        if not count:
            return Rotated(country, new, done)
        done += count
        tell(done)


def _count(connection: Connection, country: str, but: str = "") -> int:
    """How many of a country's records have a key, but for those wrapped by one."""
    table = doors.data_key.c
    asked = select(func.count()).where(
        table.country == country, table.wrapped_by != but.removeprefix(MASTER)
    )
    return connection.execute(asked).scalar_one()


def _wrap_some(connection: Connection, keys: KeyFolder, country: str, new: str) -> int:
    """Wrap a batch of what is under an older key; how many."""
    table = doors.data_key
    by = new.removeprefix(MASTER)
    asked = select(table).where(table.c.country == country, table.c.wrapped_by != by).limit(BATCH)
    rows = connection.execute(asked).all()
    for row in rows:
        bound = about_key(row.register, row.key, row.country)
        own = keys.open(MASTER + row.wrapped_by, row.wrapped, bound)
        mine = (table.c.register == row.register) & (table.c.key == row.key)
        sealed = keys.seal(new, own, bound)
        connection.execute(update(table).where(mine).values(wrapped_by=by, wrapped=sealed))
    return len(rows)

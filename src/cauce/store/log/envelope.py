"""A record's own key: made, wrapped by its country's key, and destroyed.

Destroying it erases what was sealed under it, while the log and its hashes stay whole. The envelope
follows NIST SP 800-57 part 1, section 5.3 (key-wrapping keys); what a value is about is
authenticated with it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from cauce.model.errors import BadInput
from cauce.model.record import Sealed
from cauce.model.register import Register
from cauce.registers.values import alike
from cauce.store.log import door_schema as doors
from cauce.store.log.key_folder import BYTES, KeyFolder, unseal
from cauce.store.log.legal_hold import is_held
from cauce.store.log.rows import moment

MASTER, REGION_KEY = "country-", "REGION"


@dataclass(frozen=True)
class Whose:
    """The record that values belong to."""

    register: Register
    key: str
    country: str


def master(country: str) -> str:
    """The name of a country's key, or of the region's, before it was ever changed."""
    return MASTER + (country or REGION_KEY)


def data_key(connection: Connection, keys: KeyFolder, whose: Whose) -> bytes | None:
    table = doors.data_key.c
    row = connection.execute(
        select(table.wrapped_by, table.wrapped).where(
            table.register == whose.register.id, table.key == whose.key
        )
    ).first()
    if row is None:
        return None
    return keys.open(MASTER + row.wrapped_by, row.wrapped, about(whose, ""))


def new_key(connection: Connection, keys: KeyFolder, whose: Whose) -> bytes:
    """A key for a record that has none. Raises BadInput if it had one that was destroyed."""
    register, key, country = whose.register.id, whose.key, whose.country
    if is_erased(connection, register, key):
        raise BadInput(f"What was sealed of {register} {key} was erased. Open a new record.")
    made = secrets.token_bytes(BYTES)
    name = keys.newest(master(country))
    connection.execute(
        insert(doors.data_key).values(
            register=register,
            key=key,
            country=country,
            wrapped_by=name.removeprefix(MASTER),
            wrapped=keys.seal(name, made, about(whose, "")),
        )
    )
    return made


def text_behind(
    connection: Connection, whose: Whose, key: bytes, name: str, value: Sealed
) -> str | None:
    """The text behind a hash, None if it was erased."""
    table = doors.sealed.c
    found = connection.execute(
        select(table.value).where(
            table.hash == str(value), table.register == whose.register.id, table.key == whose.key
        )
    ).scalar_one_or_none()
    return None if found is None else unseal(key, found, about(whose, name)).decode()


def erase(
    connection: Connection,
    register: str,
    key: str,
    reason: str,
    now: datetime,
    despite_hold: bool = False,
) -> None:
    """Destroy the key of a record's sealed values, and what it sealed. There is no way back.

    A backup made before still holds them: `erasures` keeps the list by which they go again.

    Raises:
        BadInput: no reason is given, or a legal hold is on the record.
    """
    if not reason.strip():
        raise BadInput("Say why this is erased: who asked, or under which rule.")
    if not despite_hold and is_held(connection, register, key):
        raise BadInput(f"{register} {key} is under a legal hold. Release it first, saying why.")
    _destroy(connection, register, key)
    if not is_erased(connection, register, key):
        connection.execute(
            insert(doors.erasure).values(register=register, key=key, at=moment(now), reason=reason)
        )


def erase_again(connection: Connection) -> int:
    """Destroy whatever the list of erasures names and a restored backup brought back."""
    rows = connection.execute(select(doors.erasure.c.register, doors.erasure.c.key)).all()
    return sum(_destroy(connection, row.register, row.key) for row in rows)


def is_erased(connection: Connection, register: str, key: str) -> bool:
    table = doors.erasure.c
    found = select(table.at).where(table.register == register, table.key == key)
    return connection.execute(found).first() is not None


def _destroy(connection: Connection, register: str, key: str) -> int:
    """How many keys were destroyed: one, or none if it was gone."""
    for table in (doors.sealed, doors.blind):
        connection.execute(delete(table).where(table.c.register == register, table.c.key == key))
    own = doors.data_key
    gone = connection.execute(delete(own).where(own.c.register == register, own.c.key == key))
    return gone.rowcount


def blind(keys: KeyFolder, country: str, register: str, field: str, text: str) -> str:
    """What a text is found by: a keyed hash under a key of its country's own.

    Equal texts have equal hashes, whatever their accents, capitals and spaces, and telephones
    whatever is between their digits; nothing is told of their order or of how much alike they are.
    """
    return keys.digest(f"blind|{register}|{field}", alike(text), f"blind-{country or REGION_KEY}")


def about(whose: Whose, name: str) -> str:
    """What a ciphertext is about, so that one moved elsewhere does not open."""
    return about_key(whose.register.id, whose.key, whose.country, name)


def about_key(register: str, key: str, country: str, name: str = "") -> str:
    """The same of a record that need not be declared any more; without a field, of its key."""
    return f"{register}|{key}|{name}|{country}"

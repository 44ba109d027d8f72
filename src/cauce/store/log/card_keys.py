"""The keys that sign cards: private in the key folder, public in the database."""

from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from sqlalchemy import Connection, insert, select

from cauce.model.card import CardKey, Ring
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.registers.cards.ring import key_id, refuse_names
from cauce.store.log.card_schema import card_key as table
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.rows import moment


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether they fit, by Ed25519. Source: RFC 8032."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_key(
    connection: Connection,
    keys: KeyFolder,
    mechanism: str,
    country: str,
    issuer: Text,
    actor: str,
    now: datetime,
) -> CardKey:
    """A new key that signs from now on; the earlier ones stay in the ring for their cards.

    Raises:
        BadInput: the codes are none, or the mechanism is another country's.
    """
    refuse_names(mechanism, country)
    others = {key.country for key in ring_of(connection).values() if key.mechanism == mechanism}
    if others - {country}:
        raise BadInput(f"The mechanism {mechanism} is of another country. Choose another code.")
    name = f"card-{mechanism}"
    name = keys.following(name) if (keys.folder / f"{name}.key").exists() else name
    public = _private(keys, name, make=True).public_key().public_bytes_raw()
    made = CardKey(key_id(public), public, mechanism, country, issuer)
    _write(connection, made, name, actor, now)
    return made


def withdraw_key(connection: Connection, id_: str, actor: str, now: datetime) -> None:
    """Say that a key is no longer in good hands: no card of it is believed from now on.

    Raises:
        BadInput: there is no such key, or it was withdrawn before.
    """
    row = connection.execute(select(table).where(table.c.id == id_)).all()
    if len(row) != 1:
        raise BadInput(f"There is no key {id_} that could be withdrawn.")
    name = row[0].name
    _write(connection, _key(row[0]._asdict()), name, actor, now, withdrawn=1)


def ring_of(connection: Connection) -> Ring:
    """Every key there ever was."""
    rows = connection.execute(select(table).order_by(table.c.withdrawn))
    return {row.id: _key(row._asdict()) for row in rows}


def sign_with(
    connection: Connection, keys: KeyFolder, mechanism: str
) -> tuple[CardKey, Ed25519PrivateKey]:
    """The mechanism's newest key that was not withdrawn, and its private part.

    Raises:
        BadInput: there is none, or the key folder has another.
    """
    ring = ring_of(connection)
    asked = select(table).where(table.c.mechanism == mechanism).order_by(table.c.at.desc())
    good = [row for row in connection.execute(asked) if not ring[row.id].withdrawn]
    if not good:
        raise BadInput(
            f"No key signs for {mechanism}. Make one: cauce card key {mechanism} COUNTRY."
        )
    private = _private(keys, good[0].name, make=False)
    if private.public_key().public_bytes_raw().hex() != good[0].public:
        raise BadInput(f"The key folder's {good[0].name} is not the key the database knows.")
    return ring[good[0].id], private


def _private(keys: KeyFolder, name: str, make: bool) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.key(name, make))


def _write(
    connection: Connection, key: CardKey, name: str, actor: str, now: datetime, withdrawn: int = 0
) -> None:
    connection.execute(
        insert(table).values(
            id=key.id,
            withdrawn=withdrawn,
            name=name,
            mechanism=key.mechanism,
            country=key.country,
            public=key.public.hex(),
            issuer_en=key.issuer.en,
            issuer_es=key.issuer.es,
            at=moment(now),
            actor=actor,
        )
    )


def _key(row: dict[str, Any]) -> CardKey:
    return CardKey(
        row["id"],
        bytes.fromhex(row["public"]),
        row["mechanism"],
        row["country"],
        Text(row["issuer_en"], row["issuer_es"]),
        withdrawn=bool(row["withdrawn"]),
    )

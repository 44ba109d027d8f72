"""Issuing cards and revoking them."""

import re
import secrets
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from cauce.model.card import Card, Revocations
from cauce.model.errors import BadInput
from cauce.registers.cards import revoked as lists
from cauce.registers.cards.code import code_of, signed_text
from cauce.store.log.card_keys import ring_of, sign_with, signed
from cauce.store.log.card_schema import card, card_list, card_revoked
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.rows import moment

WORKER = re.compile(r"[A-Za-z0-9-]{1,40}")
FRESH_DAYS = 7
LISTED = timedelta(days=30)
"""How long after its last day a revoked card stays on the list: longer than any clock is wrong."""


class Why(StrEnum):
    """Why a card is no longer good; kept here, and on no list."""

    LOST = "LOST"
    REPLACED = "REPLACED"
    ENDED = "ENDED"
    MISTAKE = "MISTAKE"


def issue(
    connection: Connection,
    keys: KeyFolder,
    mechanism: str,
    worker: str,
    valid: tuple[date, date],
    actor: str,
    now: datetime,
) -> tuple[Card, str]:
    """A new card for a worker known by a token, and the characters of its code.

    Raises:
        BadInput: no key signs for the mechanism, the token is none, or the days make no sense.
    """
    if not WORKER.fullmatch(worker):
        raise BadInput("A worker is named by their token: up to 40 letters, digits and hyphens.")
    key, private = sign_with(connection, keys, mechanism)
    made = Card(secrets.token_hex(8), key.id, *valid)
    code = code_of(made, private.sign(signed_text(made)))
    connection.execute(
        insert(card).values(
            token=made.token,
            key=key.id,
            mechanism=mechanism,
            country=key.country,
            worker=worker,
            valid_from=made.valid_from.isoformat(),
            valid_to=made.valid_to.isoformat(),
            at=moment(now),
            actor=actor,
        )
    )
    return made, code


def revoke(connection: Connection, token: str, why: Why, actor: str, now: datetime) -> str:
    """Revoke a card, for good; the mechanism whose list is to be signed again.

    Raises:
        BadInput: there is no such card, or it was revoked before.
    """
    row = connection.execute(select(card).where(card.c.token == token)).first()
    if row is None:
        raise BadInput("There is no card of this token.")
    if connection.execute(select(card_revoked).where(card_revoked.c.token == token)).first():
        raise BadInput("This card was revoked before.")
    connection.execute(
        insert(card_revoked).values(
            token=token, country=row.country, why=str(why), at=moment(now), actor=actor
        )
    )
    return str(row.mechanism)


def sign_list(
    connection: Connection,
    keys: KeyFolder,
    mechanism: str,
    actor: str,
    now: datetime,
    fresh_days: int = FRESH_DAYS,
) -> str:
    """The next list of a mechanism's revoked cards, signed and kept."""
    if not 1 <= fresh_days <= 255:
        raise BadInput(f"A list is fresh for 1 to 255 days, not {fresh_days}.")
    key, private = sign_with(connection, keys, mechanism)
    last = select(func.max(card_list.c.number)).where(card_list.c.mechanism == mechanism)
    number = 1 + (connection.execute(last).scalar() or 0)
    asked = (
        select(card.c.token)
        .join(card_revoked, card_revoked.c.token == card.c.token)
        .where(card.c.mechanism == mechanism)
        .where(card.c.valid_to >= (now - LISTED).date().isoformat())
    )
    tokens = frozenset(connection.execute(asked).scalars())
    listed = Revocations(key.id, number, now, fresh_days, tokens)
    content = lists.list_of(listed, private.sign(lists.signed_text(listed)))
    connection.execute(
        insert(card_list).values(
            mechanism=mechanism,
            number=number,
            country=key.country,
            content=content,
            at=moment(now),
            actor=actor,
        )
    )
    return content


def lists_of(connection: Connection) -> tuple[str, ...]:
    """The newest list of each mechanism, as text; none where its key was withdrawn since."""
    ring = ring_of(connection)
    rows = connection.execute(select(card_list).order_by(card_list.c.number))
    newest = {row.mechanism: row.content for row in rows}
    texts = (newest[name] for name in sorted(newest))
    return tuple(text for text in texts if not ring[lists.signer(text)].withdrawn)


def read_lists(connection: Connection) -> tuple[Revocations, ...]:
    """The newest lists, read as anybody reads them."""
    ring = ring_of(connection)
    return tuple(lists.read_list(text, ring, signed) for text in lists_of(connection))

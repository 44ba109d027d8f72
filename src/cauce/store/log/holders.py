"""Whose permit a card is, and the secret by which its holder sees their own record."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from cauce.model.event import Issued
from cauce.store.log.accounts import digest
from cauce.store.log.card_schema import card, card_revoked
from cauce.store.log.device_schema import card_permit
from cauce.store.log.rows import moment

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letters and digits that look alike on paper."""
LENGTH = 10


@dataclass(frozen=True)
class Held:
    """A card of a permit; `revoked_why` is "" while it is not revoked."""

    token: str
    permit: str
    country: str
    mechanism: str
    valid_from: date
    valid_to: date
    issued_at: str
    revoked_why: str = ""
    revoked_at: str = ""


def give(
    connection: Connection, token: str, country: str, permit: str, actor: str, now: datetime
) -> str:
    """Say whose permit a card is; the secret for its holder, told only here."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    connection.execute(
        insert(card_permit).values(
            token=token,
            country=country,
            permit=permit,
            secret_hash=digest(secret),
            at=moment(now),
            actor=actor,
        )
    )
    return f"{secret[:5]}-{secret[5:]}"


def cards_of(connection: Connection, permits: frozenset[str] | None = None) -> tuple[Held, ...]:
    """The cards of some permits, None for all, the newest last."""
    asked = _joined()
    if permits is not None:
        asked = asked.where(card_permit.c.permit.in_(sorted(permits)))
    rows = connection.execute(asked.order_by(card_permit.c.at, card_permit.c.token))
    return tuple(_held(row) for row in rows)


def card_named(connection: Connection, token: str) -> Held | None:
    row = connection.execute(_joined().where(card_permit.c.token == token)).first()
    return None if row is None else _held(row)


def opened_by(connection: Connection, token: str, secret: str) -> Held | None:
    """The card whose holder's secret this is, typed in whatever case and with any hyphens."""
    asked = select(card_permit.c.secret_hash).where(card_permit.c.token == token)
    row = connection.execute(asked).first()
    given = digest("".join(secret.split()).replace("-", "").upper())
    right = hmac.compare_digest(given, row.secret_hash if row else digest(""))
    return card_named(connection, token) if row is not None and right else None


def issued_cards(connection: Connection) -> dict[str, Issued]:
    """What the house knows of every card it issued, by its token."""
    asked = select(
        card.c.token, card.c.country, card.c.valid_from, card.c.valid_to, card_revoked.c.at
    ).join(card_revoked, card_revoked.c.token == card.c.token, isouter=True)
    return {
        row.token: Issued(
            row.country,
            date.fromisoformat(row.valid_from),
            date.fromisoformat(row.valid_to),
            None if row.at is None else datetime.fromisoformat(row.at).replace(tzinfo=UTC),
        )
        for row in connection.execute(asked)
    }


def _joined() -> Select[Any]:
    return (
        select(
            card_permit.c.token,
            card_permit.c.permit,
            card_permit.c.country,
            card_permit.c.at,
            card.c.mechanism,
            card.c.valid_from,
            card.c.valid_to,
            card_revoked.c.why,
            card_revoked.c.at.label("revoked_at"),
        )
        .join(card, card.c.token == card_permit.c.token)
        .join(card_revoked, card_revoked.c.token == card_permit.c.token, isouter=True)
    )


def _held(row: Row[Any]) -> Held:
    return Held(
        row.token,
        row.permit,
        row.country,
        row.mechanism,
        date.fromisoformat(row.valid_from),
        date.fromisoformat(row.valid_to),
        row.at,
        row.why or "",
        row.revoked_at or "",
    )

"""Devices of posts and farms: enrolled by somebody, known by a key, ended by somebody."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from cauce.model.errors import BadInput
from cauce.registers.cards.batch import CODE
from cauce.store.log.accounts import digest
from cauce.store.log.database import Database, told
from cauce.store.log.device_schema import card_device as table
from cauce.store.log.device_schema import card_device_ended as ended
from cauce.store.log.rows import moment

PREFIX = "caudev_"
KINDS = ("POST", "FARM")
_KEY = re.compile(r"caudev_([0-9a-f]{16})_([A-Za-z0-9_-]{20,60})")


@dataclass(frozen=True)
class Device:
    """A telephone of a post or a farm; `ended_at` is "" while it may send."""

    id: str
    country: str
    name: str
    kind: str
    place: str
    employer: str
    enrolled_at: str
    ended_at: str = ""


def enrol(connection: Connection, made: Device, actor: str, now: datetime) -> tuple[Device, str]:
    """A new device and its key, which is told only here; `made.id` is not looked at.

    Raises:
        BadInput: it has no name, or its place or employer are no codes.
    """
    if not made.name.strip() or len(made.name) > 80 or made.kind not in KINDS:
        raise BadInput("A device has a name of at most 80 letters, and is of a post or a farm.")
    if not CODE.fullmatch(made.place):
        raise BadInput("A place is a code of 1 to 20 capitals, digits and hyphens, such as P-1.")
    if (made.kind == "FARM") != bool(CODE.fullmatch(made.employer)):
        raise BadInput("A farm's device names the code of its employer, a post's names none.")
    id_, secret = secrets.token_hex(8), secrets.token_urlsafe(24)
    at = moment(now)
    connection.execute(
        insert(table).values(
            id=id_,
            country=made.country,
            name=made.name.strip(),
            kind=made.kind,
            place=made.place,
            employer=made.employer,
            secret_hash=digest(secret),
            at=at,
            actor=actor,
        )
    )
    new = Device(id_, made.country, made.name.strip(), made.kind, made.place, made.employer, at)
    return new, f"{PREFIX}{id_}_{secret}"


def end(connection: Connection, id_: str, country: str, actor: str, now: datetime) -> None:
    """Let a device send no more. Raises BadInput if it may not already."""
    if connection.execute(select(ended).where(ended.c.id == id_)).first():
        raise BadInput("This device was ended before.")
    connection.execute(insert(ended).values(id=id_, country=country, at=moment(now), actor=actor))


def devices_of(connection: Connection, countries: frozenset[str] | None) -> tuple[Device, ...]:
    """The devices of some countries, None for all, the newest first."""
    asked = select(table, ended.c.at.label("ended_at")).join(
        ended, ended.c.id == table.c.id, isouter=True
    )
    if countries is not None:
        asked = asked.where(table.c.country.in_(sorted(countries)))
    rows = connection.execute(asked.order_by(table.c.at.desc(), table.c.id))
    return tuple(
        Device(r.id, r.country, r.name, r.kind, r.place, r.employer, r.at, r.ended_at or "")
        for r in rows
    )


def device_of_key(database: Database, text: str) -> Device | None:
    """The device whose key this is; None if it is no key, or one that was ended."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    with database.reading("devices", told(None)) as connection:
        row = connection.execute(select(table).where(table.c.id == found[1])).first()
        over = connection.execute(select(ended.c.id).where(ended.c.id == found[1])).first()
    if row is None or over or not hmac.compare_digest(row.secret_hash, digest(found[2])):
        return None
    return Device(row.id, row.country, row.name, row.kind, row.place, row.employer, row.at)

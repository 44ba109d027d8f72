"""Keys for programs: for some registers, countries and verbs of their owner, until a day."""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, null, select, update

from cauce.model.account import Account, Scope
from cauce.model.errors import BadInput
from cauce.registers.access import VERBS
from cauce.store.log import door_schema as doors
from cauce.store.log.accounts import account_of, countries_from, countries_to, digest
from cauce.store.log.database import EVERYWHERE, Database
from cauce.store.log.rows import moment
from cauce.store.log.sessions import TOUCH, touch

PREFIX = "cauce_"
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Wish:
    """A key somebody asks for."""

    name: str
    registers: frozenset[str] | None
    countries: frozenset[str] | None
    verbs: frozenset[str]
    lasts: timedelta


@dataclass(frozen=True)
class ApiKey:
    """A key as its owner sees it in a list; the secret is not kept."""

    id: str
    name: str
    prefix: str
    scope: Scope
    countries: frozenset[str] | None
    expires_at: str
    seen_at: str | None


def make_key(connection: Connection, owner: Account, wish: Wish, now: datetime) -> str:
    """A new key, told only here.

    Raises:
        BadInput: it would do more than its owner, does nothing, or lasts too long.
    """
    if not wish.name.strip() or not wish.verbs or not wish.verbs <= set(VERBS):
        raise BadInput("A key has a name and at least one thing it may do.")
    if not timedelta() < wish.lasts <= LONGEST:
        raise BadInput(f"A key lasts from one day to {LONGEST.days}.")
    mine = owner.countries
    if mine is not None and (wish.countries is None or not wish.countries <= mine):
        raise BadInput("A key is for countries of its owner.")
    if owner.scope is not None:
        raise BadInput("A key makes no keys. Sign in to make one.")
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    connection.execute(
        insert(doors.api_key).values(
            id=id_,
            account=owner.id,
            name=wish.name.strip()[:80],
            secret_hash=digest(secret),
            countries=countries_to(wish.countries),
            registers=EVERYWHERE if wish.registers is None else ",".join(sorted(wish.registers)),
            verbs=",".join(sorted(wish.verbs)),
            created_at=moment(now),
            expires_at=moment(now + wish.lasts),
        )
    )
    return f"{PREFIX}{id_}_{secret}"


def account_of_key(database: Database, text: str, now: datetime) -> Account | None:
    """Who a key speaks for, within its scope; None if it is no key or no longer one."""
    id_, _, secret = text.removeprefix(PREFIX).partition("_")
    if not text.startswith(PREFIX) or not secret:
        return None
    table, seen = doors.api_key.c, doors.activity
    with database.reading() as connection:
        row = connection.execute(
            select(
                doors.account,
                table.secret_hash,
                table.countries.label("for_countries"),
                table.registers,
                table.verbs,
                seen.c.seen_at,
            )
            .join(doors.api_key, table.account == doors.account.c.id)
            .join(seen, seen.c.id == table.id, isouter=True)
            .where(
                table.id == id_,
                table.revoked_at == null(),
                table.expires_at > moment(now),
                doors.account.c.disabled_at == null(),
            )
        ).first()
    if row is None or not hmac.compare_digest(row.secret_hash, digest(secret)):
        return None
    if row.seen_at is None or row.seen_at < moment(now - TOUCH):
        touch(database, id_, now)
    account, wanted = account_of(row), countries_from(row.for_countries)
    both = _both(account.countries, wanted)
    scope = Scope(_registers(row.registers), frozenset(row.verbs.split(",")))
    return replace(account, countries=both, scope=scope)


def keys_of(connection: Connection, account: str, now: datetime) -> tuple[ApiKey, ...]:
    """The keys of an account that can still be used."""
    table, seen = doors.api_key.c, doors.activity
    rows = connection.execute(
        select(doors.api_key, seen.c.seen_at)
        .join(seen, seen.c.id == table.id, isouter=True)
        .where(table.account == account, table.revoked_at == null(), table.expires_at > moment(now))
        .order_by(table.created_at)
    )
    return tuple(
        ApiKey(
            id=row.id,
            name=row.name,
            prefix=f"{PREFIX}{row.id}",
            scope=Scope(_registers(row.registers), frozenset(row.verbs.split(","))),
            countries=countries_from(row.countries),
            expires_at=row.expires_at,
            seen_at=row.seen_at,
        )
        for row in rows
    )


def revoke(connection: Connection, account: str, id_: str, now: datetime) -> None:
    """End a key of an account; another's is not touched."""
    table = doors.api_key
    connection.execute(
        update(table)
        .where(table.c.id == id_, table.c.account == account, table.c.revoked_at == null())
        .values(revoked_at=moment(now))
    )


def _registers(text: str) -> frozenset[str] | None:
    return None if text == EVERYWHERE else frozenset(text.split(","))


def _both(mine: frozenset[str] | None, wanted: frozenset[str] | None) -> frozenset[str] | None:
    if mine is None:
        return wanted
    return mine if wanted is None else mine & wanted

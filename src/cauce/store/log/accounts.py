"""Accounts: by invitation only, each for some roles and some countries.

Every function works within a transaction whose actor was told; the database audits the rest.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from cauce.model.account import Account, Role
from cauce.model.errors import BadInput
from cauce.model.text import LANGUAGES, Language
from cauce.store.log import door_schema as doors
from cauce.store.log.database import EVERYWHERE
from cauce.store.log.passwords import kept
from cauce.store.log.rows import moment

INVITED_FOR = timedelta(days=7)
# Crockford's letters: none is taken for another when read out over a telephone.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = 25


@dataclass(frozen=True)
class Person:
    """Somebody to be invited."""

    name: str
    email: str
    roles: tuple[Role, ...]
    countries: frozenset[str] | None
    language: Language = "es"


@dataclass(frozen=True)
class Known:
    """An account with what only the doors need to know of it."""

    account: Account
    password: str | None
    totp: str | None
    disabled: bool
    external: bool
    joined: bool


def invite(connection: Connection, person: Person, now: datetime) -> tuple[str, str]:
    """A new account, and the code with which its owner comes in; the code is told only here.

    Raises:
        BadInput: the address is none, or has an account already; no role is given.
    """
    email, name = address(person.email), " ".join(person.name.split())
    if not person.roles or not name or not name.isprintable():
        raise BadInput("An account has a name and at least one role.")
    id_ = f"u{secrets.token_hex(8)}"
    values = {
        "id": id_,
        "name": name,
        "email": email,
        "language": person.language,
        "totp_step": 0,
        "created_at": moment(now),
        **_rights(person.roles, person.countries),
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(doors.account).values(values))
    except IntegrityError as error:
        raise BadInput("There is an account with this address already.") from error
    return id_, invite_again(connection, id_, now)


def invite_again(connection: Connection, account: str, now: datetime) -> str:
    """A new code for an account, which replaces earlier ones: for the first time or a lost phone.

    What was there – password, code generator – holds until the invitation is accepted.
    """
    table = doors.invitation
    connection.execute(
        update(table)
        .where(table.c.account == account, table.c.used_at == null())
        .values(expires_at=moment(now))
    )
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE))
    connection.execute(
        insert(table).values(
            id=f"i{secrets.token_hex(8)}",
            account=account,
            code_hash=digest(code),
            expires_at=moment(now + INVITED_FOR),
        )
    )
    return "-".join(code[at : at + 5] for at in range(0, CODE, 5))


def invitation_of(connection: Connection, code: str, now: datetime) -> tuple[str, str] | None:
    """Invitation and account of a code as somebody typed it, None if it is not or no longer one."""
    table = doors.invitation.c
    plain = "".join(code.upper().replace("-", "").split()).translate(str.maketrans("OIL", "011"))
    found = connection.execute(
        select(table.id, table.account)
        .join(doors.account, doors.account.c.id == table.account)
        .where(
            table.code_hash == digest(plain),
            table.used_at == null(),
            table.expires_at > moment(now),
            doors.account.c.disabled_at == null(),
        )
    ).first()
    return None if found is None else (found.id, found.account)


def accept(
    connection: Connection, invitation: str, account: str, password: str, now: datetime
) -> None:
    """Set the password of who was invited. Raises BadInput as `use_up` does."""
    use_up(connection, invitation, now)
    set_password(connection, account, password, now)


def use_up(connection: Connection, invitation: str, now: datetime) -> None:
    """Note that an invitation was accepted.

    Raises:
        BadInput: it was used or expired meanwhile.
    """
    table = doors.invitation
    done = connection.execute(
        update(table)
        .where(
            table.c.id == invitation, table.c.used_at == null(), table.c.expires_at > moment(now)
        )
        .values(used_at=moment(now))
    )
    if done.rowcount != 1:
        raise BadInput("This invitation was used or has expired. Ask for another.")


def set_password(connection: Connection, account: str, password: str, now: datetime) -> None:
    """A new password, the one way in: who is signed in with the old one is out, keys too."""
    new = {"password": kept(password), "password_at": moment(now)}
    _change(connection, account, **new, issuer=None, subject=None)
    shut_out(connection, account, now)


def set_rights(
    connection: Connection,
    account: str,
    roles: tuple[Role, ...],
    countries: frozenset[str] | None,
) -> None:
    """Other roles and countries, from the next request on; they sign in again."""
    if not roles:
        raise BadInput("An account has at least one role. To close it, disable it.")
    _change(connection, account, **_rights(roles, countries))
    connection.execute(delete(doors.session).where(doors.session.c.account == account))


def disable(connection: Connection, account: str, now: datetime) -> None:
    """Close an account at once, with its sessions, keys and invitations. It is never deleted."""
    _change(connection, account, disabled_at=moment(now))
    shut_out(connection, account, now)
    table = doors.invitation
    connection.execute(
        update(table)
        .where(table.c.account == account, table.c.used_at == null())
        .values(expires_at=moment(now))
    )


def enable(connection: Connection, account: str) -> None:
    _change(connection, account, disabled_at=None)


def shut_out(connection: Connection, account: str, now: datetime) -> None:
    """End every session, key and known device of an account."""
    connection.execute(delete(doors.session).where(doors.session.c.account == account))
    connection.execute(delete(doors.device).where(doors.device.c.account == account))
    table = doors.api_key
    connection.execute(
        update(table)
        .where(table.c.account == account, table.c.revoked_at == null())
        .values(revoked_at=moment(now))
    )


def bind(connection: Connection, account: str, issuer: str, subject: str) -> None:
    """Say who an account is at an identity provider: its one way in from now on.

    An address alone is nobody's identity.

    Raises:
        BadInput: they have another account already.
    """
    other = by_subject(connection, issuer, subject)
    if other is not None and other.account.id != account:
        raise BadInput("Whoever this is at the identity provider has another account here.")
    _change(connection, account, issuer=issuer, subject=subject, password=None, totp=None)


def known(connection: Connection, account: str) -> Known | None:
    return _one(connection, doors.account.c.id == account)


def by_email(connection: Connection, email: str) -> Known | None:
    return _one(connection, doors.account.c.email == email.strip().casefold())


def by_subject(connection: Connection, issuer: str, subject: str) -> Known | None:
    table = doors.account.c
    return _one(connection, (table.issuer == issuer) & (table.subject == subject))


def everyone(connection: Connection) -> tuple[Known, ...]:
    """All accounts by name."""
    rows = connection.execute(select(doors.account).order_by(doors.account.c.name))
    return tuple(_known(row) for row in rows)


def account_of(row: Row[tuple[object, ...]]) -> Account:
    """The account in a row of the table."""
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=tuple(Role(role) for role in row.roles.split(",")),
        countries=countries_from(row.countries),
        language=next(language for language in LANGUAGES if language == row.language),
    )


def countries_from(text: str) -> frozenset[str] | None:
    return None if text == EVERYWHERE else frozenset(text.split(",")) - {""}


def countries_to(countries: frozenset[str] | None) -> str:
    return EVERYWHERE if countries is None else ",".join(sorted(countries))


def address(email: str) -> str:
    """An e-mail address as we keep it. Raises BadInput if it is none."""
    found = email.strip().casefold()
    name, at, host = found.rpartition("@")
    strange = any(character.isspace() or not character.isprintable() for character in found)
    if not (name and at and "." in host) or strange or len(found) > 254:
        raise BadInput("This is no e-mail address, such as nombre@ministerio.example.")
    return found


def digest(secret: str) -> str:
    """What is stored of a random secret; it needs no salt, for nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _rights(roles: tuple[Role, ...], countries: frozenset[str] | None) -> dict[str, str]:
    return {"roles": ",".join(dict.fromkeys(roles)), "countries": countries_to(countries)}


def _change(connection: Connection, account: str, **values: object) -> None:
    done = connection.execute(
        update(doors.account).where(doors.account.c.id == account).values(**values)
    )
    if done.rowcount != 1:
        raise BadInput("There is no such account.")


def _one(connection: Connection, where: object) -> Known | None:
    row = connection.execute(select(doors.account).where(where)).first()  # type: ignore[arg-type] # a condition, made above
    return None if row is None else _known(row)


def _known(row: Row[tuple[object, ...]]) -> Known:
    return Known(
        account=account_of(row),
        password=row.password,
        totp=row.totp,
        disabled=row.disabled_at is not None,
        external=row.subject is not None,
        joined=row.password is not None or row.subject is not None,
    )

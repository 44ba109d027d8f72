"""Coming in: password, then code, each attempt slowed down by those that failed before it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cauce.model.account import Account
from cauce.store.log import accounts, sessions, throttle
from cauce.store.log.codes import adopt_codes, offer_codes, step_of, take_code
from cauce.store.log.database import Database
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.passwords import right

DOOR = "door"
"""Who acts while nobody is in."""

FREE_FOR_ACCOUNT, FREE_FOR_PLACE = 5, 20


@dataclass(frozen=True)
class Caller:
    """Where somebody stands: their network address, and the token of a browser known before."""

    address: str
    device: str = ""


@dataclass(frozen=True)
class Wait:
    """Not listened to: come back in so many seconds."""

    seconds: int


@dataclass(frozen=True)
class Wrong:
    """Something is not right, and nobody is told what."""


def check_password(
    database: Database, keys: KeyFolder, email: str, password: str, caller: Caller, now: datetime
) -> str | Wait | Wrong:
    """The token of a session that waits for the code.

    The attempt is noted before the password is checked, so that many at once gain nothing, and
    what is answered to an unknown address is what is answered to a wrong password.
    """
    with database.writing(DOOR) as connection:
        found = accounts.by_email(connection, email)
        subject = _subject(connection, keys, email, found, caller, now)
        wait = _turn(connection, keys, subject, caller, now)
    if wait is not None:
        return wait
    good = right(password, found.password if found else None)
    if found is None or not good or found.disabled or found.totp is None:
        return Wrong()
    with database.writing(DOOR) as connection:
        return sessions.open_session(connection, found.account.id, "code", now)


def check_code(
    database: Database,
    keys: KeyFolder,
    session: sessions.Session,
    code: str,
    caller: Caller,
    now: datetime,
) -> tuple[str, str] | Wait | Wrong:
    """The tokens of the session that is now open, and of the browser, known from now on."""
    account = session.account
    with database.writing(DOOR) as connection:
        found = accounts.known(connection, account.id)
        subject = _subject(connection, keys, account.email, found, caller, now)
        wait = _turn(connection, keys, subject, caller, now)
    if wait is not None:
        return wait
    with database.writing(account.id) as connection:
        if not take_code(connection, keys, account.id, code, now):
            return Wrong()
        throttle.forgive(connection, subject)
        return _come_in(connection, session, now)


def start_joining(
    database: Database, keys: KeyFolder, code: str, caller: Caller, now: datetime
) -> str | Wait | Wrong:
    """The token of a session in which somebody accepts an invitation."""
    with database.writing(DOOR) as connection:
        wait = _turn(connection, keys, "", caller, now)
        if wait is not None:
            return wait
        found = accounts.invitation_of(connection, code, now)
        if found is None:
            return Wrong()
        invitation, account = found
        return sessions.open_session(connection, account, "join", now, invitation)


def secret_to_show(database: Database, keys: KeyFolder, session: sessions.Session) -> str:
    """The secret for the telephone of somebody who accepts an invitation."""
    with database.writing(session.account.id) as connection:
        return offer_codes(connection, keys, session.invitation)


def join(
    database: Database,
    keys: KeyFolder,
    session: sessions.Session,
    password: str,
    code: str,
    now: datetime,
) -> tuple[str, str] | Wrong:
    """Accept an invitation: password and telephone set, the session open.

    Raises:
        BadInput: the invitation was used or expired meanwhile.
    """
    account = session.account
    with database.writing(account.id) as connection:
        secret = offer_codes(connection, keys, session.invitation)
        step = step_of(secret, code, now)
        if step is None:
            return Wrong()
        accounts.accept(connection, session.invitation, account.id, password, now)
        adopt_codes(connection, keys, account.id, secret, step)
        return _come_in(connection, session, now)


def change_password(
    database: Database,
    keys: KeyFolder,
    account: Account,
    old: str,
    new: str,
    caller: Caller,
    now: datetime,
) -> tuple[str, str] | Wait | Wrong:
    """A new password for who knows the old one; every other session and key of theirs ends."""
    with database.writing(DOOR) as connection:
        found = accounts.known(connection, account.id)
        subject = _subject(connection, keys, account.email, found, caller, now)
        wait = _turn(connection, keys, subject, caller, now)
    if wait is not None:
        return wait
    if not right(old, found.password if found else None):
        return Wrong()
    with database.writing(account.id) as connection:
        accounts.set_password(connection, account.id, new, now)
        throttle.forgive(connection, subject)
        token = sessions.open_session(connection, account.id, "open", now)
        return token, sessions.remember_device(connection, account.id, now)


def _come_in(connection: Connection, session: sessions.Session, now: datetime) -> tuple[str, str]:
    """A new token for who is now known: one seen before is worth nothing afterwards."""
    sessions.close(connection, session.id)
    token = sessions.open_session(connection, session.account.id, "open", now)
    return token, sessions.remember_device(connection, session.account.id, now)


def _subject(
    connection: Connection,
    keys: KeyFolder,
    email: str,
    found: accounts.Known | None,
    caller: Caller,
    now: datetime,
) -> str:
    """What attempts are counted against: the account, or the account from a browser it knows."""
    known = (
        found is not None
        and bool(caller.device)
        and sessions.is_known_device(connection, found.account.id, caller.device, now)
    )
    who = f"{email.strip().casefold()}|{caller.device if known else ''}"
    return keys.digest("attempts", f"account|{who}")


def _turn(
    connection: Connection, keys: KeyFolder, subject: str, caller: Caller, now: datetime
) -> Wait | None:
    """Note an attempt, or say how long to wait for the next."""
    place = keys.digest("attempts", f"place|{caller.address}")
    seconds = throttle.wait(connection, place, FREE_FOR_PLACE, now)
    if subject:
        seconds = max(seconds, throttle.wait(connection, subject, FREE_FOR_ACCOUNT, now))
    if seconds:
        return Wait(seconds)
    throttle.note(connection, (place, subject) if subject else (place,), now)
    return None


def join_as(
    database: Database, session: sessions.Session, issuer: str, subject: str, now: datetime
) -> tuple[str, str]:
    """Accept an invitation as who somebody is at an identity provider.

    Raises:
        BadInput: the invitation was used meanwhile, or they have another account already.
    """
    account = session.account.id
    with database.writing(account) as connection:
        accounts.use_up(connection, session.invitation, now)
        accounts.bind(connection, account, issuer, subject)
        accounts.shut_out(connection, account, now)
        return _come_in(connection, session, now)


def come_in_as(
    database: Database, issuer: str, subject: str, now: datetime
) -> tuple[str, str] | None:
    """The tokens of who an identity provider says they are, None if they have no account here."""
    with database.writing(DOOR) as connection:
        found = accounts.by_subject(connection, issuer, subject)
        if found is None or found.disabled:
            return None
        account = found.account.id
        token = sessions.open_session(connection, account, "open", now)
        return token, sessions.remember_device(connection, account, now)

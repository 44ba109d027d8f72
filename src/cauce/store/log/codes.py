"""The second factor: codes of six digits that change with time (RFC 6238), each good once."""

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import Connection, select, update

from cauce.store.log import door_schema as doors
from cauce.store.log.key_folder import KeyFolder

STEP = 30
DRIFT = 1
"""Steps before and after now that are taken: telephones are seldom exact."""


def offer_codes(connection: Connection, keys: KeyFolder, invitation: str) -> str:
    """The secret an invited person puts into their telephone: the same however often they look."""
    table = doors.invitation
    found = connection.execute(select(table.c.totp).where(table.c.id == invitation)).scalar_one()
    if found is not None:
        return keys.open("totp", found, invitation).decode()
    secret = pyotp.random_base32()
    kept = keys.seal("totp", secret.encode(), invitation)
    connection.execute(update(table).where(table.c.id == invitation).values(totp=kept))
    return secret


def address_of(secret: str, email: str) -> str:
    """What the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Cauce")


def adopt_codes(
    connection: Connection, keys: KeyFolder, account: str, secret: str, step: int
) -> None:
    """Take a secret for an account's own, with the step of the code that proved it."""
    kept = keys.seal("totp", secret.encode(), account)
    connection.execute(
        update(doors.account).where(doors.account.c.id == account).values(totp=kept, totp_step=step)
    )


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code it is, None if it is none of now."""
    given = "".join(code.split())
    if len(given) != 6 or not given.isascii() or not given.isdigit():
        return None
    generator = pyotp.TOTP(secret, interval=STEP)
    current = int(now.timestamp()) // STEP
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(generator.at(step * STEP), given):
            return step
    return None


def take_code(
    connection: Connection, keys: KeyFolder, account: str, code: str, now: datetime
) -> bool:
    """Whether a code is right and was not taken before; from now on it is taken."""
    table = doors.account
    kept = connection.execute(select(table.c.totp).where(table.c.id == account)).scalar_one()
    if kept is None:
        return False
    step = step_of(keys.open("totp", kept, account).decode(), code, now)
    if step is None:
        return False
    done = connection.execute(
        update(table).where(table.c.id == account, table.c.totp_step < step).values(totp_step=step)
    )
    return done.rowcount == 1

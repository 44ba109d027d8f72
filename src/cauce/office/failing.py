"""Which status each kind of failure has."""

import sqlite3

from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from cauce.model.errors import BadInput
from cauce.office.drafting import Refused
from cauce.office.histories import NotThere
from cauce.office.seat import NotAllowed
from cauce.store.log import StaleSave


def status_of(error: Exception) -> int:
    match error:
        case HTTPException():
            return error.status_code
        case NotThere():
            return 404
        case NotAllowed():
            return 403
        case StaleSave():
            return 409
        case BadInput() | Refused():
            return 422
        case OperationalError() if busy(error):
            return 503
        case _:
            return 500


def busy(error: OperationalError) -> bool:
    """Whether the database was locked for longer than we wait, or its server is away.

    PostgreSQL has a class for these alone; SQLite calls a missing table so too, which is our bug.
    """
    if not isinstance(error.orig, sqlite3.OperationalError):
        return True
    # The lower byte is the kind; what is above tells variants of it apart.
    return error.orig.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

"""Which status each kind of failure has."""

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
        case _:
            return 500

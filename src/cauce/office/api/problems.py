"""What went wrong, for programs: problem+json (RFC 9457), in both languages."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cauce.model.errors import BadInput
from cauce.model.record import Fault
from cauce.model.text import Text
from cauce.office.checking import named
from cauce.office.drafting import Refused
from cauce.office.failing import status_of
from cauce.office.seat import NotAllowed

KIND = "application/problem+json"
TITLES = {
    400: Text("The request cannot be read", "No se puede leer la solicitud"),
    401: Text("Say who you are", "Identifíquese"),
    403: Text("This is not yours to do", "Esto no le corresponde"),
    404: Text("There is nothing here", "Aquí no hay nada"),
    405: Text("This cannot be done here", "Esto no se puede hacer aquí"),
    409: Text("Somebody saved meanwhile", "Alguien guardó mientras tanto"),
    422: Text("The record has faults", "El registro tiene faltas"),
    428: Text(
        "Say in If-Match which entry you had before you",
        "Indique en If-Match qué asiento tenía a la vista",
    ),
    500: Text("Something of ours failed", "Falló algo nuestro"),
}


def problem(
    status: int,
    detail: str = "",
    faults: Iterable[Fault] = (),
    **more: object,
) -> Response:
    """A problem as an answer; `more` are members of its own."""
    title = TITLES.get(status, TITLES[500])
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title.en,
        "titles": both(title),
        "status": status,
    }
    if detail:
        body["detail"] = detail
    found = [fault_of(fault) for fault in faults]
    if found:
        body["faults"] = found
    return JSONResponse({**body, **more}, status, media_type=KIND)


def both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def fault_of(fault: Fault) -> dict[str, object]:
    """A fault with the path of its field; a warning with the word that insists on it."""
    told: dict[str, object] = {
        "field": fault.field,
        "message": both(fault.message),
        "warning": fault.warning,
        "rule": fault.rule,
    }
    return {**told, "insist": named(fault)} if fault.warning else told


def problem_of(request: Request, error: Exception) -> Response:
    """The problem that an error is; nothing of the inside is told."""
    del request
    match error:
        case Refused():
            return problem(422, faults=error.checked.faults)
        case NotAllowed():
            return problem(403, error.why.en, details=both(error.why))
        case HTTPException():
            return problem(error.status_code)
        case BadInput():
            return problem(status_of(error), str(error))
        case _:
            return problem(status_of(error))

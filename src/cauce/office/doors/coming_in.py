"""Signing in – password, then code – and out."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from cauce.office.doors.cookies import SESSION, give, take_back
from cauce.office.doors.visit import Visit
from cauce.store.log import sessions
from cauce.store.log.sign_in import DOOR, Wait, Wrong, check_code, check_password


@dataclass(frozen=True)
class SignInPage:
    """What templates/doors/sign_in.html is given, and nothing else.

    `provider` is the name of where else people sign in, "" if there is no such place.
    """

    title: str
    problem: str
    email: str
    provider: str


@dataclass(frozen=True)
class CodePage:
    """What templates/doors/code.html is given, and nothing else."""

    title: str
    problem: str


def sign_in(visit: Visit) -> Response:
    """The form for address and password."""
    return visit.go(visit.doors.home) if visit.account else _sign_in(visit, "", 200)


def enter(visit: Visit) -> Response:
    """Check the password; who gave the right one is asked for the code."""
    doors = visit.doors
    found = check_password(
        doors.database,
        doors.keys,
        visit.given("email"),
        visit.given("password"),
        visit.caller,
        visit.now,
    )
    if isinstance(found, Wait):
        return _later(_sign_in(visit, _wait(visit, found), 429), found)
    if isinstance(found, Wrong):
        return _sign_in(visit, visit.words("doors.wrong_password"), 403)
    wanted = visit.request.query_params.get("next", "")
    response = visit.go(f"/code?next={quote(wanted)}" if wanted else "/code")
    give(response, SESSION, found)
    return response


def ask_code(visit: Visit) -> Response:
    """The form for the code."""
    return _code(visit, "", 200) if visit.session("code") else visit.go("/sign-in")


def give_code(visit: Visit) -> Response:
    """Check the code; who gave the right one is in."""
    session = visit.session("code")
    if session is None:
        return visit.go("/sign-in")
    doors = visit.doors
    found = check_code(
        doors.database, doors.keys, session, visit.given("code"), visit.caller, visit.now
    )
    if isinstance(found, Wait):
        return _later(_code(visit, _wait(visit, found), 429), found)
    if isinstance(found, Wrong):
        return _code(visit, visit.words("doors.wrong_code"), 403)
    return visit.let_in(*found)


def sign_out(visit: Visit) -> Response:
    """End the session here and now; the browser drops what it kept of us."""
    session = visit.request.state.session
    if session is not None:
        with visit.doors.database.writing(session.account.id or DOOR) as connection:
            sessions.close(connection, session.id)
    response = visit.go("/sign-in")
    take_back(response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _sign_in(visit: Visit, problem: str, status: int) -> Response:
    provider = visit.doors.provider
    page = SignInPage(
        title=visit.words("doors.sign_in"),
        problem=problem,
        email=visit.given("email")[:254],
        provider=provider.name if provider else "",
    )
    return visit.show("sign_in.html", page, status)


def _code(visit: Visit, problem: str, status: int) -> Response:
    return visit.show("code.html", CodePage(visit.words("doors.code"), problem), status)


def _wait(visit: Visit, wait: Wait) -> str:
    return visit.words("doors.wait", seconds=wait.seconds)


def _later(response: Response, wait: Wait) -> Response:
    response.headers["Retry-After"] = str(wait.seconds)
    return response

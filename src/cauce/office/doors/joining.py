"""Accepting an invitation: its code, then a password and a telephone, or an identity provider."""

from dataclasses import dataclass

import segno
from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.office.doors.cookies import SESSION, give
from cauce.office.doors.visit import Visit
from cauce.store.log.codes import address_of
from cauce.store.log.passwords import ADVISED, LEAST, refused
from cauce.store.log.sessions import Session
from cauce.store.log.sign_in import Wait, Wrong, join, secret_to_show, start_joining


@dataclass(frozen=True)
class InvitationPage:
    """What templates/doors/invitation.html is given, and nothing else."""

    title: str
    problem: str


@dataclass(frozen=True)
class JoinPage:
    """What templates/doors/join.html is given, and nothing else.

    `picture` is the QR code as an address that holds the picture itself; `secret` the same in
    groups of four, for who cannot scan it.
    """

    title: str
    problem: str
    email: str
    picture: str
    secret: str
    least: int
    advised: int
    provider: str


def ask_invitation(visit: Visit) -> Response:
    """The form for the code of an invitation: typed, for nothing in an address is secret."""
    return _invitation(visit, "", 200)


def give_invitation(visit: Visit) -> Response:
    """Check the code of an invitation."""
    doors = visit.doors
    found = start_joining(doors.database, doors.keys, visit.given("code"), visit.caller, visit.now)
    if isinstance(found, Wait):
        response = _invitation(visit, visit.words("doors.wait", seconds=found.seconds), 429)
        response.headers["Retry-After"] = str(found.seconds)
        return response
    if isinstance(found, Wrong):
        return _invitation(visit, visit.words("doors.wrong_invitation"), 403)
    response = visit.go("/join")
    give(response, SESSION, found)
    return response


def ask_join(visit: Visit) -> Response:
    """The form for a new password and the first code."""
    session = visit.session("join")
    return _join(visit, session, "", 200) if session else visit.go("/invitation")


def give_join(visit: Visit) -> Response:
    """Set the password and the telephone; who did is in."""
    session = visit.session("join")
    if session is None:
        return visit.go("/invitation")
    password, account = visit.given("password"), session.account
    if password != visit.given("again"):
        return _join(visit, session, visit.words("doors.not_the_same"), 422)
    reason = refused(password, about(account.name, account.email))
    if reason is not None:
        return _join(visit, session, visit.words.of(reason), 422)
    doors = visit.doors
    try:
        found = join(doors.database, doors.keys, session, password, visit.given("code"), visit.now)
    except BadInput:
        return _invitation(visit, visit.words("doors.wrong_invitation"), 403)
    if isinstance(found, Wrong):
        return _join(visit, session, visit.words("doors.wrong_code"), 403)
    return visit.let_in(*found)


def about(name: str, email: str) -> tuple[str, ...]:
    """The words of somebody that make no password."""
    return (*name.split(), email, *email.partition("@")[0].split("."), email.partition("@")[0])


def _invitation(visit: Visit, problem: str, status: int) -> Response:
    page = InvitationPage(visit.words("doors.invitation"), problem)
    return visit.show("invitation.html", page, status)


def _join(visit: Visit, session: Session, problem: str, status: int) -> Response:
    doors = visit.doors
    secret = secret_to_show(doors.database, doors.keys, session)
    email = session.account.email
    picture = segno.make(address_of(secret, email), error="m")
    page = JoinPage(
        title=visit.words("doors.join", name=session.account.name),
        problem=problem,
        email=email,
        picture=picture.svg_data_uri(scale=5, border=4, dark="#16282c", light="#ffffff"),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        least=LEAST,
        advised=ADVISED,
        provider=doors.provider.name if doors.provider else "",
    )
    return visit.show("join.html", page, status)

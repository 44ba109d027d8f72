"""Cards issued for permits that were granted, issued anew, and revoked with a reason."""

from base64 import b64encode
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from cauce.assess.filled import day, text
from cauce.model.card import Ring
from cauce.model.record import Record
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.mobility.here import may_act, now_of, operation_of, own_address, refused
from cauce.office.mobility.permits import days_words, permit_of, without_card
from cauce.pipeline.mobility import PERMITS, Operation
from cauce.publish.cards.picture import picture
from cauce.store.log import Database
from cauce.store.log.card_keys import ring_of
from cauce.store.log.cards import Why, issue, revoke, sign_list
from cauce.store.log.database import told
from cauce.store.log.holders import Held, card_named, give

NO_CODE = (
    "The mechanism has no code for cards yet. Write it into its record, make its key "
    "(cauce card key CODE COUNTRY), and issue the card then.",
    "El mecanismo aún no tiene código para carnés. Escríbalo en su registro, cree su clave "
    "(cauce card key CÓDIGO PAÍS) y emita el carné después.",
)
NOT_GRANTED = (
    "A card is issued for a permit that was granted and that a second person approved.",
    "El carné se emite para un permiso concedido y aprobado por una segunda persona.",
)


@dataclass(frozen=True)
class Sheet:
    """A card to cut out and to keep; `secret` is told here and nowhere else."""

    picture: str
    code: str
    token: str
    secret: str
    days: str
    mechanism: str
    issuer: str
    worker: str


@dataclass(frozen=True)
class SheetsPage:
    """What templates/mobility/sheets.html is given, and nothing else."""

    title: str
    sheets: tuple[Sheet, ...]
    own: str
    back: str


def issue_card(visit: Visit) -> Response:
    """Issue the card of a permit; a good one there was is revoked as replaced."""
    operation = operation_of(visit)
    key, _ = permit_of(visit, operation)
    return _issued(visit, operation, (key,), visit.address("mobility", "permits", key))


def issue_cards(visit: Visit) -> Response:
    """Issue the cards of a request's permits that have none, all or none of them."""
    operation = operation_of(visit)
    key = visit.part("key")
    if key not in operation.requests:
        raise NotThere
    mine = {k: p for k, p in operation.permits.items() if text(p, "request") == key}
    back = visit.address("mobility", "requests", key)
    return _issued(visit, operation, without_card(operation, mine), back)


def _issued(visit: Visit, operation: Operation, keys: tuple[str, ...], back: str) -> Response:
    """The cards of these permits, all or none, on sheets that are shown once."""
    permits = {key: operation.permits[key] for key in keys}
    for permit in permits.values():
        may_act(visit, text(permit, "country"))
    if not permits or any(text(permit, "state") != "GRANTED" for permit in permits.values()):
        raise refused(*NOT_GRANTED)
    here = told(frozenset(text(permit, "country") for permit in permits.values()))
    database = visit.room.office.database
    with database.writing(visit.account.id, here) as connection:
        ring = ring_of(connection)
        _replace(visit, operation, connection, keys)
        sheets = [_sheet(visit, operation, connection, ring, key) for key in keys]
    own = f"{own_address(visit)}{visit.address('my-card')}"
    page = SheetsPage(visit.words("mobility.sheets", count=len(sheets)), tuple(sheets), own, back)
    return visit.show("mobility/sheets.html", page)


def _replace(
    visit: Visit, operation: Operation, connection: Connection, keys: tuple[str, ...]
) -> None:
    """Revoke the good cards there are: of a permit one card at a time is good."""
    old = [c for key in keys for c in operation.cards.get(key, ()) if not c.revoked_why]
    for card in old:
        revoke(connection, card.token, Why.REPLACED, visit.account.id, now_of(visit))
    for mechanism in sorted({card.mechanism for card in old}):
        keys_ = visit.room.office.keys
        sign_list(connection, keys_, mechanism, visit.account.id, now_of(visit))


def _sheet(
    visit: Visit, operation: Operation, connection: Connection, ring: Ring, key: str
) -> Sheet:
    permit, office, who = operation.permits[key], visit.room.office, visit.account.id
    mechanism = _code(operation, permit, {one.mechanism for one in ring.values()})
    since, until = day(permit, "valid_from"), day(permit, "valid_to")
    if since is None or until is None:
        raise refused(*NOT_GRANTED)
    worker, now = text(permit, "worker"), now_of(visit)
    made, code = issue(connection, office.keys, mechanism, worker, (since, until), who, now)
    signer = ring[made.key]
    return Sheet(
        picture=f"data:image/svg+xml;base64,{b64encode(picture(code).encode()).decode()}",
        code=code,
        token=made.token,
        secret=give(connection, made.token, signer.country, key, who, now),
        days=days_words(visit, since, until),
        mechanism=mechanism,
        issuer=visit.of(signer.issuer),
        worker=worker,
    )


def _code(operation: Operation, permit: Record, known: set[str]) -> str:
    """The code of the mechanism on cards. Raises NotAllowed, with what to do, if there is none."""
    code = text(operation.mechanism_of(permit), "card_code")
    if code not in known:
        raise refused(*NO_CODE)
    return code


def revoke_card(visit: Visit) -> Response:
    """Revoke a card with a reason, and sign the list that says so."""
    operation_of(visit)
    office = visit.room.office
    held = _held(office.database, visit.part("card"))
    if held is None or not visit.seat.may("see", PERMITS, held.country, "approved"):
        raise NotThere
    may_act(visit, held.country)
    why = next((one for one in Why if one == visit.given("why")), None)
    if why is None:
        raise refused("Choose why the card is revoked.", "Elija por qué se revoca el carné.")
    now, here = now_of(visit), told(frozenset({held.country}))
    with office.database.writing(visit.account.id, here) as connection:
        mechanism = revoke(connection, held.token, why, visit.account.id, now)
        sign_list(connection, office.keys, mechanism, visit.account.id, now)
    return visit.go(visit.address("mobility", "permits", held.permit, done="revoked"))


def _held(database: Database, token: str) -> Held | None:
    with database.reading() as connection:
        return card_named(connection, token)

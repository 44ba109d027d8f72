"""A card's yes or no, for posts and inspectors: whether it is good today, and nothing else."""

from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.account import Role
from cauce.model.card import Verdict
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.mobility.here import now_of
from cauce.registers.cards.check import check
from cauce.store.log.card_keys import ring_of, signed
from cauce.store.log.cards import read_lists

ASKING = (Role.INSPECTOR, Role.OPERATOR, Role.SUPERVISOR)
UNSURE = (Verdict.UNREADABLE, Verdict.UNKNOWN_KEY, Verdict.CLOCK)


@dataclass(frozen=True)
class CheckPage:
    """What templates/mobility/check.html is given, and nothing else."""

    title: str
    answer: str
    kind: str


def check_card(visit: Visit) -> Response:
    """The form, and the answer to what was typed or scanned into it.

    No name, permit, employer, place or event: not even when or where it was checked is kept.
    """
    if not set(visit.account.roles) & set(ASKING):
        raise NotThere
    said = visit.words
    answer, kind = "", ""
    code = visit.given("code")
    if code:
        with visit.room.office.database.reading() as connection:
            ring, lists = ring_of(connection), read_lists(connection)
        verdict = check(code, ring, lists, now_of(visit), signed).verdict
        kind = "good" if verdict is Verdict.VALID else "none" if verdict in UNSURE else "bad"
        answer = said(f"mobility.answer_{kind}")
    page = CheckPage(said("mobility.check"), answer, kind)
    return visit.show("mobility/check.html", page)

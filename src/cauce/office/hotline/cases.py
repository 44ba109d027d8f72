"""What the pages of the hotline share: who comes in, and the cases they see."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cauce.assess.filled import codes, day, text
from cauce.model.record import Record
from cauce.office.desk.parts import Choice
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import History, NotThere
from cauce.store.log import Log
from cauce.store.log.envelope import Whose

COMPLAINTS, SCREENINGS, SERVICES = "complaints", "screenings", "referral_services"
CONFIRMED, INSPECTIONS, REMEDIES = "screening_confirmations", "inspections", "remedies"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals that nobody takes for one another on the telephone (Crockford's base 32)."""


@dataclass(frozen=True)
class Case:
    """A case in a list: nothing that was told, only what may be counted."""

    number: str
    href: str
    country: str
    received: str
    alleged: str
    status: str


def hears(visit: Visit) -> bool:
    """Whether they take complaints."""
    return visit.seat.writes(COMPLAINTS)


def screens(visit: Visit) -> bool:
    """Whether they were trained to screen: the role an administrator gave them says so."""
    return visit.seat.writes(SCREENINGS)


def come_in(visit: Visit) -> None:
    """Raises NotThere: to everybody else there is no hotline."""
    if not hears(visit) and not screens(visit):
        raise NotThere


def case_of(visit: Visit) -> History:
    """The case an address names. Raises NotThere if it is none of theirs."""
    come_in(visit)
    return visit.seat.history(visit.seat.register(COMPLAINTS), visit.part("key"))


def latest(history: History) -> Record:
    """What a record says at last, sealed as it is; {} once it ended."""
    periods = history.periods()
    return periods[-1].record if periods else {}


def opened(visit: Visit, history: History, purpose: str) -> Record:
    """The same, opened for a purpose that is kept."""
    whose = Whose(history.register, history.key, history.country)
    return visit.seat.seen(whose, latest(history), history.newest.state, purpose)


def told(visit: Visit, found: Iterable[tuple[str, str, Record]]) -> tuple[Case, ...]:
    """Cases as a list shows them, from keys, countries and records that stay sealed."""
    reader = Reader(visit)
    register = visit.seat.register(COMPLAINTS)
    alleged = next(one for one in register.fields if one.id == "allegations")
    return tuple(
        Case(
            number=text(record, "number") or key,
            href=visit.address("hotline", "cases", key),
            country=reader.country(register, country),
            received=visit.words.day(on) if (on := day(record, "received_on")) else "",
            alleged=", ".join(reader.code(alleged, code) for code in codes(record, "allegations")),
            status=reader.word("CL_COMPLAINT_STATUS", text(record, "status")),
        )
        for key, country, record in found
    )


def numbered(letter: str) -> str:
    """A new number of 40 random bits, which says nothing: D-7K3M-9QXT."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letter}-{drawn[:4]}-{drawn[4:]}"


def choices(visit: Visit, codelist: str, chosen: str = "") -> tuple[Choice, ...]:
    """The codes of a list, to choose from."""
    found = visit.room.office.lists[codelist].codes
    return tuple(Choice(one.id, visit.of(one.name), one.id == chosen) for one in found)


def newest(visit: Visit) -> list[tuple[str, str, Record]]:
    """Every case of theirs that did not end, the latest received first: key, country, record."""
    office, places = visit.room.office, visit.seat.places("see", COMPLAINTS, "review")
    log = Log(office.database, office.registers, places, visit.account.id)
    found = ((key, text(record, "country"), record) for key, record in log.current(COMPLAINTS))
    return sorted(found, key=lambda one: day(one[2], "received_on") or date.min, reverse=True)

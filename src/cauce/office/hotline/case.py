"""A case: what may be counted to whoever hears or screens, what was told only for a purpose."""

from dataclasses import dataclass

from starlette.responses import Response

from cauce.assess.filled import text
from cauce.model.register import Sensitivity
from cauce.office.desk.parts import Choice
from cauce.office.desk.record import Deed
from cauce.office.desk.shown import Item, Reader
from cauce.office.desk.visit import Visit
from cauce.office.hotline.cases import case_of, latest, opened, screens

PURPOSES = ("FOLLOW", "SCREEN", "REFER", "PERSON", "CHECK")
"""For what somebody opens a case: to go on with it, screen, refer, because the person asks, to
check how it was entered."""


@dataclass(frozen=True)
class CasePage:
    """What templates/hotline/case.html is given, and nothing else.

    `told` is "" while what was told stays sealed; `purpose` is for what it was opened.
    """

    title: str
    back: str
    taken: str
    state: str
    state_name: str
    country: str
    items: tuple[Item, ...]
    opened: tuple[Item, ...]
    purpose: str
    purposes: tuple[Choice, ...]
    problem: str
    deeds: tuple[Deed, ...]


def case(visit: Visit) -> Response:
    """A case with what was told still sealed."""
    return _show(visit, "", "")


def open_case(visit: Visit) -> Response:
    """The same, opened: the purpose is kept with who, when and what."""
    purpose = visit.given("purpose")
    if purpose not in PURPOSES:
        case_of(visit)
        return _show(visit, "", visit.words("hotline.purpose_wanted"), 422)
    return _show(visit, purpose, "")


def _show(visit: Visit, purpose: str, problem: str, status: int = 200) -> Response:
    history = case_of(visit)
    reader, said, register = Reader(visit), visit.words, history.register
    record = latest(history)
    plain = {
        one.id: record[one.id]
        for one in register.fields
        if one.id in record and one.sensitivity is not Sensitivity.P3
    }
    sealed = {}
    if purpose:
        shown = opened(visit, history, purpose)
        sealed = {name: value for name, value in shown.items() if name not in plain}
        sealed.pop("back_key", None)
    state = str(history.newest.verdict) if history.newest.verdict else "waits"
    page = CasePage(
        title=text(record, "number") or history.key,
        back=visit.address("hotline"),
        taken=said("hotline.taken", number=text(record, "number")) if visit.asked("taken") else "",
        state=state,
        state_name=said(f"state.{state}"),
        country=reader.country(register, history.country),
        items=reader.items(register, plain),
        opened=reader.items(register, sealed),
        purpose=said(f"hotline.for_{purpose}") if purpose else "",
        purposes=tuple(Choice(one, said(f"hotline.for_{one}")) for one in PURPOSES),
        problem=problem,
        deeds=tuple(_deeds(visit, history.key, history.country)),
    )
    return visit.show("hotline/case.html", page, status)


def _deeds(visit: Visit, key: str, country: str) -> list[Deed]:
    """What can be done with it, by who may."""
    may, said = visit.seat.may, visit.words
    found = []
    if screens(visit) and may("write", "screenings", country, "draft"):
        found.append(("screen", visit.address("hotline", "cases", key, "screen")))
    if may("write", "complaints", country, "draft"):
        found.append(("refer", visit.address("hotline", "cases", key, "refer")))
        found.append(("more", visit.address("registers", "complaints", key, "change")))
        found.append(("correct", visit.address("registers", "complaints", key, "correct")))
    found.append(("history", visit.address("registers", "complaints", key, "history")))
    return [
        Deed(said(f"hotline.do_{name}"), said(f"hotline.do_{name}_about"), href)
        for name, href in found
    ]

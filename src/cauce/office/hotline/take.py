"""Taking a complaint: a short form with the person on the line; what is not known is left out."""

import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from starlette.responses import Response

from cauce.model.entry import Action, Entry
from cauce.model.record import Absent, Fault
from cauce.model.register import Register
from cauce.office import drafting, papers
from cauce.office.desk.inputs import Maker
from cauce.office.desk.parts import Input, RowsInput, Said
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import NotThere
from cauce.office.hotline.cases import COMPLAINTS, hears, numbered
from cauce.office.papers import Paper
from cauce.office.seat import today
from cauce.office.typed import Raw, Typed, typed_values

KEY = re.compile(r"[0-9a-f]{20}")
NUMBER = re.compile(r"D-[0-9A-Z]{4}-[0-9A-Z]{4}")
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("allegations", "account")),
    ("paid", ("payment_made", "amount", "currency")),
    ("who", ("recruiter_name", "recruiter_phone", "employer_name", "place")),
    ("where", ("country", "origin", "destination")),
    ("person", ("person_name", "contact", "teller", "channel")),
    ("shared", ("consent",)),
)
"""What is asked, in the order in which people tell it; each part has its heading."""
PRESUMED: Raw = {"channel": "PHONE", "consent": "PRIV", "payment_made": str(Absent.UNKNOWN)}


@dataclass(frozen=True)
class Part:
    """A few fields under a heading, with what to say to the person."""

    name: str
    lead: str
    inputs: tuple[Input | RowsInput, ...]


@dataclass(frozen=True)
class Picked:
    """Words a text field is picked from."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class TakePage:
    """What templates/hotline/take.html is given, and nothing else."""

    title: str
    back: str
    said: tuple[Said, ...]
    parts: tuple[Part, ...]
    picked: tuple[Picked, ...]
    key: str
    number: str


def ask(visit: Visit) -> Response:
    """The empty form. Raises NotThere to who takes no complaints."""
    paper = _paper(visit)
    values = {**paper.typed.values, **PRESUMED}
    return _show(visit, replace(paper, typed=Typed(values)), "", ())


def take(visit: Visit) -> Response:
    """Keep what was told: as a case, or as a draft to go on with."""
    paper = _filled(visit, _paper(visit))
    if visit.given("do") == "draft":
        kept = papers.keep(visit.seat, paper)
        return visit.go(visit.address("drafts", kept.id))
    with suppress(NotThere):  # a form that is sent twice makes one case
        there = visit.seat.history(paper.register, paper.sheet.key)
        return visit.go(visit.address("hotline", "cases", there.key))
    try:
        entry = drafting.submit(visit.seat, paper)
    except Refused as refused:
        return _show(visit, paper, str(paper.typed.values["number"]), refused.checked.faults)
    return _taken(visit, entry)


def _taken(visit: Visit, entry: Entry) -> Response:
    return visit.go(visit.address("hotline", "cases", entry.key, taken="1"))


def _paper(visit: Visit) -> Paper:
    if not hears(visit):
        raise NotThere
    return papers.begin(visit.seat, visit.seat.register(COMPLAINTS), "", Action.OPEN)


def _filled(visit: Visit, paper: Paper) -> Paper:
    """The draft with what was typed, and what nobody has to type."""
    asked = {name for _, names in PARTS for name in names}
    fields = tuple(one for one in paper.fields if one.id in asked)
    values: Raw = {**paper.typed.values, **typed_values(fields, visit.form)}
    for name, value in PRESUMED.items():
        values.setdefault(name, value)
    values["anonymous"] = "false" if "person_name" in values else "true"
    values["received_on"] = today(visit.room.office).isoformat()
    values["status"] = "NEW"
    number, key = visit.given("number"), visit.given("key")
    values["number"] = number if NUMBER.fullmatch(number) else numbered("D")
    if KEY.fullmatch(key):
        paper = replace(paper, sheet=replace(paper.sheet, key=key))
    insist = tuple(dict.fromkeys(visit.form.get("insist", [])))
    return replace(paper, typed=Typed(values, insist=insist))


def _show(visit: Visit, paper: Paper, number: str, faults: tuple[Fault, ...]) -> Response:
    maker = Maker(Reader(visit), faults, paper.typed.insist, ("", ()), "")
    fields = {one.id: one for one in paper.fields}
    several = (
        "country" not in papers.begin(visit.seat, paper.register, "", Action.OPEN).typed.values
    )
    parts = []
    for name, names in PARTS:
        shown = [fields[one] for one in names if one != "country" or several]
        inputs = tuple(
            replace(one, folded=False, reasons=(), required=False)
            if isinstance(one, Input)
            else one
            for one in maker.inputs(shown, paper.typed.values)
        )
        parts.append(
            Part(visit.words(f"hotline.part_{name}"), visit.words(f"hotline.lead_{name}"), inputs)
        )
    page = TakePage(
        title=visit.words("hotline.take"),
        back=visit.address("hotline"),
        said=tuple(_said(visit, paper.register, faults)),
        parts=tuple(parts),
        picked=tuple(
            Picked(one.id, tuple(f"{code.id} – {visit.of(code.name)}" for code in one.codes))
            for one in maker.lists.values()
        ),
        key=paper.sheet.key or secrets.token_hex(10),
        number=number or numbered("D"),
    )
    return visit.show("hotline/take.html", page, 422 if faults else 200)


def _said(visit: Visit, register: Register, faults: tuple[Fault, ...]) -> Iterator[Said]:
    names = {one.id: one.name for one in register.fields}
    for fault in faults:
        label = visit.of(names[fault.field]) if fault.field in names else ""
        yield Said(label, visit.of(fault.message), f"#{fault.field}", fault.warning)

"""The page of a form: its inputs, what is wrong with them, and where each thing is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from cauce.model.entry import Action
from cauce.model.record import Fault
from cauce.model.register import Field, FieldKind, Sensitivity
from cauce.model.text import Text
from cauce.office.checking import FROM, REASON, TO, named
from cauce.office.desk.inputs import Maker
from cauce.office.desk.parts import Choice, Input, RowsInput, Said
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.papers import Paper

ACTIONS = {
    "new": Action.OPEN,
    "change": Action.CHANGE,
    "correct": Action.CORRECTION,
    "end": Action.END,
}
WORD = {action: word for word, action in ACTIONS.items()}


@dataclass(frozen=True)
class Picked:
    """Words a text field is picked from."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Plain:
    """Fields that follow one another, with no rows between them."""

    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class FormPage:
    """What templates/desk/form.html is given, and nothing else."""

    title: str
    lead: str
    above: str
    above_href: str
    action: str
    kept: str
    said: tuple[Said, ...]
    beside: tuple[str, ...]
    country: str
    second: bool
    parts: tuple[Plain | RowsInput, ...]
    jumps: tuple[RowsInput, ...]
    picked: tuple[Picked, ...]
    asks_to: bool
    asks_reason: bool
    valid_from: Input
    valid_to: Input
    reason: Input
    draft: bool
    saved: int


def form_page(
    visit: Visit, paper: Paper, faults: tuple[Fault, ...], warned: tuple[str, ...]
) -> FormPage:
    """The page of a form."""
    said, sheet = visit.words, paper.sheet
    maker = Maker(
        Reader(visit), faults, paper.typed.insist, _found(visit, paper), visit.asked("open")
    )
    fields = () if sheet.action is Action.END else paper.fields
    fixed = sheet.action is not Action.OPEN
    inputs = maker.inputs(
        (f for f in fields if not (fixed and f.id == paper.register.country)), paper.typed.values
    )
    word = WORD[sheet.action]
    above = visit.address("registers", paper.register.id, *([sheet.key] if fixed else []))
    return FormPage(
        title=said(f"form.{word}", one=visit.of(paper.register.one).lower()),
        lead=said(f"form.{word}_lead"),
        above=_name(visit, paper) if fixed else visit.of(paper.register.name),
        above_href=above,
        action=_address(visit, paper, word),
        kept=said("form.kept", at=said.moment(sheet.saved_at)) if sheet.saved_at else "",
        said=_summary(visit, paper, faults),
        beside=warned,
        country=maker.reader.country(paper.register, sheet.country) if fixed else "",
        second=bool(visit.asked("second")),
        parts=tuple(_parts(inputs)),
        jumps=tuple(one for one in inputs if isinstance(one, RowsInput)),
        picked=_picked(visit, maker),
        asks_to=sheet.action is Action.CORRECTION,
        asks_reason=sheet.action is not Action.OPEN,
        valid_from=_extra(visit, maker, FROM, "date", paper.typed.valid_from, word),
        valid_to=_extra(visit, maker, TO, "date", paper.typed.valid_to, word),
        reason=_extra(visit, maker, REASON, "note", paper.typed.reason, word),
        draft=bool(sheet.id),
        saved=sheet.saved,
    )


def _parts(inputs: tuple[Input | RowsInput, ...]) -> Iterator[Plain | RowsInput]:
    """The fields in their order, those that are no rows together."""
    for rows, group in groupby(inputs, key=lambda one: isinstance(one, RowsInput)):
        if rows:
            yield from (one for one in group if isinstance(one, RowsInput))
        else:
            yield Plain(tuple(one for one in group if isinstance(one, Input)))


def _address(visit: Visit, paper: Paper, word: str) -> str:
    sheet = paper.sheet
    if sheet.id:
        return visit.address("drafts", sheet.id)
    if sheet.action is Action.OPEN:
        return visit.address("registers", sheet.register, "new")
    return visit.address("registers", sheet.register, sheet.key, word)


def _name(visit: Visit, paper: Paper) -> str:
    return Reader(visit).name(paper.register.id, paper.sheet.key) or visit.of(paper.register.one)


def _extra(visit: Visit, maker: Maker, place: str, kind: FieldKind, value: str, word: str) -> Input:
    """The days and the reason, which are of the entry and not of the record."""
    name = place.removeprefix("~")
    label = visit.words(f"form.{word}_{name}" if name == "from" else f"form.{name}")
    text = Text(label, label)
    required = name == "reason" or (name == "from" and word in ("change", "end"))
    hint = visit.words(f"form.{word}_{name}_help" if name == "from" else f"form.{name}_help")
    one = Field(place, text, kind, False, Sensitivity.P0, False, Text(hint, hint))
    made = maker.input(one, place, place, value)
    return replace(made, reasons=(), required=required)


def _summary(visit: Visit, paper: Paper, faults: tuple[Fault, ...]) -> tuple[Said, ...]:
    """All that is wrong, with where it is."""
    return tuple(
        Said(
            _where(visit, paper, fault.field),
            visit.of(fault.message),
            f"#{_anchor(fault.field)}",
            fault.warning,
        )
        for fault in faults
        if not (fault.warning and named(fault) in paper.typed.insist)
    )


def _anchor(place: str) -> str:
    return place.replace("[", "-").replace("].", "-").replace("]", "")


def _where(visit: Visit, paper: Paper, place: str) -> str:
    """The words for where a fault is: "Phases, row 2: Opens"."""
    if place.startswith("~"):
        name = place.removeprefix("~")
        return visit.words(f"form.{name}_where") if name else ""
    name, bracket, rest = place.partition("[")
    one = next((f for f in paper.register.fields if f.id == name.partition(".")[0]), None)
    if one is None:
        return place
    if not bracket:
        return visit.of(one.name)
    number, _, column = rest.partition("].")
    inner = next((visit.of(c.name) for c in one.rows if c.id == column), column)
    return visit.words("form.row_where", rows=visit.of(one.name), number=number, column=inner)


def _picked(visit: Visit, maker: Maker) -> tuple[Picked, ...]:
    return tuple(
        Picked(one.id, tuple(f"{code.id} – {visit.of(code.name)}" for code in one.codes))
        for one in maker.lists.values()
    )


def _found(visit: Visit, paper: Paper) -> tuple[str, tuple[Choice, ...]]:
    """What a search for a record to link to found, and for which field it was."""
    name = visit.asked("find")
    parts = name.split(".")
    one = next((f for f in paper.fields if f.id == parts[0]), None)
    if one is not None and len(parts) == 3:
        one = next((c for c in one.rows if c.id == parts[2]), None)
    if one is None or one.kind != "link":
        return "", ()
    seat = visit.seat
    try:
        register = seat.register(one.register)
    except NotThere:
        return name, ()
    page = seat.page(register, visit.asked("words"), size=20)
    lines = seat.lines((register.id, found) for found in page.found if not found.ended)
    return name, tuple(Choice(line.key, visit.of(line.names)) for line in lines)

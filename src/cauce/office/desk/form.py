"""The form of a draft: typed, kept, checked, submitted, compared."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from starlette.responses import Response

from cauce.model.entry import Action
from cauce.model.record import Fault
from cauce.model.register import Field
from cauce.model.text import Text
from cauce.office import checking, drafting, papers
from cauce.office.checking import FROM, REASON, TO, Checked
from cauce.office.desk.beside import beside
from cauce.office.desk.inputs import Maker
from cauce.office.desk.parts import Choice, Input, RowsInput, Said
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import NotThere
from cauce.office.papers import Paper
from cauce.office.typed import Typed, typed_values
from cauce.registers.values import MAX_ROWS
from cauce.store.log import StaleSave

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


def begin(visit: Visit) -> Response:
    """An empty form, or one about a record; nothing is kept before something is saved."""
    return _show(visit, _begun(visit), checked=False)


def save_first(visit: Visit) -> Response:
    """The first save of a form: from now on it is a draft."""
    return _save(visit, _begun(visit))


def draft(visit: Visit) -> Response:
    """A draft as it was left."""
    return _show(
        visit, papers.paper_of(visit.seat, visit.part("draft")), bool(visit.asked("check"))
    )


def save(visit: Visit) -> Response:
    """Keep a draft, and do what the button says."""
    paper = papers.paper_of(visit.seat, visit.part("draft"))
    if visit.given("do") == "throw":
        papers.throw_away(visit.seat, paper)
        return visit.go(visit.address(""))
    return _save(visit, paper)


def _begun(visit: Visit) -> Paper:
    register = visit.seat.register(visit.part("register"))
    action = ACTIONS.get(visit.request.path_params.get("action", "new"))
    if action is None:
        raise NotThere
    return papers.begin(visit.seat, register, visit.request.path_params.get("key", ""), action)


def _save(visit: Visit, paper: Paper) -> Response:
    """Keep what was typed whatever it is, then go where the button leads."""
    seen = visit.given("saved")
    sheet = replace(paper.sheet, saved=int(seen) if seen.isdecimal() else paper.sheet.saved)
    do, _, what = visit.given("do").partition(":")
    typed, anchor = _rows(_typed(visit, paper), do, what, visit)
    paper = replace(paper, sheet=sheet, typed=typed)
    kept = papers.keep(visit.seat, paper)
    if sheet.id and kept.id != sheet.id:
        return visit.go(visit.address("drafts", kept.id, second="1"))
    paper = replace(paper, sheet=kept)
    if do == "submit":
        return _submit(visit, paper)
    if do == "find":
        words = visit.given(f"{what}~words")
        where = visit.address("drafts", kept.id, find=what, words=words)
        return visit.go(f"{where}#{what.replace('.', '-')}")
    here = visit.address("drafts", kept.id, check="1" if do == "check" else "", open=anchor)
    return visit.go(f"{here}#{anchor}" if anchor else here)


def _submit(visit: Visit, paper: Paper) -> Response:
    try:
        entry = drafting.submit(visit.seat, paper)
    except Refused:
        return visit.go(visit.address("drafts", paper.sheet.id, check="1"))
    except StaleSave:
        return visit.go(visit.address("drafts", paper.sheet.id, "compare"))
    return visit.go(visit.address("registers", entry.register, entry.key, sent=str(entry.number)))


def _typed(visit: Visit, paper: Paper) -> Typed:
    """The form as it came; what it does not show stays as it was."""
    form = visit.form
    if "saved" not in form:
        return paper.typed
    values = typed_values(paper.fields, form)
    country = paper.register.country
    if paper.sheet.action is not Action.OPEN and country in paper.typed.values:
        values[country] = paper.typed.values[country]
    return Typed(
        values,
        _one(visit, FROM, paper.typed.valid_from),
        _one(visit, TO, paper.typed.valid_to),
        _one(visit, REASON, paper.typed.reason),
        tuple(dict.fromkeys(form.get("insist", []))),
    )


def _one(visit: Visit, name: str, otherwise: str) -> str:
    return visit.given(name) if name in visit.form else otherwise


def _rows(typed: Typed, do: str, what: str, visit: Visit) -> tuple[Typed, str]:
    """The form with rows added or taken out, and where the reader is put then."""
    name, _, number = what.partition(".")
    given = typed.values.get(name, [])
    rows = list(given) if isinstance(given, list) else []
    if do == "add":
        wished = visit.given(f"{name}~more")
        more = min(int(wished) if wished.isdecimal() else 1, MAX_ROWS - len(rows), 20)
        at = len(rows) + 1
        rows += [{} for _ in range(max(more, 0))]
        return replace(typed, values={**typed.values, name: rows}), f"{name}-{at}"
    if do == "remove" and number.isdecimal() and 1 <= int(number) <= len(rows):
        del rows[int(number) - 1]
        left = {k: v for k, v in typed.values.items() if k != name}
        return replace(typed, values={**left, name: rows} if rows else left), name
    return typed, ""


def _show(visit: Visit, paper: Paper, checked: bool) -> Response:
    found: Checked = checking.check(visit.seat, paper)
    faults = _faults(visit, paper, found, checked)
    status = 422 if checked and faults else 200
    said = beside(visit, paper.register.id, found.record)
    return visit.show("form.html", form_page(visit, paper, faults, said), status)


def _faults(visit: Visit, paper: Paper, found: Checked, checked: bool) -> tuple[Fault, ...]:
    """What is wrong: everything once it is asked, before only with what was typed."""
    if checked:
        return tuple(_told(visit, paper.typed, fault) for fault in found.faults)
    return tuple(
        fault
        for fault in found.faults
        if _is_typed(paper.typed, fault) or checking.named(fault) in paper.typed.insist
    )


def _told(visit: Visit, typed: Typed, fault: Fault) -> Fault:
    """A fault as a form tells it: what is missing is chosen there, not written."""
    if fault.rule or fault.field.startswith("~") or _stands(typed, fault):
        return fault
    words = visit.words("form.missing")
    return replace(fault, message=Text(words, words))


def _is_typed(typed: Typed, fault: Fault) -> bool:
    """Whether a fault is about something that stands in the form, and of one field alone."""
    return not fault.rule and not fault.field.startswith("~") and _stands(typed, fault)


def _stands(typed: Typed, fault: Fault) -> bool:
    """Whether something was typed where a fault is."""
    name, bracket, rest = fault.field.partition("[")
    value = typed.values.get(name)
    if not bracket:
        return value is not None
    number, _, column = rest.partition("].")
    rows = value if isinstance(value, list) else []
    row = rows[int(number) - 1] if int(number) <= len(rows) else {}
    return isinstance(row, dict) and column in row


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


def _extra(visit: Visit, maker: Maker, place: str, kind: str, value: str, word: str) -> Input:
    """The days and the reason, which are of the entry and not of the record."""
    name = place.removeprefix("~")
    label = visit.words(f"form.{word}_{name}" if name == "from" else f"form.{name}")
    text = Text(label, label)
    required = name == "reason" or (name == "from" and word in ("change", "end"))
    hint = visit.words(f"form.{word}_{name}_help" if name == "from" else f"form.{name}_help")
    one = Field(place, text, kind, False, 0, False, Text(hint, hint))  # type: ignore[arg-type] # laid out, never kept
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
        if not (fault.warning and checking.named(fault) in paper.typed.insist)
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

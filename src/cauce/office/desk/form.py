"""What happens to a form: it is typed, kept, checked, submitted."""

from dataclasses import replace

from starlette.responses import Response

from cauce.model.entry import Action
from cauce.model.record import Fault
from cauce.model.text import Text
from cauce.office import checking, drafting, papers
from cauce.office.checking import FROM, REASON, TO, Checked
from cauce.office.desk.beside import beside
from cauce.office.desk.form_page import ACTIONS, form_page
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import NotThere
from cauce.office.papers import Paper
from cauce.office.typed import Typed, typed_values
from cauce.registers.values import MAX_ROWS
from cauce.store.log import StaleSave


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
    if do == "take":
        typed, anchor = _taken(typed, what, paper)
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


def _taken(typed: Typed, what: str, paper: Paper) -> tuple[Typed, str]:
    """The form with a code that was proposed for the words beside it."""
    name, _, code = what.partition(".")
    if not any(field.id == name and field.words for field in paper.fields):
        return typed, ""
    return replace(typed, values={**typed.values, name: code}), name


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

"""Somebody saved meanwhile: both versions side by side, and one chosen field by field."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from cauce.model.record import Record
from cauce.office import checking, papers
from cauce.office.desk.compare import Pair, pairs
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import History
from cauce.office.papers import Paper
from cauce.office.typed import raw_of
from cauce.store.log.envelope import Whose


@dataclass(frozen=True)
class StalePage:
    """What templates/desk/stale.html is given, and nothing else.

    `untouched` are the fields that only the other one changed.
    """

    title: str
    above: str
    above_href: str
    who: str
    at: str
    reason: str
    pairs: tuple[Pair, ...]
    untouched: frozenset[str]
    action: str


def compare(visit: Visit) -> Response:
    """My draft beside what is there now; straight back to the form if nothing changed."""
    paper = papers.paper_of(visit.seat, visit.part("draft"))
    history = paper.history
    if history is None or history.newest.entry.number == paper.sheet.base:
        return visit.go(visit.address("drafts", paper.sheet.id))
    entry = history.newest.entry
    mine = checking.check(visit.seat, paper).record
    theirs = _theirs(visit, history)
    reader = Reader(visit)
    page = StalePage(
        title=visit.words("stale.title"),
        above=reader.name(history.register.id, history.key),
        above_href=visit.address("registers", history.register.id, history.key),
        who=visit.seat.people([entry.actor])[entry.actor],
        at=visit.words.moment(entry.recorded_at.isoformat()),
        reason=entry.reason,
        pairs=pairs(reader, replace(paper.register, fields=paper.fields), mine, theirs),
        untouched=frozenset(f.id for f in paper.fields if mine.get(f.id) == paper.before.get(f.id)),
        action=visit.address("drafts", paper.sheet.id, "compare"),
    )
    return visit.show("stale.html", page, 409)


def choose(visit: Visit) -> Response:
    """The draft with what was chosen, on top of what is there now."""
    paper = papers.paper_of(visit.seat, visit.part("draft"))
    history = paper.history
    if history is not None:
        kept = papers.keep(visit.seat, merged(visit, paper, history))
        return visit.go(visit.address("drafts", kept.id, check="1"))
    return visit.go(visit.address("drafts", paper.sheet.id))


def merged(visit: Visit, paper: Paper, history: History) -> Paper:
    """A draft with theirs taken where the form says so."""
    raw = raw_of(paper.fields, _theirs(visit, history))
    values = dict(paper.typed.values)
    for field in paper.fields:
        if visit.given(f"take.{field.id}") == "theirs":
            values.pop(field.id, None)
            if field.id in raw:
                values[field.id] = raw[field.id]
    return replace(
        paper,
        typed=replace(paper.typed, values=values),
        sheet=replace(paper.sheet, base=history.newest.entry.number),
    )


def _theirs(visit: Visit, history: History) -> Record:
    periods = history.periods()
    record = periods[-1].record if periods else {}
    whose = Whose(history.register, history.key, history.country)
    return visit.seat.seen(whose, record, "draft")

"""The second pair of eyes: what an entry changes, and a verdict on it."""

from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from cauce.model.entry import Action, Period
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.office.desk.beside import beside
from cauce.office.desk.compare import Pair, pairs
from cauce.office.desk.form_page import WORD
from cauce.office.desk.record import span
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import History, Step
from cauce.store.log.envelope import Whose
from cauce.store.log.review import Verdict


@dataclass(frozen=True)
class Proposal:
    """An entry that waits: who proposes what, and what it changes."""

    number: int
    did: str
    when: str
    who: str
    reason: str
    new: bool
    ends: bool
    beside: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class ReviewPage:
    """What templates/desk/review.html is given, and nothing else."""

    title: str
    above: str
    above_href: str
    register: str
    proposals: tuple[Proposal, ...]
    problem: str
    note: str
    own: bool
    judged: str
    action: str


def review(visit: Visit) -> Response:
    return _show(visit, "", "", 200)


def judge(visit: Visit) -> Response:
    """Approve an entry or send it back; then to the next thing that waits."""
    history, step = _asked(visit)
    given = visit.given("verdict")
    verdict = next((known for known in Verdict if known == given), None)
    note = visit.given("note").strip()
    if verdict is None:
        return _show(visit, visit.words("review.choose"), note, 422)
    if verdict is Verdict.RETURNED and not note:
        return _show(visit, visit.words("review.note_wanted"), note, 422)
    try:
        visit.seat.judge(history, step.entry.number, verdict, note)
    except BadInput:
        return _show(visit, visit.words("review.late"), note, 409)
    return visit.go(visit.address(""))


def _asked(visit: Visit) -> tuple[History, Step]:
    seat = visit.seat
    history = seat.history(seat.register(visit.part("register")), visit.part("key"))
    return history, history.step(int(visit.part("number")))


def _show(visit: Visit, problem: str, note: str, status: int) -> Response:
    history, step = _asked(visit)
    visit.seat.refuse("approve", history.register.id, history.country, "review")
    above = visit.address("registers", history.register.id, history.key)
    lying = [s for s in history.steps if not s.said and s.entry.number <= step.entry.number]
    shown = lying or [step]
    page = ReviewPage(
        title=visit.words("review.title"),
        above=Reader(visit).name(history.register.id, history.key),
        above_href=above,
        register=visit.of(history.register.one),
        proposals=tuple(_proposal(visit, history, each) for each in shown),
        problem=problem,
        note=note,
        own=any(each.entry.actor == visit.account.id for each in shown),
        judged=visit.words("review.judged", state=visit.words(f"state.{step.said.verdict}"))
        if step.said
        else "",
        action=f"{above}/review/{step.entry.number}",
    )
    return visit.show("review.html", page, status)


def _proposal(visit: Visit, history: History, step: Step) -> Proposal:
    entry = step.entry
    before, after = before_and_after(visit, history, step)
    return Proposal(
        number=entry.number,
        did=visit.words(f"form.{WORD[entry.action]}_did"),
        when=span(visit, entry.valid_from, entry.valid_to, entry.action is Action.END),
        who=visit.seat.people([entry.actor])[entry.actor],
        reason=entry.reason,
        new=not before,
        ends=entry.action is Action.END,
        beside=beside(visit, history.register.id, after),
        pairs=pairs(Reader(visit), history.register, before, after),
    )


def before_and_after(visit: Visit, history: History, step: Step) -> tuple[Record, Record]:
    """What was so before an entry where it holds, and what it says."""
    whose = Whose(history.register, history.key, history.country)
    earlier = replace(
        history,
        steps=tuple(s for s in history.steps if s.entry.number < step.entry.number),
    )
    before = _at(earlier.periods(), step.entry.valid_from)
    seen = [
        visit.seat.seen(whose, record, step.state) for record in (before, step.entry.record or {})
    ]
    return seen[0], seen[1]


def _at(periods: tuple[Period, ...], day: date | None) -> Record:
    """The record of the period a day lies in, or of the last one if it lies in none."""
    for period in periods:
        start, end = period.start or date.min, period.end or date.max
        if day is not None and start <= day < end:
            return period.record
    return periods[-1].record if periods else {}

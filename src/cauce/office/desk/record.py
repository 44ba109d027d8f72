"""A record: as it is, as it was true on a day, as it was known on another; and its history."""

from collections.abc import Iterator
from datetime import date

from starlette.responses import Response

from cauce.model.entry import Action, Period
from cauce.model.record import Record
from cauce.office.desk.beside import beside
from cauce.office.desk.compare import pairs
from cauce.office.desk.form_page import WORD
from cauce.office.desk.lists import day_asked, end_of
from cauce.office.desk.parts import Choice
from cauce.office.desk.record_pages import Deed, DifferencesPage, HistoryPage, Past, RecordPage
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.histories import History, NotThere, Step
from cauce.office.seat import OWN
from cauce.pipeline.judge.contracts import CONTRACTS
from cauce.store.log.envelope import Whose
from cauce.store.log.review import Verdict


def record(visit: Visit) -> Response:
    """A record as of a day and as known on another; the latest there is if none is named."""
    history = _history(visit)
    on, problem = day_asked(visit, "on")
    known, also = day_asked(visit, "known")
    period = period_of(history, on, known)
    step = history.newest
    reader = Reader(visit)
    whose = Whose(history.register, history.key, history.country)
    shown: Record = {}
    if period is not None:
        shown = visit.seat.seen(whose, period.record, history.step(period.entry).state)
    state = str(step.verdict) if step.verdict else "waits"
    name = reader.name(history.register.id, history.key)
    said = visit.words
    return visit.show(
        "record.html",
        RecordPage(
            title=name,
            register=visit.of(history.register.name),
            register_href=visit.address("registers", history.register.id),
            country=reader.country(history.register, history.country),
            state=state,
            state_name=said(f"state.{state}"),
            note=step.said.note if step.said else "",
            sent=said("record.sent") if visit.asked("sent") else "",
            when=_when(visit, history, period),
            on=visit.asked("on"),
            known=visit.asked("known"),
            problem=problem or also,
            beside=beside(visit, history.register.id, shown),
            items=reader.items(history.register, shown),
            deeds=_deeds(visit, history),
            review=_review(visit, history),
            history=_address(visit, history, "history"),
        ),
    )


def history(visit: Visit) -> Response:
    """Every entry of a record, the newest first."""
    found = _history(visit)
    people = visit.seat.people(
        name
        for step in found.steps
        for name in (step.entry.actor, *([step.said.actor] if step.said else []))
    )
    numbers = [step.entry.number for step in found.steps]
    before = dict(zip(numbers[1:], numbers, strict=False))
    entries = tuple(
        _past(visit, found, step, people, before.get(step.entry.number))
        for step in reversed(found.steps)
    )
    page = HistoryPage(
        title=visit.words("history.title"),
        above=Reader(visit).name(found.register.id, found.key),
        above_href=_address(visit, found),
        entries=entries,
        choices=tuple(
            tuple(Choice(str(n), str(n), n == chosen) for n in numbers)
            for chosen in (numbers[max(len(numbers) - 2, 0)], numbers[-1])
        ),
        compare=_address(visit, found, "differences") if len(numbers) > 1 else "",
    )
    return visit.show("history.html", page)


def differences(visit: Visit) -> Response:
    """Two entries of a record side by side."""
    found = _history(visit)
    left, right = (_numbered(visit, found, name) for name in ("from", "to"))
    shown = [
        visit.seat.seen(
            Whose(found.register, found.key, found.country), step.entry.record or {}, step.state
        )
        for step in (left, right)
    ]
    page = DifferencesPage(
        title=visit.words("history.differences"),
        above=Reader(visit).name(found.register.id, found.key),
        above_href=_address(visit, found, "history"),
        left=_told(visit, left),
        right=_told(visit, right),
        pairs=pairs(Reader(visit), found.register, shown[0], shown[1]),
    )
    return visit.show("differences.html", page)


def period_of(found: History, on: date | None, known: date | None) -> Period | None:
    """What a record says of a day (the last if none is named), as known at the end of another."""
    periods = found.periods(end_of(known))
    if on is None:
        return periods[-1] if periods else None
    return next(
        (p for p in periods if (p.start or date.min) <= on and (p.end is None or on < p.end)), None
    )


def _history(visit: Visit) -> History:
    seat = visit.seat
    return seat.history(seat.register(visit.part("register")), visit.part("key"))


def _address(visit: Visit, found: History, *parts: str, **query: str) -> str:
    return visit.address("registers", found.register.id, found.key, *parts, **query)


def _numbered(visit: Visit, found: History, name: str) -> Step:
    given = visit.asked(name)
    if not given.isdecimal():
        raise NotThere
    return found.step(int(given))


def _told(visit: Visit, step: Step) -> str:
    return visit.words(
        "history.entry",
        number=step.entry.number,
        at=visit.words.moment(step.entry.recorded_at.isoformat()),
    )


def _past(
    visit: Visit, found: History, step: Step, people: dict[str, str], before: int | None
) -> Past:
    entry, said = step.entry, visit.words
    state = str(step.verdict) if step.verdict else "waits"
    verdict = ""
    if step.said:
        verdict = said(
            "home.by", name=people[step.said.actor], at=said.moment(step.said.at.isoformat())
        )
        verdict += f" – «{step.said.note}»" if step.said.note else ""
    return Past(
        number=entry.number,
        did=said(f"form.{WORD[entry.action]}_did"),
        when=span(visit, entry.valid_from, entry.valid_to, entry.action is Action.END),
        who=people[entry.actor],
        at=said.moment(entry.recorded_at.isoformat()),
        reason=entry.reason,
        state=state,
        state_name=said(f"state.{state}"),
        verdict=verdict,
        differences=_address(
            visit, found, "differences", **{"from": str(before), "to": str(entry.number)}
        )
        if before
        else "",
    )


def span(visit: Visit, start: date | None, end: date | None, ends: bool = False) -> str:
    """A period in words; its end is the first day on which it no longer holds."""
    said = visit.words
    if ends and start:
        return said("record.ends", day=said.day(start))
    if start and end:
        return said("record.between", start=said.day(start), end=said.day(end))
    if start:
        return said("record.since", day=said.day(start))
    if end:
        return said("record.before", day=said.day(end))
    return ""


def _when(visit: Visit, found: History, period: Period | None) -> str:
    if period is None:
        return visit.words("record.nothing")
    if period.end is not None and period == found.periods()[-1]:
        return visit.words("record.ended", day=visit.words.day(period.end))
    return span(visit, period.start, period.end)


def _deeds(visit: Visit, found: History) -> tuple[Deed, ...]:
    seat, said = visit.seat, visit.words
    judged = tuple(_judged(visit, found))
    if not seat.may("write", found.register.id, found.country, "draft"):
        return judged
    newest = found.newest
    mine = newest.verdict is Verdict.RETURNED and newest.entry.actor == visit.account.id
    words = ["again"] if mine else ["change", "correct", "end"]
    return judged + tuple(
        Deed(
            said(f"form.{word}_word"),
            said(f"form.{word}_lead"),
            _address(visit, found, "correct" if word == "again" else word),
        )
        for word in words
    )


def _judged(visit: Visit, found: History) -> Iterator[Deed]:
    """A contract leads to what it is compared with, once it is approved."""
    if found.register.id == CONTRACTS and any(step.verdict for step in found.steps):
        said = visit.words
        address = visit.address("judge", "contracts", found.key)
        yield Deed(said("judge.contract_word"), said("judge.contract_about"), address)


def _review(visit: Visit, found: History) -> str:
    newest, seat = found.newest, visit.seat
    judges = seat.may("approve", found.register.id, found.country, "review")
    if newest.said or not judges or newest.entry.actor == visit.account.id:
        return ""
    return _address(visit, found, "review", str(newest.entry.number))


__all__ = ["OWN", "differences", "history", "period_of", "record"]

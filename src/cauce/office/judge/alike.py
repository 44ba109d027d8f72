"""Recruiters that may be one: a person says so, and a second person approves it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from cauce.assess.filled import rows, text
from cauce.model.entry import Action
from cauce.model.record import Record
from cauce.office import drafting, papers
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import NotThere
from cauce.office.judge.pages import sight_of
from cauce.office.papers import Paper
from cauce.office.seat import today
from cauce.office.typed import Typed
from cauce.registers.matching import Alike, alike

RECRUITERS, PAIRS = "recruiters", "recruiter_pairs"
DEEDS = ("keep", "apart", "split")
MOST_PAIRS = 25
MOST_RECORDS = 3_000
"""More take longer than a page may: the command proposes those of a list."""


@dataclass(frozen=True)
class Side:
    """One of two recruiters; `keep` is the value of the button that keeps it, "" if none may."""

    key: str
    name: str
    country: str
    href: str
    keep: str


@dataclass(frozen=True)
class Asked:
    """A pair with why it is asked about; `waits` says that an answer waits for approval."""

    sides: tuple[Side, Side]
    why: str
    apart: str
    waits: bool


@dataclass(frozen=True)
class Merged:
    """A record that is a spelling of another."""

    name: str
    href: str
    head: str
    split: str


@dataclass(frozen=True)
class AlikePage:
    """What templates/judge/alike.html is given, and nothing else."""

    title: str
    back: str
    pairs: tuple[Asked, ...]
    more: str
    merged: tuple[Merged, ...]


def ask(visit: Visit) -> Response:
    """The pairs that are open, and those that are one already."""
    records = _records(visit)
    pairs = list(_open(visit, records))
    said, more = visit.words, len(pairs) - MOST_PAIRS
    page = AlikePage(
        title=said("judge.alike"),
        back=visit.address("judge"),
        pairs=tuple(_asked(visit, records, pair) for pair in pairs[:MOST_PAIRS]),
        more=said("judge.alike_more", count=more) if more > 0 else "",
        merged=tuple(_merged(visit, records)),
    )
    return visit.show("judge/alike.html", page)


def answer(visit: Visit) -> Response:
    """One answer: keep one and make the other its spelling, two, or split again."""
    do, _, keys = visit.given("do").partition(":")
    one, _, other = keys.partition(":")
    records = _records(visit)
    if do not in DEEDS or not {one, *([other] if other else [])} <= set(records):
        raise NotThere
    ground = visit.given("ground").strip()[:200] or visit.words(f"judge.alike_{do}_ground")
    if do == "keep" and other:
        return _submit(visit, _same_as(visit, other, one, ground))
    if do == "apart" and other:
        return _submit(visit, _two(visit, one, other, ground))
    if do == "split":
        return _submit(visit, _same_as(visit, one, "", ground))
    raise NotThere


def _records(visit: Visit) -> Mapping[str, Record]:
    """Recruiters they may see. Raises NotThere for who may write none."""
    if not visit.seat.writes(RECRUITERS):
        raise NotThere
    found = sight_of(visit).records(RECRUITERS)
    return found if len(found) <= MOST_RECORDS else {}


def _open(visit: Visit, records: Mapping[str, Record]) -> Iterator[Alike]:
    """Pairs nobody has answered yet; what is a spelling of another is asked about no more."""
    apart = {
        frozenset((text(each, "one"), text(each, "other")))
        for each in sight_of(visit).records(PAIRS).values()
    }
    heads = {key: each for key, each in records.items() if not text(each, "same_as")}
    for pair in alike({key: names(each) for key, each in heads.items()}):
        if frozenset((pair.one, pair.other)) not in apart:
            yield pair


def names(record: Record) -> list[str]:
    """All a recruiter is known by, its legal name first."""
    return [text(record, "name"), *(text(row, "name") for row in rows(record, "other_names"))]


def _asked(visit: Visit, records: Mapping[str, Record], pair: Alike) -> Asked:
    said = visit.words
    one, other = (_side(visit, records, a, b) for a, b in _both_ways(pair))
    called = "" if pair.names == (one.name, other.name) else f": {' – '.join(pair.names)}"
    return Asked(
        sides=(one, other),
        why=f"{said(f'judge.why_{pair.why.reason}')} ({pair.why.score:.2f}){called}",
        apart=f"apart:{pair.one}:{pair.other}" if visit.seat.writes(PAIRS) else "",
        waits=any(_waits(visit, key) for key in (pair.one, pair.other)),
    )


def _both_ways(pair: Alike) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.one, pair.other), (pair.other, pair.one)


def _side(visit: Visit, records: Mapping[str, Record], key: str, other: str) -> Side:
    """A recruiter that is kept where the other, theirs to write, becomes its spelling."""
    country = text(records[other], "country")
    may = visit.seat.may("write", RECRUITERS, country, "draft")
    return Side(
        key=key,
        name=text(records[key], "name"),
        country=text(records[key], "country"),
        href=visit.address("registers", RECRUITERS, key),
        keep=f"keep:{key}:{other}" if may else "",
    )


def _waits(visit: Visit, key: str) -> bool:
    """Whether the last entry of a record waits for a second person."""
    try:
        return visit.seat.history(visit.seat.register(RECRUITERS), key).newest.verdict is None
    except NotThere:
        return False


def _merged(visit: Visit, records: Mapping[str, Record]) -> Iterator[Merged]:
    for key, each in records.items():
        head = text(each, "same_as")
        if head in records:
            may = visit.seat.may("write", RECRUITERS, text(each, "country"), "draft")
            yield Merged(
                text(each, "name"),
                visit.address("registers", RECRUITERS, key),
                text(records[head], "name"),
                f"split:{key}" if may and not _waits(visit, key) else "",
            )


def _same_as(visit: Visit, key: str, head: str, ground: str) -> Paper:
    """A correction by which a record is a spelling of another, or of none again."""
    seat = visit.seat
    paper = papers.begin(seat, seat.register(RECRUITERS), key, Action.CORRECTION)
    rest = {name: value for name, value in paper.typed.values.items() if name != "same_as"}
    values = {**rest, "same_as": head} if head else rest
    return replace(paper, typed=Typed(values, reason=ground))


def _two(visit: Visit, one: str, other: str, ground: str) -> Paper:
    seat = visit.seat
    paper = papers.begin(seat, seat.register(PAIRS), "", Action.OPEN)
    country = text(_records(visit)[one], "country")
    day = today(visit.room.office).isoformat()
    values = {"one": one, "other": other, "country": country, "decided_on": day, "ground": ground}
    return replace(paper, typed=Typed({**paper.typed.values, **values}))


def _submit(visit: Visit, paper: Paper) -> Response:
    """Enter it, to wait for a second person; what is wrong with it is shown in its form."""
    try:
        drafting.submit(visit.seat, paper)
    except Refused:
        kept = papers.keep(visit.seat, paper)
        return visit.go(visit.address("drafts", kept.id, check="1"))
    return visit.go(visit.address("judge", "recruiters"))

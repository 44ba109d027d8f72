"""Permits that may be one person's, put side by side for whoever runs the mechanism."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from cauce.assess.filled import day, text
from cauce.model.entry import Action
from cauce.model.mobility import Holder
from cauce.model.record import Record
from cauce.office import drafting, papers
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.mobility.here import acts, may_act, now_of, operation_of, refused
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import PERMITS, Operation
from cauce.registers.matching.people import alike
from cauce.store.log.database import told
from cauce.store.log.envelope import Whose
from cauce.store.log.opening import open_record

PAIRS = "mobility_pairs"
OPENED = frozenset({"full_name", "document", "birth_date"})


@dataclass(frozen=True)
class Side:
    """One of two permits: what it says of its holder, and where it is."""

    number: str
    href: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class ShownPair:
    """Two permits and why they are put side by side."""

    one: Side
    other: Side
    keys: tuple[str, str]
    why: str


@dataclass(frozen=True)
class PairsPage:
    """What templates/mobility/pairs.html is given, and nothing else; `pairs` None: not asked."""

    title: str
    pairs: tuple[ShownPair, ...] | None
    decided: int
    compare: str
    decide: str
    writes: bool
    decisions: tuple[tuple[str, str], ...]
    done: str


def pairs(visit: Visit) -> Response:
    """What the comparison is, before anybody opens a name for it."""
    return _show(visit, operation_of(visit), compared=False)


def compare(visit: Visit) -> Response:
    """Open the names of everybody's permits, compare them, and forget them; that is noted."""
    operation = operation_of(visit)
    for country in {text(p, "country") for p in operation.permits.values()}:
        may_act(visit, country)
    return _show(visit, operation, compared=True)


def _show(visit: Visit, operation: Operation, compared: bool) -> Response:
    decided = _decided(operation)
    found: tuple[ShownPair, ...] | None = None
    if compared:
        holders = {key: _holder(visit, key, p) for key, p in operation.permits.items()}
        found = tuple(
            ShownPair(
                _side(visit, operation, holders[pair.one]),
                _side(visit, operation, holders[pair.other]),
                (pair.one, pair.other),
                visit.of(pair.why),
            )
            for pair in alike(holders.values())
            if frozenset((pair.one, pair.other)) not in decided
        )
    lists = visit.room.office.lists
    page = PairsPage(
        title=visit.words("mobility.pairs"),
        pairs=found,
        decided=len(decided),
        compare=visit.address("mobility", "pairs"),
        decide=visit.address("mobility", "pairs", "decide"),
        writes=acts(visit),
        decisions=tuple((c.id, visit.of(c.name)) for c in lists["CL_PAIR_DECISION"].codes),
        done=visit.words("mobility.pair_kept") if visit.asked("done") else "",
    )
    return visit.show("mobility/pairs.html", page)


def _decided(operation: Operation) -> frozenset[frozenset[str]]:
    """Pairs somebody decided, also where a second person has not looked yet."""
    sight = operation.sight
    every = LogSight(sight.database, sight.declared, sight.day, approved=False)
    found = every.records(PAIRS).values()
    return frozenset(frozenset((text(r, "one"), text(r, "other"))) for r in found)


def _holder(visit: Visit, key: str, permit: Record) -> Holder:
    office = visit.room.office
    whose = Whose(office.registers[PERMITS], key, text(permit, "country"))
    here = told(frozenset({whose.country}))
    with office.database.writing(visit.account.id, here) as connection:
        opened = open_record(connection, office.keys, whose, permit, OPENED)
    return Holder(
        key,
        text(permit, "worker"),
        text(opened, "full_name"),
        text(opened, "document"),
        day(opened, "birth_date"),
    )


def _side(visit: Visit, operation: Operation, holder: Holder) -> Side:
    permit = operation.permits[holder.permit]
    born = visit.words.day(holder.born) if holder.born else "–"
    return Side(
        text(permit, "number"),
        visit.address("mobility", "permits", holder.permit),
        (holder.name or "–", holder.document or "–", born, holder.worker),
    )


def decide_pair(visit: Visit) -> Response:
    """Keep which it is, as a record that a second person approves. Nothing is merged."""
    operation = operation_of(visit)
    one, other = visit.given("one"), visit.given("other")
    if one not in operation.permits or other not in operation.permits:
        raise refused("There is no such pair.", "No existe tal par.")
    country = text(operation.permits[one], "country")
    may_act(visit, country)
    paper = papers.begin(visit.seat, visit.seat.register(PAIRS), "", Action.OPEN)
    values = {
        "one": one,
        "other": other,
        "country": country,
        "decision": visit.given("decision"),
        "decided_on": now_of(visit).date().isoformat(),
        "ground": visit.given("ground"),
    }
    kept: dict[str, object] = {name: value for name, value in values.items() if value}
    try:
        drafting.submit(visit.seat, replace(paper, typed=replace(paper.typed, values=kept)))
    except Refused as error:
        fault = error.checked.blocking[0]
        raise refused(fault.message.en, fault.message.es) from error
    return visit.go(visit.address("mobility", "pairs", done="1"))

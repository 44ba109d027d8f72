"""Where whoever runs a mechanism begins: what waits, and where everything is."""

from dataclasses import dataclass

from starlette.responses import Response

from cauce.assess.filled import text
from cauce.office.desk.visit import Visit
from cauce.office.mobility.funnel import mechanisms_run
from cauce.office.mobility.here import operation_of
from cauce.office.mobility.permits import without_card
from cauce.pipeline.mobility import DEPENDANTS, PERMITS, REQUESTS, RETURNS, SERVICES, Operation
from cauce.store.log.events import decided_conflicts, event_counts

MOST_EVENTS = 20_000
REGISTERS = (REQUESTS, PERMITS, DEPENDANTS, SERVICES, RETURNS, "mobility_corrections")


@dataclass(frozen=True)
class Way:
    """Somewhere to go, with how much is there and what it is about."""

    name: str
    href: str
    about: str
    number: int | None = None


@dataclass(frozen=True)
class IndexPage:
    """What templates/mobility/index.html is given, and nothing else."""

    title: str
    lead: str
    doing: tuple[Way, ...]
    requests: tuple[Way, ...]
    mechanisms: tuple[Way, ...]
    registers: tuple[Way, ...]


def index(visit: Visit) -> Response:
    operation = operation_of(visit)
    said = visit.words
    waiting = _conflicts(visit, operation)
    doing = (
        Way(said("mobility.events"), visit.address("mobility", "events"),
            said("mobility.events_about"), waiting),
        Way(said("mobility.pairs"), visit.address("mobility", "pairs"),
            said("mobility.pairs_about")),
        Way(said("mobility.devices"), visit.address("mobility", "devices"),
            said("mobility.devices_about")),
        Way(said("mobility.check"), visit.address("check-card"), said("mobility.check_about")),
    )  # fmt: skip
    page = IndexPage(
        title=said("mobility.title"),
        lead=said("mobility.lead"),
        doing=doing,
        requests=tuple(
            _request(visit, operation, key) for key in reversed(list(operation.requests))
        ),
        mechanisms=tuple(
            Way(visit.of(name), visit.address("mobility", "mechanisms", key), "")
            for key, name in mechanisms_run(operation).items()
        ),
        registers=tuple(
            Way(
                visit.of(visit.room.office.registers[id_].name),
                visit.address("registers", id_),
                "",
            )
            for id_ in REGISTERS
        ),
    )
    return visit.show("mobility/index.html", page)


def _conflicts(visit: Visit, operation: Operation) -> int | None:
    """How many conflicts wait; None where working them out would keep the first page waiting."""
    with visit.room.office.database.reading(visit.account.id) as connection:
        kept, done = sum(event_counts(connection).values()), decided_conflicts(connection)
    if kept > MOST_EVENTS:
        return None
    return sum(one.id not in done for one in operation.settled[1])


def _request(visit: Visit, operation: Operation, key: str) -> Way:
    record = operation.requests[key]
    mine = {k: p for k, p in operation.permits.items() if text(p, "request") == key}
    waiting = len(without_card(operation, mine))
    return Way(
        visit.words("mobility.request", number=text(record, "number")),
        visit.address("mobility", "requests", key),
        visit.words(
            "mobility.permits_of",
            count=len(mine),
            waiting=waiting,
            employer=text(record, "employer"),
        ),
        waiting,
    )

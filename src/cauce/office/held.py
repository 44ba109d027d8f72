"""The held releases somebody may see, and what one of them would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from cauce.model.access import Verb
from cauce.model.errors import BadInput
from cauce.model.held import Held
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.office.histories import NotThere
from cauce.office.seat import Seat
from cauce.registers.access import REGION
from cauce.store import Holds, Reader, Snapshot, revisions
from cauce.store.held import same_person

RELEASES = "releases"


@dataclass(frozen=True)
class Waiting:
    """A release that is held, and whose numbers it has; "" for the region's."""

    held: Held
    area: str
    flows: tuple[Manifest, ...]

    @property
    def state(self) -> str:
        return "approved" if self.held.approved_at else "waits"


@dataclass(frozen=True)
class Change:
    """What a table of a release says anew: periods, and values beside those published now.

    `values` are all it has; `before` is the vintage that is public, "" for a new table.
    """

    flow: str
    name: Text
    values: int
    before: str
    periods: tuple[str, ...]
    revised: int


def waiting(seat: Seat, holds: Holds) -> tuple[Waiting, ...]:
    """The held releases somebody may see that are not out yet, by name.

    Raises BadInput if the folder of held releases cannot be read.
    """
    found = (_read(holds, held) for held in holds.all() if not held.published_at)
    return tuple(one for one in found if may(seat, "see", one))


def to_approve(seat: Seat, holds: Holds) -> tuple[Waiting, ...]:
    """Those that wait for them: others' releases that nobody has approved. Raises as `waiting`."""
    if seat.places("approve", RELEASES, "review") == frozenset():
        return ()
    return tuple(
        one
        for one in waiting(seat, holds)
        if not one.held.approved_at and may(seat, "approve", one) and not is_own(seat, one.held)
    )


def waits(seat: Seat, holds: Holds, survey: str, vintage: str) -> Waiting:
    """One of them. Raises NotThere."""
    for one in waiting(seat, holds):
        if (one.held.survey, one.held.vintage) == (survey, vintage):
            return one
    raise NotThere


def may(seat: Seat, verb: Verb, one: Waiting) -> bool:
    return seat.may(verb, RELEASES, one.area, "review")


def may_see_any(seat: Seat) -> bool:
    """Whether there may be releases for somebody to see."""
    return seat.places("see", RELEASES, "review") != frozenset()


def is_own(seat: Seat, held: Held) -> bool:
    """Whether somebody holds it themselves, under whichever of their names."""
    me = seat.account
    names = (me.name, me.email, me.email.partition("@")[0], me.id)
    return any(same_person(name, held.held_by) for name in names)


def changes(holds: Holds, one: Waiting) -> tuple[Change, ...]:
    """Table by table, what it would change of what is public now."""
    new, now = Reader(holds.place(one.held)).snapshot(), _public(holds)
    return tuple(_changes(new, now, one.flows))


def _changes(new: Snapshot, now: Snapshot | None, flows: tuple[Manifest, ...]) -> Iterator[Change]:
    for manifest in flows:
        id_ = manifest.dataflow.id
        after = new.observations(id_)
        periods = {period for part in manifest.parts for period in part.periods}
        before, revised = "", 0
        if now is not None and id_ in now.catalog.current:
            public = now.manifest(id_)
            before = public.vintage
            periods -= {period for part in public.parts for period in part.periods}
            revised = len(revisions(now.observations(id_), after))
        yield Change(
            id_, manifest.dataflow.name, len(after.value), before, tuple(sorted(periods)), revised
        )


def _public(holds: Holds) -> Snapshot | None:
    """What is public now; None before anything is."""
    try:
        return Reader(holds.store).snapshot()
    except BadInput:
        return None


def _read(holds: Holds, held: Held) -> Waiting:
    """A held release with its tables; none if they cannot be read any more."""
    try:
        flows = Reader(holds.place(held)).snapshot().flows()
    except BadInput:
        flows = ()
    return Waiting(held, flows[0].dataflow.source.area if flows else REGION, flows)

"""The gate of a release: it is attacked before it leaves, mended where it leaks, or refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from time import monotonic

from cauce.model.audit import Bound, Cited, Leak
from cauce.model.errors import BadInput
from cauce.protect.attack import attack
from cauce.protect.refusal import named
from cauce.protect.secondary import guarded
from cauce.protect.system.places import Spot
from cauce.protect.system.recalled import Row, moved, recalled
from cauce.protect.system.statements import cited, system
from cauce.protect.system.union import Union

BUDGET = 3600.0
"""Seconds an audit may take. One that needs more is a refusal."""
ROUNDS = 0
"""How often further cells are withheld before a release is refused."""

Progress = Callable[[str], None]


def silent(message: str) -> None:
    """Tell nobody."""
    del message


@dataclass(frozen=True)
class Asked:
    """By what a release is tried: the fewest respondents that may be told, and how long it takes.

    `budget` are seconds, `started` the moment they are counted from.
    """

    minimum: int
    budget: float = BUDGET
    progress: Progress = silent
    started: float = field(default_factory=monotonic)

    def left(self) -> float:
        return self.budget - (monotonic() - self.started)


@dataclass(frozen=True)
class Tried:
    """A place that was attacked: what is withheld besides, all bounds, and what still leaks.

    `closed` are withheld by the exact method, `repaired` because the attacker asked for it, `moved`
    because an earlier vintage that is still public counts a few people otherwise.
    """

    closed: frozenset[Spot]
    repaired: frozenset[Spot]
    moved: frozenset[Spot]
    bounds: tuple[Bound, ...]
    leaks: tuple[Leak, ...]
    seconds: float


def tried(found: Union, every: Sequence[Spot], told: Sequence[Row], asked: Asked) -> Tried:
    """Protect one place, attack it, and withhold what the attacker needs until he finds nothing.

    Args:
        told: what earlier vintages tell of the place.

    Raises:
        BadInput: he does not finish within the budget; a country's total would have to go because
            of an earlier vintage.
    """
    few = moved(every, told, asked.minimum)
    refuse_moved(few)
    public = recalled(found, told)
    vectors = [one.sum for one in public]
    repaired: set[Spot] = set()
    spent = 0.0
    if not ROUNDS:
        closed = frozenset(guarded(found, every, few.keys(), vectors))
        return Tried(closed, frozenset(), frozenset(few), (), (), spent)
    for number in range(ROUNDS):
        shut = repaired | few.keys()
        closed = frozenset(guarded(found, every, shut, vectors))
        tells = system(found, every, closed | shut, asked.minimum, public)
        attacked = attack(tells, asked.left(), asked.progress)
        spent += attacked.seconds
        more = mended(every, attacked.leaks, closed | shut)
        if not more or number == ROUNDS - 1:
            break
        repaired |= more
    return Tried(
        closed, frozenset(repaired), frozenset(few), attacked.bounds, attacked.leaks, spent
    )


def refuse_moved(few: Mapping[Spot, Cited]) -> None:
    """Raises BadInput if the total of a place differs by few people from that of a vintage."""
    for spot, of in few.items():
        if all(code < 0 for code in spot.domain):
            raise BadInput(
                f"{named(of)} is public, and what it counts is now another by so few people that "
                "the two together would tell who they are. Withdraw that vintage first "
                f"(cauce withdraw), or release what has changed by more."
            )


def mended(every: Sequence[Spot], leaks: Iterable[Leak], closed: AbstractSet[Spot]) -> set[Spot]:
    """Of the cells behind each leak the one least wanted; one may mend several."""
    rank = {
        cited(spot, kind): (at, spot)
        for at, spot in enumerate(every)
        if not spot.primary and spot not in closed and spot.somebody
        for kind in spot.names
    }
    found: set[Spot] = set()
    for leak in leaks:
        behind = [rank[one] for one in leak.by if one in rank]
        if behind and not any(spot in found for _, spot in behind):
            found.add(max(behind, key=lambda one: one[0])[1])
    return found

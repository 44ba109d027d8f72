"""The gate of a release: it is attacked before it leaves, mended where it leaks, or refused."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from time import monotonic

from cauce.model.audit import Bound, Cited, Leak
from cauce.model.errors import BadInput
from cauce.protect.attack import Found, attack
from cauce.protect.attack.clock import unfinished
from cauce.protect.attack.repair import repair
from cauce.protect.refusal import named, refuse, refusing
from cauce.protect.secondary import guarded, nothing
from cauce.protect.system.places import Spot
from cauce.protect.system.recalled import Row, moved, recalled
from cauce.protect.system.statements import Sum, cited, sum_of, system
from cauce.protect.system.union import Union
from cauce.protect.told import System

BUDGET = 3600.0
"""Seconds an audit may take. One that needs more is a refusal."""
ROUNDS = 25
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
        """The seconds that are left.

        Raises:
            Unfinished: none are.
        """
        left = self.budget - (monotonic() - self.started)
        if left <= 0:
            raise unfinished(self.budget)
        return left

    def watch(self, done: int, cells: int) -> None:
        """Say how far the exact method is, and refuse once the budget is spent."""
        self.progress(f"Choosing cells to withhold for another's sake: {done} of {cells} looked at")
        self.left()


@dataclass(frozen=True)
class Tried:
    """A place that was attacked and holds: what is withheld besides, and all bounds.

    `closed` are withheld by the exact method, `repaired` because the attacker asked for it, `moved`
    because an earlier vintage that is still public counts a few people otherwise.
    """

    closed: frozenset[Spot]
    repaired: frozenset[Spot]
    moved: frozenset[Spot]
    bounds: tuple[Bound, ...]
    seconds: float


def tried(found: Union, every: Sequence[Spot], told: Sequence[Row], asked: Asked) -> Tried:
    """Protect one place, attack it, and withhold what the attacker needs until he finds nothing.

    Less is told after each repair, so that what was out of reach before stays so.

    Args:
        told: what earlier vintages tell of the place.

    Raises:
        BadInput: he finds something all the same; he does not finish within the budget; a country's
            total would have to go because of an earlier vintage.
    """
    few = moved(every, told, asked.minimum)
    refuse_moved(few, {row.of.vintage for row in told if row.gone})
    with refusing(words(found), (cited(spot, "n").flow for spot in every)):
        return attacked_until_shut(found, every, told, few, asked)


def words(found: Union) -> str:
    """The places of a union: areas, periods and what else does not add up."""
    return " and ".join(" ".join(code for _, code in place) for place in found.places)


def attacked_until_shut(
    found: Union,
    every: Sequence[Spot],
    told: Sequence[Row],
    few: Mapping[Spot, Cited],
    asked: Asked,
) -> Tried:
    """Withhold by the exact method, then what the attacker asks for, until he finds nothing.

    What was wide once stays so, since less is told after each repair: only what leaked, and what is
    withheld since, is attacked again.
    """
    public = recalled(found, told)
    lost = given_away(found, every, [row for row in told if row.gone], asked)
    closed = frozenset(guarded(found, every, few.keys(), [one.sum for one in public], asked.watch))
    zero = nothing(found, every, few.keys())
    repaired: set[Spot] = set()
    wide: dict[Cited, Bound] = {}
    spent = 0.0
    for _ in range(ROUNDS):
        shut = closed | few.keys() | repaired
        tells = without_lost(system(found, every, shut, asked.minimum, public, zero), lost)
        names = [one.of for one in tells.secrets]
        tells = replace(tells, secrets=tuple(one for one in tells.secrets if one.of not in wide))
        attacked = attack(tells, asked.left(), asked.progress, explained=False)
        spent += attacked.seconds
        wide |= {one.of: one for one in attacked.bounds}
        if not attacked.leaks:
            break
        wide = {of: replace(one, searched="reached") for of, one in wide.items()}
        for leak in attacked.leaks:
            del wide[leak.bound.of]
        repaired |= mended(every, tells, attacked, asked)
        asked.progress(f"Withholding further cells, bounds being too narrow: {len(repaired)}")
    else:
        refuse(explained(tells, attacked, asked))
    bounds = tuple(wide[of] for of in names)
    return Tried(closed, frozenset(repaired), frozenset(few), bounds, spent)


def given_away(
    found: Union, every: Sequence[Spot], told: Sequence[Row], asked: Asked
) -> frozenset[Sum]:
    """The sums that withdrawn vintages tell by themselves: no release can take them back."""
    if not (public := recalled(found, told)):
        return frozenset()
    alone = system(found, every, frozenset(every), asked.minimum, public)
    attacked = attack(alone, asked.left(), explained=False)
    leaking = {leak.bound for leak in attacked.leaks}
    bounds = zip(alone.secrets, attacked.bounds, strict=True)
    return frozenset(sum_of(one) for one, bound in bounds if bound in leaking)


def without_lost(tells: System, lost: frozenset[Sum]) -> System:
    return replace(tells, secrets=tuple(one for one in tells.secrets if sum_of(one) not in lost))


def mended(every: Sequence[Spot], tells: System, attacked: Found, asked: Asked) -> set[Spot]:
    """The cells to withhold against what leaks: the cheapest, or else any that gives it away.

    Raises:
        Refused: nothing that could be withheld gives it away.
    """
    at = {(one.flow, one.key): spot for spot in every for one in [cited(spot, "n")]}
    found = {at[one.flow, one.key] for one in repair(tells, attacked, asked.left())}
    if found:
        return found
    leaks = explained(tells, attacked, asked)
    rank = {spot: number for number, spot in enumerate(every)}
    for leak in leaks:
        public = [one for one in leak.by if one.flow and not one.vintage]
        behind = [at[one.flow, one.key] for one in public]
        if not behind:
            refuse(leaks)
        if found.isdisjoint(behind):
            found.add(max(behind, key=rank.__getitem__))
    return found


def explained(tells: System, attacked: Found, asked: Asked) -> tuple[Leak, ...]:
    """What leaks, each with the public numbers that give it away: seeking those takes its time."""
    leaking = {leak.bound.of for leak in attacked.leaks}
    secrets = tuple(one for one in tells.secrets if one.of in leaking)
    return attack(replace(tells, secrets=secrets), asked.left(), asked.progress).leaks


def refuse_moved(few: Mapping[Spot, Cited], gone: AbstractSet[str]) -> None:
    """Raises BadInput if the total of a place differs by few people from that of a vintage.

    Beside one of those that are gone it is withheld: there is nothing left to withdraw.
    """
    for spot, of in few.items():
        if all(code < 0 for code in spot.domain) and of.vintage not in gone:
            raise BadInput(
                f"{named(of)} is public, and what it counts is now another by so few people that "
                "the two together would tell who they are. Withdraw that vintage (cauce withdraw) "
                "to release the rest without it, or release what has changed by more."
            )

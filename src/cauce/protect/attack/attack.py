"""The attack: bounds of every secret of a system, and the public numbers behind narrow ones."""

from collections.abc import Callable, Iterator

from cauce.model.audit import Bound, Leak
from cauce.protect.attack.apart import tell_apart
from cauce.protect.attack.block import Items, blocks, left_of
from cauce.protect.attack.cite import Ends, because, cite, rounded
from cauce.protect.attack.clock import Clock
from cauce.protect.attack.found import Found
from cauce.protect.attack.programme import Contradiction
from cauce.protect.attack.reach import Reached, reach
from cauce.protect.attack.settle import loosened, settle
from cauce.protect.told import Secret, System

TRUE = 1e-6
"""How far outside of its bounds, relative to its size, rounding may put the truth."""

Progress = Callable[[str], None]


def silent(message: str) -> None:
    """Tell nobody."""
    del message


def attack(
    system: System, budget_seconds: float, progress: Progress = silent, explained: bool = True
) -> Found:
    """Bound every secret by all that is told, and find those that are bounded too narrowly.

    Unless they are to be explained, leaks are named without the numbers that give them away, which
    is sooner done.

    Raises:
        Unfinished: it takes longer than the budget.
        Contradiction: what is told cannot be true, or leaves out the truth of a secret.

    Source: the audit of suppressed tables by linear programmes, Fischetti & Salazar (2001);
        Hundepool et al. (2012), Statistical Disclosure Control, section 4.3.
    """
    clock = Clock(budget_seconds)
    system = loosened(system)
    attacked = _Attacked(system, clock, progress)
    bounds, leaks = [], []
    for secret in system.secrets:
        ends, searched = attacked.ends(secret)
        by: tuple[int, ...] = ()
        if (leaking := ends.narrow(secret.width)) and explained:
            ends, by = attacked.cited(secret)
            leaking = ends.narrow(secret.width)
        bound = Bound(secret.of, ends.low, ends.high, secret.width, secret.primary, searched)
        bounds.append(bound)
        if leaking:
            leaks.append(Leak(bound, tuple(dict.fromkeys(system.told[row].of for row in by))))
    return Found(tuple(bounds), tuple(leaks), clock.spent)


class _Attacked:
    """A system all of whose secrets were reached for."""

    def __init__(self, system: System, clock: Clock, progress: Progress) -> None:
        self._system, self._clock = system, clock
        self._settled = tell_apart(system, settle(system))
        self._places: dict[Items, tuple[Reached, int]] = {}
        self._cited: dict[tuple[Items, float], tuple[Ends, tuple[int, ...]]] = {}
        for block in blocks(system, self._settled):
            found = reach(block, clock, progress)
            self._places |= {name: (found, at) for at, name in enumerate(block.names)}

    def ends(self, secret: Secret) -> tuple[Ends, str]:
        """How far the secret was reached, and whether its ends were solved for."""
        rest, known = left_of(secret.sum, self._settled)
        if not rest:
            return self._checked(secret, Ends(known, known, proven=False)), "exact"
        reached, at = self._places[rest]
        low, high = float(reached.least[at]) + known, float(reached.most[at]) + known
        whole = all(self._system.whole[unknown] for unknown in secret.sum)
        if at not in reached.ends:
            return rounded(low, high, whole), "reached"
        found = reached.ends[at]
        ends = rounded(found.low + known, found.high + known, whole)
        return self._checked(secret, ends), "reached" if found.held else "exact"

    def _checked(self, secret: Secret, ends: Ends) -> Ends:
        near = TRUE * max(1.0, abs(secret.true))
        if not ends.low - near <= secret.true <= ends.high + near:
            raise Contradiction(
                f"What is told of {secret.of.flow} leaves out what is true of a withheld number."
            )
        return ends

    def cited(self, secret: Secret) -> tuple[Ends, tuple[int, ...]]:
        """The proven ends of a secret, and the numbers told that say so."""
        name = tuple(sorted(secret.sum.items())), secret.width
        if name not in self._cited:
            rows = because(self._system, self._settled, self._behind(secret), secret)
            self._cited[name] = cite(self._system, secret, rows, self._clock)
        return self._cited[name]

    def _behind(self, secret: Secret) -> Iterator[int]:
        """The numbers told that the solutions for both ends of a secret rest on."""
        rest = left_of(secret.sum, self._settled)[0]
        if not rest:
            return
        reached, at = self._places[rest]
        for row, above in reached.ends[at].rows:
            by = reached.block.by[row][int(above)]
            yield from (by, *self._settled.beside.get(by, ()))

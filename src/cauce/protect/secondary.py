"""Secondary confidentiality: cells withheld so that no primary one can be found by subtraction."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from cauce.protect.span import Span, Vector
from cauce.protect.system.league import League
from cauce.protect.system.places import Spot, sensitive, wholes
from cauce.protect.system.sides import told
from cauce.protect.system.union import Union
from cauce.protect.system.zeros import Zeros

if TYPE_CHECKING:
    from cauce.protect.spanned import Spanned

MANY = 1000
"""With so many cells the compiled span is sooner done, though it has to be loaded first."""
OFTEN = 200
"""After how many cells it is said how far the work is."""
MAIN = frozenset({"cases", "amount"})
"""The count that is protected of a cell that is withheld for another's sake."""


def guarded(
    found: Union,
    every: Sequence[Spot],
    asked: AbstractSet[Spot],
    public: Sequence[Vector],
    watch: Callable[[int, int], None],
) -> list[Spot]:
    """The cells of one place to withhold beside the primary ones.

    Cells are published one after the other, the most wanted first; one that would give a sensitive
    count or amount away, together with those before it, is withheld. Before them, as no count is
    below zero, a zero is known of every part of what it counts: that of a group large enough is
    taken as known whatever follows; that of an empty cell is published only if nothing follows.
    Known as well is what two tables both count, and what shares of a whole add up to: 100 %, of as
    many as each of them says.

    Args:
        asked: cells that have to be withheld besides, as if for their own sake.
        public: what earlier vintages tell already.
        watch: is told now and then how many cells of how many have been looked at; it may raise.
    """
    secrets = [
        found.sum(spot.part, spot.names[kind], spot.domain)
        for spot in every
        if spot.primary or spot in asked
        for kind in (sensitive(spot) if spot.primary else MAIN & spot.names.keys())
    ]
    league = League(found, every, secrets)
    while secrets:
        span, closed = withheld(found, every, asked, public, secrets, league, watch)
        more = league.sums(span)
        if not more:
            return closed
        secrets = [*secrets, *more]
    return []


def withheld(
    found: Union,
    every: Sequence[Spot],
    asked: AbstractSet[Spot],
    public: Sequence[Vector],
    secrets: Sequence[Vector],
    league: League,
    watch: Callable[[int, int], None],
) -> tuple["Span | Spanned", list[Spot]]:
    """What a reader can compute, and the cells withheld so that it is none of the secrets."""
    free = [spot for spot in every if not spot.primary and spot not in asked]
    span, zeros, closed = spanning(secrets, found.alone, len(every)), Zeros(found), []
    known = zeros.know(spot for spot in free if spot.n > 0)
    span.concede([*known, *found.alike, *public, *wholes(found, free)])
    league.spare(span)
    for spot in [spot for spot in free if not spot.somebody]:
        if span.publish(zeros.told([spot])):
            zeros.know([spot])
        else:
            closed.append(spot)
    somebody = [spot for spot in free if spot.somebody]
    for at, spot in enumerate(somebody):
        if at % OFTEN == 0:
            watch(at, len(somebody))
        nobody = zeros.told([spot]) if spot.n == 0 else []
        if not span.publish([*told(found, spot), *nobody]):
            closed.append(spot)
    return span, closed


def spanning(secrets: Sequence[Vector], alone: AbstractSet[int], cells: int) -> "Span | Spanned":
    """The span to publish so many cells into: compiled, where that pays for loading a compiler."""
    if cells < MANY:
        return Span(secrets, alone)
    from cauce.protect.spanned import Spanned

    return Spanned(secrets, alone)


def nothing(found: Union, every: Sequence[Spot], asked: AbstractSet[Spot]) -> AbstractSet[int]:
    """The unknowns of which it may be known that they are 0: parts of a zero of many."""
    zeros = Zeros(found)
    zeros.know(spot for spot in every if spot.n > 0 and not spot.primary and spot not in asked)
    return zeros.known

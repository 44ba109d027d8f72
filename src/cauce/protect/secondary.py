"""Secondary confidentiality: cells withheld so that no primary one can be found by subtraction."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Flags
from cauce.protect.span import Span
from cauce.protect.system.frames import Judged
from cauce.protect.system.places import Spot, sensitive, sums, wholes
from cauce.protect.system.union import Union
from cauce.protect.system.zeros import Zeros

Withheld = list[Flags]


def secondary(tables: Sequence[Judged], unions: Sequence[tuple[Union, list[Spot]]]) -> Withheld:
    """Which cells of each table have to be withheld beside the primary ones, each of shape (c,)."""
    withheld = [np.zeros_like(one.primary.any) for one in tables]
    for found, every in unions:
        for spot in guarded(found, every):
            withheld[spot.section.number][spot.row] = True
    return withheld


def guarded(found: Union, every: Sequence[Spot]) -> list[Spot]:
    """The cells of one place to withhold beside the primary ones.

    Cells are published one after the other, the most wanted first; one that would give a sensitive
    count or amount away, together with those before it, is withheld. Before them, as no count is
    below zero, a zero is known of every part of what it counts: that of a group large enough is
    taken as known whatever follows; that of an empty cell is published only if nothing follows.
    Known as well is what two tables both count, and what shares of a whole add up to: 100 %, of as
    many as each of them says.
    """
    secrets = [
        found.sum(spot.part, spot.names[kind], spot.domain)
        for spot in every
        if spot.primary
        for kind in sensitive(spot)
    ]
    if not secrets:
        return []
    free = [spot for spot in every if not spot.primary]
    span, zeros, closed = Span(secrets, found.alone), Zeros(found), []
    known = zeros.told([spot for spot in free if spot.n > 0])
    zeros.know(known)
    span.concede([*known, *found.alike, *wholes(found, free)])
    for spot in [spot for spot in free if not spot.somebody]:
        told = zeros.told([spot])
        if span.publish(told):
            zeros.know(told)
        else:
            closed.append(spot)
    for spot in [spot for spot in free if spot.somebody]:
        nobody = zeros.told([spot]) if spot.n == 0 else []
        if not span.publish([*sums(found, spot), *nobody]):
            closed.append(spot)
    return closed

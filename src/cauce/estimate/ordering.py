"""Respondents in the order of strata and units, and where each begins."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Ints


@dataclass(frozen=True)
class Ordered:
    """The order of rows by stratum and unit, None if they have it already.

    `first` is where in that order each unit begins, `of_unit` the unit's stratum.
    """

    order: Ints | None
    first: Ints
    of_unit: Ints

    @property
    def starts(self) -> Ints:
        """Where in the order each stratum begins."""
        return self.first[changes(self.of_unit)]

    @property
    def rows(self) -> Ints:
        """A row of each stratum."""
        return self.starts if self.order is None else self.order[self.starts]


def ordered(stratum: Ints, unit: Ints) -> Ordered:
    """The rows in order."""
    first = np.flatnonzero(changes(stratum) | changes(unit))
    one, other = stratum[first], unit[first]
    later = (one[1:] > one[:-1]) | ((one[1:] == one[:-1]) & (other[1:] > other[:-1]))
    if later.all():
        return Ordered(None, first, one)
    order = np.lexsort((unit, stratum))
    stratum, unit = stratum[order], unit[order]
    first = np.flatnonzero(changes(stratum) | changes(unit))
    return Ordered(order, first, stratum[first])


def changes(labels: Ints) -> Flags:
    """Where a label is not the one before; the first is always new."""
    new = np.ones(len(labels), dtype=np.bool_)
    np.not_equal(labels[1:], labels[:-1], out=new[1:])
    return new

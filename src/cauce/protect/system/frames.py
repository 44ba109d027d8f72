"""The tables of a release by what they break down: those that break down alike are one frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.dataflow import CENSUS, Dataflow
from cauce.model.design import Unit
from cauce.model.indicator import FORMULA, Indicator
from cauce.protect.crossed import crossed
from cauce.protect.primary import Primary
from cauce.protect.system.axes import Axis, Lists
from cauce.protect.table import INDICATOR, PERIOD, Table

Domain = tuple[int, ...]
Place = tuple[tuple[str, str], ...]
"""Area, period and the codes of all that does not add up, by dimension."""
Formula = tuple[str, ...]
Name = tuple[str, Formula]
"""A count, by its kind and by what it counts, whatever table it stands in."""

KINDS = ("n", "cases", "missing", "rest", "value")
FREQUENCY = "FREQ"


@dataclass(frozen=True)
class Judged:
    """A table, what is sensitive in it for its own sake, and the rows to be published first.

    `unit` says who answers: each row for itself, or a PSU on several.
    """

    table: Table
    primary: Primary
    forced: frozenset[int] = frozenset()
    unit: Unit = "row"

    @cached_property
    def crossed(self) -> Ints:
        """In how many sums each cell would protect something, shape (c,)."""
        return crossed(self.table, self.primary.any)


@dataclass(frozen=True)
class Section:
    """The cells of one table in one place; `domain` has shape (rows, axes), -1 for a total."""

    judged: Judged = field(repr=False)
    number: int
    rows: Ints
    domain: Ints


@dataclass(frozen=True)
class Crossing:
    """All sections of one place that break down by the same axes, and who is in each domain."""

    place: Place
    axes: tuple[Axis, ...]
    sections: tuple[Section, ...] = field(repr=False)

    @cached_property
    def inner(self) -> tuple[Domain, ...]:
        """The innermost domains that are cells of a table, were they only left out or withheld."""
        found: set[Domain] = set()
        for one in self.sections:
            found |= set(map(tuple, one.domain[(one.domain >= 0).all(axis=1)].tolist()))
        return tuple(sorted(found))

    @cached_property
    def members(self) -> dict[Domain, list[int]]:
        """The innermost domains of every margin, by position."""
        found: dict[Domain, list[int]] = {}
        for position, domain in enumerate(self.inner):
            for margin in product(*((code, -1) for code in domain)):
                found.setdefault(margin, []).append(position)
        return found


def formula(indicator: Indicator) -> Formula:
    """What decides whom an indicator counts: two of the same formula count the same."""
    return tuple(str(getattr(indicator, part)) for part in FORMULA)


def names_of(flow: Dataflow, at: int, amount: bool) -> dict[str, Name]:
    """The counts of an indicator by kind; of an amount cases are not published, but the amount.

    Where nobody is sampled a total is a count of its own: of records, not of those they are of.
    """
    indicator = flow.indicators[at]
    own = formula(indicator)
    if amount:
        compared = (indicator.first, indicator.second) if indicator.first else ()
        sums = ("amount", (indicator.universe, indicator.numerator, *compared))
        return {"n": ("n", own), "missing": ("missing", own), "amount": sums}
    counted = flow.method.var_method == CENSUS and indicator.estimator == "total"
    return {kind: (kind, own) for kind in KINDS if counted or kind != "value"}


def frames(tables: Sequence[Judged], lists: Lists) -> tuple[Crossing, ...]:
    """The frames of all tables together, in the order of their places and axes."""
    found: dict[tuple[Place, tuple[Axis, ...]], list[Section]] = {}
    for number, one in enumerate(tables):
        axes = tuple(lists.axis(each) for each in one.table.cells.dataflow.dimensions
                     if each.additive)  # fmt: skip
        order = sorted(range(len(axes)), key=lambda at: axes[at].id)
        ordered = tuple(axes[at] for at in order)
        for place, rows in sections(one.table):
            domain = coded(one.table, rows)[:, order]
            found.setdefault((place, ordered), []).append(Section(one, number, rows, domain))
    return tuple(
        Crossing(place, axes, tuple(parts))
        for (place, axes), parts in sorted(found.items(), key=lambda one: str(one[0]))
    )


def sections(table: Table) -> Iterable[tuple[Place, Ints]]:
    """The rows of every area, period and code of what does not add up."""
    dimensions = table.cells.dataflow.dimensions
    fixed = [
        at
        for at, one in enumerate(dimensions)
        if not one.additive and one.id not in (INDICATOR, FREQUENCY)
    ]
    for number in np.unique(table.block).tolist():
        rows = np.flatnonzero(table.block == number)
        key = table.cells.key[rows[0]].tolist()
        yield tuple((dimensions[at].id, dimensions[at].codes[key[at]].id) for at in fixed), rows


def coded(table: Table, rows: Ints) -> Ints:
    """The domains of some cells, each code by its position among those that are no total."""
    found = table.domain[rows].copy()
    adds = [one for one in table.cells.dataflow.dimensions if one.additive]
    for at, one in enumerate(adds):
        total = next((n for n, code in enumerate(one.codes) if code.id == "_T"), len(one.codes))
        found[:, at] -= (found[:, at] > total).astype(found.dtype)
    return found


__all__ = ["PERIOD", "Crossing", "Judged", "Name", "Section", "formula", "frames", "names_of"]

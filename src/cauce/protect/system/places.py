"""Every cell of a union by its place in it, and what publishing it gives away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cauce.model.audit import Key
from cauce.model.indicator import COMPARED
from cauce.protect.primary import Primary
from cauce.protect.span import Vector
from cauce.protect.system.columns import cells_of
from cauce.protect.system.frames import Domain, Name, Section
from cauce.protect.system.union import Union

TOLD = ("n", "cases", "missing", "value", "amount")
"""The numbers of a published cell that are sums."""


@dataclass(frozen=True, eq=False)
class Spot:
    """A cell: the part it is in, its row in its table, its domain and its counts by kind."""

    part: int
    section: Section = field(repr=False)
    row: int
    domain: Domain
    names: dict[str, Name]

    @property
    def primary(self) -> bool:
        return bool(self.section.judged.primary.any[self.row])

    @cached_property
    def codes(self) -> Key:
        """Where it is in its dataflow, by the codes of all its dimensions."""
        cells = self.section.judged.table.cells
        key = cells.key[self.row].tolist()
        return tuple(
            one.codes[at].id for one, at in zip(cells.dataflow.dimensions, key, strict=True)
        )

    @property
    def n(self) -> int:
        return int(self.section.judged.table.cells.n[self.row])

    @property
    def somebody(self) -> bool:
        return self.n > 0 or int(self.section.judged.table.cells.missing[self.row]) > 0

    @property
    def estimator(self) -> str:
        table = self.section.judged.table
        return table.cells.dataflow.indicators[int(table.indicator[self.row])].estimator


def spots(found: Union) -> list[Spot]:
    """Every cell, the most wanted first: what is forced; margins; what serves least; large.

    Nine digits of the weighted count decide, then the table and the key: no order of rows and no
    last bit of a sum changes the pattern.
    """
    every = [
        Spot(at, section, row, domain, names)
        for at, part in enumerate(found.parts)
        for section, row, domain, names in cells_of(part.frame)
    ]
    return sorted(every, key=wanted)


def wanted(spot: Spot) -> tuple[bool, int, int, float, str, int]:
    forced = spot.row in spot.section.judged.forced
    # A gap tells of its sides, which are broken down once more.
    depth = sum(code >= 0 for code in spot.domain) + (spot.estimator in COMPARED)
    cells = spot.section.judged.table.cells
    weighted = float(cells.weighted[spot.row])
    size = float(f"{weighted:.9g}") if weighted == weighted else 0.0
    serves = int(spot.section.judged.crossed[spot.row])
    return not forced, depth, serves, -size, cells.dataflow.id, spot.row


def sums(found: Union, spot: Spot) -> list[Vector]:
    """What publishing a cell gives away: all its counts, or its amount and counts."""
    return [
        found.sum(spot.part, spot.names[kind], spot.domain) for kind in TOLD if kind in spot.names
    ]


def sensitive(spot: Spot) -> list[str]:
    """Which counts of a primary cell nobody may compute; of records as of those they are of."""
    judged: Primary = spot.section.judged.primary
    secret = judged.secret(spot.row, spot.estimator == "total")
    secret += ("value",) if "cases" in secret else ()
    return [kind for kind in secret if kind in spot.names]


def wholes(found: Union, every: list[Spot]) -> Iterator[Vector]:
    """The cases, or the amount, of all classes together, for every whole of shares.

    Nobody has to be told that shares add up to 100 %. Wholes of which no share may be published are
    left out.
    """
    seen = set()
    for spot in every:
        table = spot.section.judged.table
        one = table.cells.dataflow.indicators[int(table.indicator[spot.row])]
        axes = [axis.id for axis in found.parts[spot.part].frame.axes]
        if spot.primary or one.estimator != "share" or one.within not in axes:
            continue
        domain = list(spot.domain)
        domain[axes.index(one.within)] = -1
        name = spot.names["amount" if "amount" in spot.names else "cases"]
        seen.add((spot.part, name, tuple(domain)))
    for part, name, whole in sorted(seen):
        yield found.sum(part, name, whole)

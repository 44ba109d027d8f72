"""Counts whose margins are no sums, such as of people who stand in several cells at once.

Such a count is an unknown of its own in every cell. What is known: it is nowhere below any of its
parts, nor above all of them together (or the other way round, of the smaller of two groups).
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np

from cauce.model.audit import Cited
from cauce.protect.span import Vector
from cauce.protect.system.columns import amount, count
from cauce.protect.system.frames import Domain, Name
from cauce.protect.system.places import Spot
from cauce.protect.system.union import Union
from cauce.protect.told import Told

INSIDE = Cited("", (), "inside")
"""Stands for what is known without being published: a part is no more than its whole."""


class Loose:
    """The sums of a union, those that are none as unknowns of their own; `of` names them all."""

    def __init__(self, found: Union) -> None:
        self._union = found
        self._own: dict[tuple[int, Name, Domain], int] = {}
        self.of = list(found.of)

    def sum(self, spot: Spot, kind: str) -> Vector:
        name = spot.names[kind]
        if name not in self._union.parts[spot.part].columns.loose:
            return self._union.sum(spot.part, name, spot.domain)
        key = spot.part, name, spot.domain
        if key not in self._own:
            self._own[key] = len(self.of)
            self.of.append(name)
        return {self._own[key]: 1}

    def number(self, spot: Spot, kind: str) -> float:
        """What a cell says of a count; of the amounts of a year what all of its waves say."""
        if kind == "amount":
            part = self._union.parts[spot.part]
            unsaid = np.isnan(part.true[spot.names[kind]]).all()
            return math.nan if unsaid else amount(spot.section, spot.row) * part.waves
        return float(count(spot.section, spot.row, kind))

    def told(self, every: Iterable[Spot]) -> Iterator[Told]:
        """What a margin and its parts say of each other."""
        true = {
            (spot.part, name, spot.domain): count(spot.section, spot.row, kind)
            for spot in every
            for kind, name in spot.names.items()
            if name in self._union.parts[spot.part].columns.loose
        }
        for key in sorted(true.keys() & self._own.keys()):
            for axis in range(len(key[2])):
                yield from self._beside(key, axis, true)

    def _beside(
        self, key: tuple[int, Name, Domain], axis: int, true: dict[tuple[int, Name, Domain], int]
    ) -> Iterator[Told]:
        part, name, domain = key
        if domain[axis] >= 0:
            return
        codes = range(len(self._union.parts[part].frame.axes[axis].codes))
        parts = [(part, name, (*domain[:axis], code, *domain[axis + 1 :])) for code in codes]
        parts = [one for one in parts if true.get(one)]
        total = sum(true[one] for one in parts)
        if not parts or any(one not in self._own for one in parts):
            return
        if true[key] <= total:
            yield Told(INSIDE, self._less(parts, key), 0.0, math.inf)
        for one in parts if all(true[one] <= true[key] for one in parts) else ():
            yield Told(INSIDE, {self._own[key]: 1, self._own[one]: -1}, 0.0, math.inf)

    def _less(self, parts: list[tuple[int, Name, Domain]], key: tuple[int, Name, Domain]) -> Vector:
        return {**{self._own[one]: 1 for one in parts}, self._own[key]: -1}

"""Rows of a table to be drawn: what they differ in, and what kinds of pictures that allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, get_args

from pycountry import countries

from cauce.model.codelist import Code
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.portal.asked import INDICATOR
from cauce.portal.chart import Mark, point
from cauce.portal.figures import figure
from cauce.portal.words import Words
from cauce.publish import span
from cauce.publish.charts import Point, on_map

Kind = Literal["auto", "dots", "line", "bars", "map", "flows"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_ROWS, LEAST_PLACES, AREA, ORIGIN = 24, 3, 1, "ORIGIN"
Naming = Callable[[Code], str]


@dataclass(frozen=True)
class View:
    """The rows, all of one indicator, and how their codes are named.

    `opened` are the dimensions of the table, which name a row that stands alone.
    """

    observations: Observations
    rows: Sequence[int]
    opened: tuple[int, ...]
    words: Words
    naming: Naming

    @cached_property
    def varying(self) -> tuple[int, ...]:
        """The dimensions the rows differ in."""
        key = self.observations.key[list(self.rows)]
        return tuple(j for j in range(key.shape[1]) if len(set(key[:, j].tolist())) > 1)

    @property
    def time(self) -> int:
        return len(self.observations.dataflow.dimensions) - 1

    @property
    def indicator(self) -> Indicator:
        at = int(self.observations.key[self.rows[0], INDICATOR])
        return self.observations.dataflow.indicators[at]

    @property
    def title(self) -> str:
        return self.words.of(self.indicator.name)

    @property
    def unit(self) -> str:
        return self.words.unit(self.indicator.unit)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All rows, each named by what it differs in from the others."""
        dims = self.varying or self.opened
        return tuple(self.point(row, self.label(row, dims)) for row in self.rows)

    @cached_property
    def series(self) -> dict[str, tuple[Point, ...]]:
        """The rows by series, in the order of time; each point is named by its period."""
        dims = [j for j in self.varying if j != self.time]
        found: dict[tuple[int, ...], list[int]] = {}
        for row in self.rows:
            found.setdefault(tuple(self.observations.key[row, :-1].tolist()), []).append(row)
        return {
            self.label(rows[0], dims): tuple(
                sorted(
                    (self.point(row, self.code(row, self.time).id) for row in rows),
                    key=lambda each: each.at,
                )
            )
            for rows in found.values()
        }

    @property
    def places(self) -> int | None:
        """The one dimension the rows differ in, if it names countries that the map knows."""
        if len(self.varying) != 1 or self.varying[0] == self.time:
            return None
        codes = {self.code(row, self.varying[0]).id for row in self.rows}
        return self.varying[0] if len(on_map(sorted(codes))) >= LEAST_PLACES else None

    @property
    def corridors(self) -> int | None:
        """The dimension of origins, if rows are amounts that differ in origin or destination."""
        names = [each.id for each in self.observations.dataflow.dimensions]
        if ORIGIN not in names or self.indicator.estimator != "total" or not self.varying:
            return None
        origin = names.index(ORIGIN)
        return origin if set(self.varying) <= {AREA, origin} else None

    def code(self, row: int, j: int) -> Code:
        return self.observations.dataflow.dimensions[j].codes[int(self.observations.key[row, j])]

    def label(self, row: int, dims: Sequence[int]) -> str:
        return " · ".join(self.naming(self.code(row, j)) for j in dims)

    def point(self, row: int, label: str) -> Point:
        told = figure(self.observations, row, self.words)
        return point(Mark(label, told, place_in_time(self.code(row, self.time).id)))


def kinds(view: View) -> tuple[Kind, ...]:
    """The kinds of picture that say something of these rows, the most fitting first."""
    if not view.rows or INDICATOR in view.varying:
        return ()
    found: list[Kind] = []
    if view.time in view.varying and any(len(each) > 1 for each in view.series.values()):
        found.append("line")
    if view.corridors is not None and len(view.rows) > LEAST_PLACES:
        found.append("flows")
    if len(view.rows) <= MOST_ROWS:
        # What has no error looks like an amount; what has one, like an estimate.
        bare = all(each.interval is None for each in view.points)
        found += ["bars", "dots"] if bare else ["dots", "bars"]
    if view.places is not None:
        found.append("map")
    return tuple(found)


def is_country(code: str) -> bool:
    """Whether a code names one country, so that it may stand beside others without overlap.

    Source: ISO 3166-1; XAA to XZZ are free for users, and here for invented countries.
    """
    return code in _countries() or (len(code) == 3 and code.isalpha() and code.startswith("X"))


@cache
def _countries() -> frozenset[str]:
    return frozenset(each.alpha_3 for each in countries)


def place_in_time(period: str) -> float:
    """The first day of a period, in years."""
    first, _ = span(period)
    return first.year + (first.timetuple().tm_yday - 1) / 366

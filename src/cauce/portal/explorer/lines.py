"""The lines of a table that a page shows: each number with its error, its flags and its test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.dataflow import NOT_SAMPLED
from cauce.model.difference import Differences
from cauce.portal.chart import common_scale, strip
from cauce.portal.compare import Asker, questions
from cauce.portal.explorer.found import Found
from cauce.portal.explorer.layout import MOST_COLUMNS, Layout
from cauce.portal.explorer.named import named
from cauce.portal.explorer.shelf import Shelf
from cauce.portal.figures import Figure, figure
from cauce.portal.links import compare_address, explain_address
from cauce.portal.words import Words
from cauce.store.keys import key_text


@dataclass(frozen=True)
class Cell:
    """A number of the table, the page behind it, that of its comparisons, and its test.

    `figure` is None where there is no observation: nobody in the sample is there.
    """

    figure: Figure | None
    href: str = ""
    compare: str = ""
    test: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the table: what it is of, its cells, and the picture of a single one."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    strip: str = ""


@dataclass(frozen=True)
class Teller:
    """Tells the numbers of a view. `differences` are read only if a test is asked for."""

    shelf: Shelf
    found: Found
    words: Words
    differences: Differences | None

    def lines(self, laid: Layout, first: int) -> tuple[Line, ...]:
        """A page of lines, from line `first` on."""
        last = first + laid.page
        codes, grid = laid.lines[first:last].tolist(), laid.grid[first:last, :MOST_COLUMNS].tolist()
        told = [[self._figure(row) for row in rows] for rows in grid]
        axis = common_scale(f for line in told for f in line if f is not None)
        return tuple(
            Line(
                labels=self._labels(laid.heads, at),
                cells=tuple(self._cell(*both) for both in zip(rows, figures, strict=True)),
                strip=strip(figures[0], axis) if laid.spread is None and figures[0] else "",
            )
            for at, rows, figures in zip(codes, grid, told, strict=True)
        )

    def _labels(self, heads: Sequence[int], at: Sequence[int]) -> tuple[str, ...]:
        view, dimensions = self.found.view, self.found.dimensions
        return tuple(
            named(dimensions[j].codes[code], view.labels, self.words)
            for j, code in zip(heads, at, strict=True)
        )

    def _figure(self, row: int) -> Figure | None:
        return None if row < 0 else figure(self.found.observations, row, self.words)

    def _cell(self, row: int, told: Figure | None) -> Cell:
        if told is None:
            return Cell(None)
        flow = self.shelf.flow
        position = self.found.observations.key[row].tolist()
        period = flow.dimensions[-1].codes[position[-1]].id
        key = key_text(flow, position)
        number = (self.words.language, flow.id, key, period, self.shelf.vintage_asked)
        may = told.raw is not None and self._comparable(position)
        return Cell(
            told,
            explain_address(*number),
            compare_address(*number) if may else "",
            self._test(row, told) if self.differences is not None else "",
        )

    def _comparable(self, position: list[int]) -> bool:
        """Whether anything is declared to compare a number with, or a period came before it."""
        flow = self.shelf.flow
        if flow.method.var_method in NOT_SAMPLED:
            return False
        ids = [dimension.id for dimension in flow.dimensions]
        for pair in flow.pairs:
            j = ids.index(pair.dimension)
            if flow.dimensions[j].codes[position[j]].id in ("_T", pair.first, pair.second):
                return True
        series = self.found.series
        alike = series.starts[:-1][series.key[:, 0] == position[0]]
        return bool(position[-1] > self.found.observations.key[alike, -1].min())

    def _test(self, row: int, told: Figure) -> str:
        """What the stored differences say of the number, or why they say nothing."""
        if self.differences is None or told.raw is None:
            return ""
        observations, words = self.found.observations, self.words
        for asked in questions(observations, row, words):
            if asked.id == self.found.view.compare:
                asker = Asker(self.shelf.manifest, observations, self.differences, words, "")
                answer = asker.answer(asked)
                if answer.tested is None:
                    return answer.why
                tested = answer.tested
                weak = f" ({words('flag_weak')})" if tested.weak else ""
                return f"{tested.difference}{weak}; {tested.interval}. {tested.verdict}"
        return words("not_testable", why=words("untestable_none"))


def units(found: Found) -> tuple[str, ...]:
    """The units of the indicators that occur in a view, in their order."""
    codes = np.unique(found.observations.key[found.rows, 2]).tolist()
    indicators = found.observations.dataflow.indicators
    return tuple(dict.fromkeys(indicators[code].unit for code in codes))

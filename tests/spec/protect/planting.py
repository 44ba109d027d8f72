"""Small tables, and doors with one of their guards away: how leaks get into a release."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import pytest
from tests.unit.protect.conftest import make_cells, make_pack

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.indicator import Indicator
from cauce.model.pack import MinRespondents, Rules
from cauce.model.release import Release
from cauce.model.retained import Retained
from cauce.model.safeguards import Safeguards, TableRules
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import door, gate, protect

T = Text("x", "x")


@dataclass(frozen=True)
class Plant:
    """A release with a leak in it: what is withheld, and the public cells that give it away.

    Cells are told as "TABLE@VINTAGE CODES", without the vintage where it is the release's own, and
    the hidden number with its kind behind it. `mistake` are cells that are published by mistake.
    `leaves` says whether the release leaves with all guards in place, the cell withheld.
    """

    tables: Sequence[Cells]
    hidden: str
    by: frozenset[str]
    exactly: bool = True
    terms: Terms | None = None
    retained: Sequence[Retained] = ()
    mistake: frozenset[str] = frozenset()
    leaves: bool = True

    def released(self) -> Release:
        return protect(self.tables, self.terms or terms(), retained=self.retained)


def plant(tables: Sequence[Cells], hidden: str, *by: str, **rest: Any) -> Plant:
    return Plant(tables, hidden, frozenset(by), **rest)


def tally(
    flow: str,
    axes: dict[str, tuple[str, ...]],
    indicators: Sequence[Indicator],
    n: list[Any],
    cases: list[Any] | None = None,
    without: Sequence[str] = (),
    periods: tuple[str, ...] = (),
    above: dict[str, str] | None = None,
    **rest: Any,
) -> Cells:
    """A table of counts with all its margins.

    Args:
        axes: the codes of every dimension it breaks down by.
        without: cells that are left out of it, by their codes with points between.
        periods: the codes of all its waves, if not two years.
        above: the parents of codes.
    """
    cells = make_cells(tuple(indicators), n, cases, **rest)
    own, parents = cells.dataflow.dimensions, above or {}
    named = tuple(
        replace(one, id=name, codes=tuple(Code(c, T, parents.get(c, "")) for c in ("_T", *codes)))
        for one, (name, codes) in zip(own[3:-1], axes.items(), strict=True)
    )
    last = replace(own[-1], codes=tuple(Code(c, T) for c in periods)) if periods else own[-1]
    dataflow = replace(cells.dataflow, id=flow, dimensions=(*own[:3], *named, last))
    kept = [
        ".".join(one.codes[at].id for one, at in zip(named, key[3:-1], strict=True)) not in without
        for key in cells.key.tolist()
    ]
    columns = {name: column[kept] for name, column in vars(cells).items() if name != "dataflow"}
    return replace(cells, dataflow=dataflow, **columns)


def terms(minimum: int = 10, own: Safeguards | None = None, of: str = "", **rest: Any) -> Terms:
    """Terms with so many respondents at least, and safeguards for one table or for all."""
    tables = (TableRules((of,) if of else (), date.min, own, None),) if own else ()
    fewest = (MinRespondents(date(2000, 1, 1), minimum, "Order 1"),)
    made = make_pack(Rules("ilo", fewest, 2, 85.0, "Art", tables=tables))
    return replace(made, **rest)


def earlier(*tables: Cells) -> list[Retained]:
    """The tables as they were published before, and still are."""
    return [Retained("2019", protect(tables, terms()).flows)]


@contextmanager
def unguarded(mistake: frozenset[str] = frozenset()) -> Iterator[None]:
    """The door without what withholds cells for the sake of others, and without repair; and as if
    no rule withheld some cells for their own."""
    judge = door.primary_of

    def blind(table: Any, minimum: int, rules: Rules) -> Any:
        found = judge(table, minimum, rules)
        open_ = [spelt(table.cells, row) in mistake for row in range(len(table.cells.key))]
        flags = {one.name: getattr(found, one.name) for one in fields(found)}
        for flag in flags.values():
            flag[open_] = False
        return replace(found, **flags)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "guarded", lambda *_: [])
        patch.setattr(gate, "ROUNDS", 1)
        patch.setattr(door, "primary_of", blind)
        yield


def spelt(cells: Cells, row: int) -> str:
    """A cell by its table and codes, without those of frequency and area."""
    key = zip(cells.dataflow.dimensions, cells.key[row].tolist(), strict=True)
    return f"{cells.dataflow.id} {'.'.join([one.codes[at].id for one, at in key][2:])}"

"""What each cell publishes, as sums over the people of the table's innermost cells."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.protect.primary import Primary
from cauce.protect.relations import express
from cauce.protect.span import Vector
from cauce.protect.table import Table

Name = tuple[int, str]
Domain = tuple[int, ...]
Members = dict[Domain, list[int]]
COUNTED = ("n", "cases", "missing", "rest")


@dataclass(frozen=True)
class Counts:
    """Every count of a table as a combination of independent ones, by (indicator, name).

    The names are "n", "cases", "missing" and "rest", which is n - cases; "amount" stands for the
    weighted sum of an amount, the same for indicators of the same numerator and universe. `own` are
    the independent ones with their column, `width` the number of columns. `below` names those that
    are nowhere larger: the unemployed are 0 wherever the labour force is.
    """

    vectors: dict[Name, Vector]
    own: dict[Name, int]
    width: int
    below: dict[Name, list[Name]]


def counts(table: Table) -> Counts:
    """How the counts of all indicators depend on each other, over all innermost cells and waves."""
    inner = np.nonzero((table.domain >= 0).all(axis=1))[0]
    place = np.unique(
        np.column_stack([table.block, table.domain])[inner], axis=0, return_inverse=True
    )[1].reshape(-1)
    names = count_names(table)
    matrix = np.zeros((int(place.max(initial=-1)) + 1, len(names)), dtype=np.int64)
    for column, (indicator, name) in enumerate(names):
        mine = inner[table.indicator[inner] == indicator]
        matrix[place[table.indicator[inner] == indicator], column] = count(table, name)[mine]
    vectors = dict(zip(names, express(matrix), strict=True))
    own = {key: column for column, key in enumerate(names) if vectors[key] == {column: 1}}
    columns: dict[tuple[str, str], int] = {}
    for indicator in np.unique(table.indicator[table.amount]).tolist():
        one = table.cells.dataflow.indicators[indicator]
        own[indicator, "amount"] = columns.setdefault(
            (one.universe, one.numerator), len(names) + len(columns)
        )
        vectors[indicator, "amount"] = {own[indicator, "amount"]: 1}
    return Counts(vectors, own, len(names) + len(columns), nowhere_larger(matrix, names, vectors))


def nowhere_larger(
    matrix: Ints, names: list[Name], vectors: dict[Name, Vector]
) -> dict[Name, list[Name]]:
    """For every count those that pass it in no row; amounts go with their respondents."""
    found = {}
    for column, name in enumerate(names):
        passes = np.any(matrix > matrix[:, [column]], axis=0)
        smaller = [other for other, larger in zip(names, passes, strict=True) if not larger]
        amounts = [(at, "amount") for at, kind in smaller if kind == "n"]
        found[name] = smaller + [amount for amount in amounts if amount in vectors]
    return found


def count_names(table: Table) -> list[Name]:
    """The counts of each indicator; of an amount the cases are not published."""
    present = np.unique(table.indicator).tolist()
    amounts = set(table.indicator[table.amount].tolist())
    return [
        (indicator, name)
        for name in COUNTED
        for indicator in present
        if name in ("n", "missing") or indicator not in amounts
    ]


def count(table: Table, name: str) -> Ints:
    if name == "rest":
        return table.cells.n - table.cells.cases
    found: Ints = getattr(table.cells, name)
    return found


@dataclass(frozen=True)
class Block:
    """One area and period of a table: its cells, its innermost domains and who belongs where."""

    table: Table
    counts: Counts
    cells: Ints
    inner: tuple[Domain, ...]
    members: Members

    def sums(self, cell: int) -> list[Vector]:
        """What publishing the cell gives away: all its counts, or its amount and counts."""
        indicator = int(self.table.indicator[cell])
        return [
            self.sum(cell, vector)
            for name in ("n", "cases", "missing", "amount")
            if (vector := self.counts.vectors.get((indicator, name))) is not None
        ]

    def zeros(self, cells: Iterable[int]) -> list[Vector]:
        """What publishing the cells gives away by counts of zero: each is zero in every part."""
        found = {
            (vector, member)
            for cell in cells
            for vector in self._nothing(cell)
            for member in self.members.get(tuple(self.table.domain[cell].tolist()), [])
        }
        return [
            spread(dict(vector), [member], self.counts.width)
            for vector, member in sorted(found, key=lambda one: (len(one[0]), one))
        ]

    def _nothing(self, cell: int) -> set[tuple[tuple[int, int], ...]]:
        """The counts that are zero where the cell says so, each as the items of its vector."""
        table, counts, indicator = self.table, self.counts, int(self.table.indicator[cell])
        nothing = {
            key
            for name in COUNTED
            if count(table, name)[cell] == 0
            for key in counts.below.get((indicator, name), ())
        }
        return {tuple(items) for key in nothing if (items := counts.vectors[key].items())}

    def sum(self, cell: int, vector: Vector) -> Vector:
        members = self.members.get(tuple(self.table.domain[cell].tolist()), [])
        return spread(vector, members, self.counts.width)


def wholes(block: Block, may: Flags) -> list[Vector]:
    """The cases, or the amount, of all classes together, for every whole of shares.

    Nobody has to be told that shares add up to 100 %. Wholes of which no share `may` be published
    are left out.
    """
    table, found = block.table, set()
    adds = [each.id for each in table.cells.dataflow.dimensions if each.additive]
    for cell in block.cells[may[block.cells]].tolist():
        indicator = int(table.indicator[cell])
        one = table.cells.dataflow.indicators[indicator]
        if one.estimator == "share" and one.within in adds:
            domain = table.domain[cell].copy()
            domain[adds.index(one.within)] = -1
            name = "amount" if table.amount[cell] else "cases"
            found.add(((indicator, name), tuple(domain.tolist())))
    return [
        spread(block.counts.vectors[key], block.members.get(domain, []), block.counts.width)
        for key, domain in sorted(found)
    ]


def spread(vector: Vector, members: Iterable[int], width: int) -> Vector:
    """The combination of counts, summed over innermost domains."""
    return {
        member * width + column: factor for member in members for column, factor in vector.items()
    }


def block(table: Table, counts: Counts, number: int) -> Block:
    """The innermost domains anybody is in, and for every margin those it sums."""
    cells = np.nonzero(table.block == number)[0]
    somebody = (table.cells.n[cells] > 0) | (table.cells.missing[cells] > 0)
    somebody = somebody | table.possible[cells]
    innermost = (table.domain[cells] >= 0).all(axis=1)
    found = {tuple(row) for row in table.domain[cells[somebody & innermost]].tolist()}
    inner = tuple(sorted(found))
    members: Members = defaultdict(list)
    for position, domain in enumerate(inner):
        for margin in product(*((code, -1) for code in domain)):
            members[margin].append(position)
    return Block(table, counts, cells, inner, dict(members))


def sensitive_sums(block: Block, primary: Primary) -> list[Vector]:
    """The counts and amounts of primary cells that nobody may be able to compute."""
    return [
        vector
        for cell in block.cells[primary.any[block.cells]].tolist()
        for vector in sensitive(block, primary, cell)
    ]


def sensitive(block: Block, primary: Primary, cell: int) -> list[Vector]:
    """What is sensitive in one primary cell: what is small, and whatever tells its value."""
    indicator = int(block.table.indicator[cell])
    total = block.table.cells.dataflow.indicators[indicator].estimator == "total"
    return [
        block.sum(cell, block.counts.vectors[indicator, name])
        for name in primary.secret(cell, total)
        if (indicator, name) in block.counts.vectors
    ]


def weak_rows(block: Block) -> set[int]:
    """The independent counts and amounts that rest on a single person in an innermost domain."""
    cells, table = block.table.cells, block.table
    places = {domain: position for position, domain in enumerate(block.inner)}
    alone = {"n": cells.n == 1, "cases": cells.cases == 1, "amount": cells.cases == 1}
    return {
        places[domain] * block.counts.width + column
        for cell in block.cells.tolist()
        if (domain := tuple(table.domain[cell].tolist())) in places
        for name, one in alone.items()
        if one[cell]
        and (column := block.counts.own.get((int(table.indicator[cell]), name))) is not None
    }

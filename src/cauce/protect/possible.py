"""Cells of nobody that are sensitive: a reader must not know that they are empty.

Where a zero tells something, the cell has to be in the table, as one that is withheld: leaving it
out says the same as the zero.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.cell import Cells
from cauce.model.codelist import TOTAL
from cauce.model.dataflow import Dimension
from cauce.model.errors import BadInput
from cauce.model.safeguards import Safeguards, Zeros
from cauce.protect.complete import columns
from cauce.protect.groups import adding
from cauce.protect.table import INDICATOR, Table

Domain = tuple[int, ...]
MOST = 20_000
"""Cells a table may have once its zeros are in it; a larger one is to be crossed less deeply."""


def with_possible(table: Table, own: Safeguards) -> Table:
    """The table with every cell somebody could be in, where a zero is sensitive.

    Raises:
        BadInput: the table would become too large; a structural zero names what is not there.
    """
    along = [adding(table, name) for name in own.groups.dimensions] if own.groups else []
    if own.zeros is None and not along:
        return table
    possible = _Possible(table, own.zeros, along)
    full = added(table, possible.lacking())
    flags = [
        possible.holds(block, tuple(domain))
        for block, domain in zip(full.block.tolist(), full.domain.tolist(), strict=True)
    ]
    return replace(full, possible=np.array(flags, dtype=np.bool_))


class _Possible:
    """Which domains of which blocks somebody could be in, by the rules of a table."""

    def __init__(self, table: Table, zeros: Zeros | None, along: list[int]) -> None:
        self._table, self._along, self._every = table, along, zeros is not None
        adds = [one for one in table.cells.dataflow.dimensions if one.additive]
        self._codes = [_proper(one) for one in adds]
        self._structural = [] if zeros is None else [_cell(adds, cell) for cell in zeros.structural]
        somebody = table.cells.n > 0
        self._there = set(_domains(table, np.ones_like(somebody)))
        self._filled = set(_domains(table, somebody))

    def holds(self, block: int, domain: Domain) -> bool:
        proper = all(
            code < 0 or code in codes for code, codes in zip(domain, self._codes, strict=True)
        )
        if not proper or any(_within(domain, cell) for cell in self._structural):
            return False
        return self._every or any(
            domain[column] >= 0 and (block, _total(domain, column)) in self._filled
            for column in self._along
        )

    def lacking(self) -> list[tuple[int, Domain]]:
        """The possible domains that are not in the table, in order."""
        found = {one for one in self._wanted() if one not in self._there and self.holds(*one)}
        size = (len(found) + len(self._there)) * len(np.unique(self._table.indicator))
        if size > MOST:
            flow = self._table.cells.dataflow.id
            raise BadInput(
                f"{flow} has {size:,} cells with those of nobody, which its rules call sensitive, "
                f"and {MOST:,} are protected at most. Cross fewer dimensions, or declare what is "
                "empty by its nature under zeros.structural."
            )
        return sorted(found)

    def _wanted(self) -> Iterator[tuple[int, Domain]]:
        if self._every:
            blocks = np.unique(self._table.block).tolist()
            size = len(blocks)
            for codes in self._codes:
                size *= len(codes) + 1
            # What is far too much is not even listed.
            if size > 10 * MOST:
                raise BadInput(
                    f"{self._table.cells.dataflow.id} could have {size:,} cells, and where zeros "
                    f"are sensitive {MOST:,} are protected at most. Cross fewer dimensions."
                )
            inner = product(*([*sorted(codes), -1] for codes in self._codes))
            yield from product(blocks, list(inner))
        for column in self._along:
            for block, domain in self._filled:
                for code in self._codes[column]:
                    yield block, (*domain[:column], code, *domain[column + 1 :])


def _domains(table: Table, chosen: Flags) -> Iterator[tuple[int, Domain]]:
    blocks, domains = table.block[chosen].tolist(), table.domain[chosen].tolist()
    return ((block, tuple(domain)) for block, domain in zip(blocks, domains, strict=True))


def _proper(dimension: Dimension) -> frozenset[int]:
    """The codes that say something: no total, none of why there is no code."""
    return frozenset(at for at, code in enumerate(dimension.codes) if not code.id.startswith("_"))


def _cell(adds: list[Dimension], codes: tuple[tuple[str, str], ...]) -> dict[int, int]:
    """A structural zero as the code of each column it names."""
    names = [one.id for one in adds]
    found = {}
    for name, code in codes:
        known = [one.id for one in adds[names.index(name)].codes] if name in names else []
        if code not in known:
            raise BadInput(
                f"zeros.structural names {name} = {code}, which the table does not have. Its "
                f"dimensions that add up: {', '.join(names)}."
            )
        found[names.index(name)] = known.index(code)
    return found


def _within(domain: Domain, cell: dict[int, int]) -> bool:
    return all(domain[column] == code for column, code in cell.items())


def _total(domain: Domain, column: int) -> Domain:
    return (*domain[:column], -1, *domain[column + 1 :])


def added(table: Table, lacking: list[tuple[int, Domain]]) -> Table:
    """The table with empty cells of every indicator in some domains, in the order of keys."""
    known = np.unique(table.indicator)
    rows = [(block, domain, at) for block, domain in lacking for at in known.tolist()]
    if not rows:
        return table
    cells, amounts = table.cells, np.unique(table.indicator[table.amount])
    block: Ints = np.array([one[0] for one in rows], dtype=np.int64)
    domain: Ints = np.array([one[1] for one in rows], dtype=np.int64).reshape(len(rows), -1)
    indicator: Ints = np.array([one[2] for one in rows], dtype=np.int64)
    key = np.concatenate([cells.key, _keys(table, block, domain, indicator)])
    order = np.lexsort(key.T[::-1])
    return replace(
        table,
        cells=Cells(cells.dataflow, key[order], **columns(cells, len(rows), order)),
        indicator=np.concatenate([table.indicator, indicator])[order],
        block=np.concatenate([table.block, block])[order],
        domain=np.concatenate([table.domain, domain])[order],
        amount=np.concatenate([table.amount, np.isin(indicator, amounts)])[order],
        absent=np.concatenate([table.absent, np.ones(len(rows), dtype=np.bool_)])[order],
        possible=np.zeros(len(key), dtype=np.bool_),
    )


def _keys(table: Table, block: Ints, domain: Ints, indicator: Ints) -> Codes:
    """The keys of some domains: those of their block, with their own codes."""
    dimensions = table.cells.dataflow.dimensions
    first = np.unique(table.block, return_index=True)[1]
    key: Codes = table.cells.key[first[block]].copy()
    adds = [column for column, one in enumerate(dimensions) if one.additive]
    for place, column in enumerate(adds):
        total = next(at for at, code in enumerate(dimensions[column].codes) if code.id == TOTAL)
        key[:, column] = np.where(domain[:, place] < 0, total, domain[:, place])
    column = next(at for at, one in enumerate(dimensions) if one.id == INDICATOR)
    codes = [code.id for code in dimensions[column].codes]
    by_indicator = np.array([codes.index(one.id) for one in table.cells.dataflow.indicators])
    key[:, column] = by_indicator[indicator]
    return key

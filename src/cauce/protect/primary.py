"""Primary confidentiality: what may not be published of a cell for its own sake."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.errors import BadInput
from cauce.model.pack import Rules
from cauce.model.safeguards import Estimable, Holdings
from cauce.protect.groups import holds_all, leaves_few, tells_all
from cauce.protect.table import Table

LARGEST = (1, 2)
"""Of how many contributors dominance can be asked."""
EXACT = 1e-9
"""Shares are quotients: what differs by less than this is equal."""


@dataclass(frozen=True)
class Primary:
    """Which numbers of which cells are sensitive; every array has shape (c,).

    | flag | why | sensitive |
    |---|---|---|
    | `few` | too few respondents | n, cases, n - cases, amount |
    | `held` | too few holdings, or one or two hold too much | n, cases, n - cases, amount |
    | `attribute` | too few with the attribute | cases, amount |
    | `rest` | too few without it | n - cases; of a total its cases |
    | `silent` | nobody answered and too few did not | missing |
    | `dominated` | one or two hold too much of an amount | amount |
    | `estimable` | the second could find the largest (p %, pq) | amount |
    | `empty` | nobody is in it, where that is told to nobody | n, cases, amount |
    | `zero` | nobody in it has the attribute, likewise | cases, amount |
    | `uniform` | none or all of them have the attribute | cases, n - cases |
    | `whole` | all of a total are in this one code | n, cases |
    | `remainder` | the whole less this part is too few | n, cases, amount |

    `secret` gives the last column. What no rule asks for is off.
    """

    few: Flags
    attribute: Flags
    rest: Flags
    silent: Flags
    dominated: Flags
    held: Flags
    estimable: Flags
    empty: Flags
    zero: Flags
    uniform: Flags
    whole: Flags
    remainder: Flags

    @cached_property
    def any(self) -> Flags:
        return self.small | self.dominated | self.estimable

    @cached_property
    def small(self) -> Flags:
        few = self.few | self.attribute | self.rest | self.silent
        few = few | self.held | self.empty | self.zero | self.uniform
        return few | self.whole | self.remainder

    def secret(self, cell: int, total: bool) -> tuple[str, ...]:
        """The names of the numbers of a primary cell that nobody may compute.

        "n", "cases", "missing", "rest" (n - cases) and "amount". Among few people none or all
        having the attribute tells of each of them, so both parts are sensitive there. The value of
        a `total` goes with its cases alone.
        """
        return tuple(
            name
            for name, wanted in self._secret.items()
            if wanted[cell] or (total and name == "cases" and self.rest[cell])
        )

    @cached_property
    def _secret(self) -> dict[str, Flags]:
        all_of_it = self.few | self.held
        return {
            "n": all_of_it | self.empty | self.whole | self.remainder,
            "missing": self.silent,
            "cases": all_of_it | self.attribute | self.empty | self.zero
            | self.uniform | self.whole | self.remainder,
            "rest": all_of_it | self.rest | self.uniform,
            "amount": ~self.silent,
        }  # fmt: skip


def primary(cells: Cells, amounts: Flags, minimum: int, rules: Rules) -> Primary:
    """What may not be published by what is known of each cell alone.

    Args:
        cells: the cells of one dataflow.
        amounts: which cells are of an indicator whose numerator is an amount, shape (c,).
        minimum: the smallest number of respondents; 1 .. minimum - 1 are too few, 0 is nobody.
            Where PSUs answer, as firms do with a row for each occupation, it is asked of them too.
        rules: those in force for the dataflow.

    Raises:
        BadInput: dominance is asked for another number of contributors than 1 or 2.

    Source: threshold, (n,k), p % and pq rules as in Hundepool et al. (2012), Statistical Disclosure
        Control, chapter 4.
    """
    off = np.zeros(len(cells.value), dtype=np.bool_)
    answered = too_few(cells.n, minimum)
    if rules.unit == "psu":
        answered = answered | too_few(cells.psus, minimum)
    return Primary(
        few=answered,
        attribute=too_few(cells.cases, minimum),
        # Of an amount, those with nothing are no group of their own, and `cases` is not published.
        rest=too_few(cells.n - cells.cases, minimum) & ~amounts,
        silent=(cells.n == 0) & too_few(cells.missing, minimum),
        dominated=dominated(cells, rules),
        held=held(cells, rules.own.holdings) if rules.own.holdings else off,
        estimable=estimable(cells.largest, rules.own.estimable) if rules.own.estimable else off,
        empty=off,
        zero=off,
        uniform=off,
        whole=off,
        remainder=off,
    )


def primary_of(table: Table, minimum: int, rules: Rules) -> Primary:
    """What may not be published of a table, by each cell and by how its cells stand together.

    Args:
        table: complete, with the cells somebody could be in (`possible`).
        minimum, rules: as for `primary`.
    """
    alone, own = primary(table.cells, table.amount, minimum, rules), rules.own
    cells, off = table.cells, alone.empty
    every = table.possible & (own.zeros is not None)
    return replace(
        alone,
        empty=table.possible & (cells.n == 0),
        zero=every & (cells.n > 0) & (cells.cases == 0),
        uniform=tells_all(table, own.groups.indicators) if own.groups else off,
        whole=holds_all(table, own.groups.dimensions) if own.groups else off,
        remainder=leaves_few(table, minimum) if own.remainders else off,
    )


def too_few(count: Ints, minimum: int) -> Flags:
    few: Flags = (count >= 1) & (count < minimum)
    return few


def dominated(cells: Cells, rules: Rules) -> Flags:
    """Where the largest one or two contributors hold more than the limit of an amount."""
    if rules.dominance_n == 0:
        return np.zeros(len(cells.value), dtype=np.bool_)
    if rules.dominance_n not in LARGEST:
        raise BadInput(
            f"dominance.n is {rules.dominance_n} in [rules]; the rule is known for the largest 1 "
            "or 2 contributors. Write n = 1 or n = 2."
        )
    return holds_more(cells.largest, rules.dominance_n, rules.dominance_k)


def holds_more(shares: Floats, largest: int, percent: float) -> Flags:
    """Where the largest one or two have more than so many percent; shares have shape (c, 2)."""
    share = np.nan_to_num(shares[:, :largest]).sum(axis=1)
    more: Flags = share * 100 > percent
    return more


def held(cells: Cells, rule: Holdings) -> Flags:
    """Where too few employers, recruiters or organisations stand behind a cell, or one too much.

    Cells that name no holding (-1) are not asked.
    """
    few = too_few(cells.holdings, rule.minimum)
    large = holds_more(cells.held, rule.n, rule.k) if rule.n else np.zeros_like(few)
    return few | large


def estimable(shares: Floats, rule: Estimable) -> Flags:
    """Where all others' contributions, known to within q %, give the largest to within p %.

    T - x1 - x2 < p/q x1, by shares of T; of a sole contributor the others have nothing.
    """
    first, second = np.nan_to_num(shares).T
    others = 1 - first - second
    found: Flags = (first > 0) & (others * rule.q < rule.p * first - EXACT)
    return found

"""Primary confidentiality: cells that rest on too few people, or on one or two of them too much."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.cell import Cells
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus
from cauce.model.pack import Rules

DOMINANCE = {1: ConfStatus.DOMINANCE_ONE, 2: ConfStatus.DOMINANCE_TWO}


@dataclass(frozen=True)
class Primary:
    """Which counts of which cells are sensitive; every array has shape (c,).

    `few` are cells of too few respondents, `attribute` too few with the attribute, `rest` too few
    without it, `silent` nobody who answered and too few who did not, `dominated` amounts held by
    one or two.
    """

    few: Flags
    attribute: Flags
    rest: Flags
    silent: Flags
    dominated: Flags
    dominance: ConfStatus

    @property
    def any(self) -> Flags:
        return self.small | self.dominated

    @property
    def small(self) -> Flags:
        return self.few | self.attribute | self.rest | self.silent

    def status(self) -> list[ConfStatus]:
        """A for small counts, which wins over O or T for dominance; F for all others."""
        return [
            ConfStatus.SMALL_COUNT if small else self.dominance if dominated else ConfStatus.FREE
            for small, dominated in zip(self.small, self.dominated, strict=True)
        ]


def primary(cells: Cells, amounts: Flags, minimum: int, rules: Rules) -> Primary:
    """Find the cells that may not be published for their own sake.

    Args:
        cells: the cells of one dataflow.
        amounts: which cells are of an indicator whose numerator is an amount, shape (c,).
        minimum: the smallest number of respondents; 1 .. minimum - 1 are too few, 0 is nobody.
            Where PSUs answer, as firms do with a row for each occupation, it is asked of them too.
        rules: the rule of dominance.

    Raises:
        BadInput: dominance is asked for another number of contributors than 1 or 2.

    Source: threshold and (n,k) rule as in Hundepool et al. (2012), Statistical Disclosure Control,
        chapter 4.
    """
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
        dominance=DOMINANCE.get(rules.dominance_n, ConfStatus.FREE),
    )


def too_few(count: Ints, minimum: int) -> Flags:
    few: Flags = (count >= 1) & (count < minimum)
    return few


def dominated(cells: Cells, rules: Rules) -> Flags:
    """Where the largest one or two contributors hold more than the limit of an amount."""
    if rules.dominance_n == 0:
        return np.zeros(len(cells.value), dtype=np.bool_)
    if rules.dominance_n not in DOMINANCE:
        raise BadInput(
            f"dominance.n is {rules.dominance_n} in [rules]; the rule is known for the largest 1 "
            "or 2 contributors. Write n = 1 or n = 2."
        )
    share = np.nan_to_num(cells.largest[:, : rules.dominance_n]).sum(axis=1)
    held: Flags = share * 100 > rules.dominance_k
    return held

"""What we know: estimates not yet cleared for publication."""

from dataclasses import dataclass, field

import numpy as np

from cauce.model.arrays import Codes, Floats, Ints, Keys
from cauce.model.dataflow import Dataflow
from cauce.model.moments import PARTS

NOBODY: Ints = np.full(1, -1, dtype=np.int64)
UNHELD: Floats = np.full((1, 2), np.nan)
KEYLESS: Keys = np.zeros(1, dtype=np.uint64)
UNMADE: Floats = np.full((1, len(PARTS)), np.nan)


def _nobody() -> Ints:
    return NOBODY


def _unheld() -> Floats:
    return UNHELD


def _keyless() -> Keys:
    return KEYLESS


def _unmade() -> Floats:
    return UNMADE


@dataclass(frozen=True)
class Cells:
    """The cells of one dataflow, columnar; c cells, d dimensions.

    `key` has shape (c, d): the position of the code in each dimension of the dataflow.
    Every other array has shape (c,). Values and errors are in the unit of the indicator.
    `n` counts respondents in the domain who answered, `cases` those with the attribute
    (numerator not zero), `missing` those of the domain who did not answer. `ci_low`/`ci_high` is
    the 95 % interval. `largest` has shape (c, 2): the shares of the weighted amount held by the
    largest and the second largest contributor, NaN where the numerator is no amount.
    NaN means "cannot be computed", never zero.
    Of registers `holdings` counts the employers, recruiters or organisations behind a cell, and
    `held`, of shape (c, 2), holds the shares of its records (of an amount: of that) that the two
    largest have; -1 and NaN where no holding is named. `record_keys`, of dtype uint64, is the sum
    modulo 2^64 of the secret keys of a cell's records; 0 where records have none.
    `moments`, of shape (c, 10), are what a total, mean, rate or ratio is made of, as
    `model.moments.PARTS` names them and in no unit but that of the file; NaN for all others.
    """

    dataflow: Dataflow
    key: Codes
    value: Floats
    se: Floats
    cv: Floats
    ci_low: Floats
    ci_high: Floats
    deff: Floats
    ess: Floats
    df: Ints
    n: Ints
    cases: Ints
    missing: Ints
    psus: Ints
    strata: Ints
    weighted: Floats
    largest: Floats
    holdings: Ints = field(default_factory=_nobody)
    held: Floats = field(default_factory=_unheld)
    record_keys: Keys = field(default_factory=_keyless)
    moments: Floats = field(default_factory=_unmade)

    def __post_init__(self) -> None:
        """Columns nobody gave are as long as the others."""
        self._fill("holdings", NOBODY)
        self._fill("held", UNHELD)
        self._fill("record_keys", KEYLESS)
        self._fill("moments", UNMADE)

    def _fill(self, name: str, filler: Ints | Floats | Keys) -> None:
        if getattr(self, name) is filler:
            object.__setattr__(self, name, np.repeat(filler, len(self.value), axis=0))

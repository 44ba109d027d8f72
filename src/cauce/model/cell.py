"""What we know: estimates not yet cleared for publication."""

from dataclasses import dataclass

from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.dataflow import Dataflow


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

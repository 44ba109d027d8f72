"""Replicate weights as an office gives them: what is asked of their numbers, and their scale.

Source: Wolter (2007), Introduction to Variance Estimation, 2nd edition, chapters 3 to 5; scales as
`svrepdesign` of R survey 4.x has them.
"""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.drawn import Drawn
from cauce.model.errors import BadInput
from cauce.model.replication import Replicates, Replication, unsaid

AT_A_TIME = 16
"""Columns looked at together, so that a check copies little of them."""

RIGHT = "Correct the file, or name the right columns of replicate weights."


def replication_of(drawn: Drawn) -> Replication | None:
    """The replicate weights of what was drawn, looked at; None where there are none.

    Raises:
        BadInput: a weight is missing, infinite or negative, a replicate has none above 0, or what
            is declared of them does not hold together.
    """
    found = drawn.replicates
    if found is None:
        return None
    if found.declared.made is None:
        check_columns(found, len(drawn.weight))
        scales(found.declared, 2)
    return found


def check_columns(found: Replication, rows: int) -> None:
    """Raises BadInput if the columns cannot be replicate weights, with counts."""
    weights = found.weights
    if weights is None or weights.shape[0] != rows or weights.shape[1] < 2:
        raise BadInput("Replicate weights need at least two columns with a number in every row.")
    count = weights.shape[1]
    wrong = np.zeros((3, count), dtype=np.int64)
    empty = 0
    for at in range(0, count, AT_A_TIME):
        part = weights[:, at : at + AT_A_TIME]
        wrong[0, at : at + AT_A_TIME] = np.isnan(part).sum(axis=0)
        wrong[1, at : at + AT_A_TIME] = np.isinf(part).sum(axis=0)
        wrong[2, at : at + AT_A_TIME] = (part < 0).sum(axis=0)
        empty += int((~(part > 0).any(axis=0)).sum())
    for each, word in zip(wrong, ("missing", "infinite", "negative"), strict=True):
        if each.any():
            raise BadInput(
                f"{int(each.sum()):,} replicate weights are {word}, in {int((each > 0).sum()):,} "
                f"of {count:,} columns of {rows:,} rows. {RIGHT}"
            )
    if empty:
        raise BadInput(f"{empty:,} of {count:,} columns of replicate weights hold only 0. {RIGHT}")
    if len(found.declared.rscales) not in (0, count):
        raise BadInput(
            f"rscales has {len(found.declared.rscales):,} numbers for {count:,} columns of "
            "replicate weights: give one for each, or none."
        )


def scales(said: Replicates, count: int) -> float:
    """What the weighted sum of squares is multiplied with.

    BRR 1/R, Fay 1/(R (1-ρ)²), JK1 (R-1)/R, JK2 and JKn 1, bootstrap 1/(R-1), successive difference
    4/R, where the office says nothing else.

    Raises:
        BadInput: the kind needs what is not said, or takes what is.
    """
    fault = unsaid(said)
    if fault:
        raise BadInput(fault)
    rho = said.rho
    own = {
        "brr": 1 / count,
        "fay": 1 / (count * (1 - (rho or 0.0)) ** 2),
        "jk1": (count - 1) / count,
        "bootstrap": 1 / (count - 1),
        "sdr": 4 / count,
    }.get(said.kind, 1.0)
    return own if said.scale is None else said.scale


def scaled(said: Replicates, count: int) -> tuple[float, Floats]:
    """Scale and rscales of given replicates; R survey has 1 where none are said."""
    rscales = np.array(said.rscales) if said.rscales else np.ones(count)
    return scales(said, count), rscales

"""Replicate weights: what is declared of them, and the numbers a file holds."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from cauce.model.arrays import Floats

ReplicateKind = Literal["brr", "fay", "jk1", "jk2", "jkn", "bootstrap", "sdr", "other"]
"""How an office made its replicates; `sdr` is successive difference, as of the ACS."""

Made = Literal["jkn", "bootstrap"]
"""How replicates are made here, from strata and PSUs."""


@dataclass(frozen=True)
class Replicates:
    """Which columns hold replicate weights and how their variance is scaled, or how to make them.

    Of what an office gives, `kind` and `columns`; `prefix` names their family in the file. `scale`
    and `rscales` (one a column, or none) are None and () where the kind says them; `rho` is of Fay.
    `combined` weights hold the survey's weight, others multiply it. Of what is made here, `made`,
    with `count` and `seed` of a bootstrap. `mse`: squares are taken from the survey's own estimate,
    not from the mean of the replicates.
    """

    kind: ReplicateKind = "other"
    columns: tuple[str, ...] = ()
    prefix: str = ""
    rho: float | None = None
    scale: float | None = None
    rscales: tuple[float, ...] = ()
    mse: bool = False
    combined: bool = True
    made: Made | None = None
    count: int = 0
    seed: int = 0


@dataclass(frozen=True)
class Replication:
    """Replicate weights as declared, and of given ones their numbers, shape (n, replicates).

    `weights` are combined with the survey's own weight once a design holds them.
    """

    declared: Replicates
    weights: Floats | None = None


def unsaid(said: Replicates) -> str:
    """What the kind of given replicates needs and lacks, or has and cannot take; "" if nothing.

    Scales and their needs as `svrepdesign` of R survey 4.x has them.
    """
    rho = said.rho
    if (said.kind == "fay") != (rho is not None) or (rho is not None and not 0 <= rho < 1):
        return "Replicates of kind fay, and no others, have a rho from 0 to below 1."
    if said.kind == "jkn" and not said.rscales:
        return (
            "Replicates of kind jkn need rscales, one for each column: (n - 1) / n of the stratum "
            "whose PSU it leaves out. The office's documentation gives them."
        )
    if said.kind == "other" and said.scale is None:
        return "Replicates of kind other need the scale the office gives for them."
    fixed = said.kind in ("brr", "fay", "jk2", "sdr")
    if fixed and (said.scale is not None or said.rscales):
        return (
            f"Replicates of kind {said.kind} have a scale of their own: leave scale and rscales "
            "out, or say kind other."
        )
    numbers = (*(() if said.scale is None else (said.scale,)), *said.rscales)
    if not all(0 <= number < inf for number in numbers):
        return "The scale and the rscales of replicates are not below 0."
    return ""

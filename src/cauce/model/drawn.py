"""What a file says of how its respondents were drawn, before it is a design."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from cauce.model.arrays import Floats
from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.replication import Replication


@dataclass(frozen=True)
class Drawn:
    """The labels of strata and PSUs, the weights and the fpc of n respondents, each of shape (n,).

    `fpc` are the PSUs of the respondent's stratum in the population, or their sampling rate if
    below 1. `psu_scope` says whether PSU labels are unique in the whole survey or only in their
    stratum; `single_psu` what is done with a stratum of one PSU; `unit` who answered;
    `replicates` are replicate weights as the file holds them, or how they are to be made.
    """

    stratum: NDArray[Any]
    psu: NDArray[Any]
    weight: Floats
    fpc: Floats | None = None
    psu_scope: PsuScope = "survey"
    single_psu: SinglePsu = "refuse"
    unit: Unit = "row"
    replicates: Replication | None = None

"""What a file says of how its respondents were drawn, before it is a design."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from cauce.model.arrays import Flags, Floats
from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.replication import Replication


@dataclass(frozen=True)
class DrawnStage:
    """The labels of a further stage's units, nested in those of the stage before; shape (n,).

    `stratum` are labels of the parts units were drawn in, nested too, None where there are none;
    `fpc` the units of that part, or of the unit before, in the population, or their sampling rate
    if below 1. Without it units were drawn with replacement, or so few that it does not matter.
    """

    unit: NDArray[Any]
    stratum: NDArray[Any] | None = None
    fpc: Floats | None = None


@dataclass(frozen=True)
class Drawn:
    """The labels of strata and PSUs, the weights and the fpc of n respondents, each of shape (n,).

    `fpc` are the PSUs of the respondent's stratum in the population, or their sampling rate if
    below 1. `psu_scope` says whether PSU labels are unique in the whole survey or only in their
    stratum; `single_psu` what is done with a stratum of one PSU; `unit` who answered. `stages` are
    those after the first; `certainty` marks who lives in a PSU that was sure to be drawn, of shape
    (n,): the units drawn in it stand in the place of PSUs, and the PSU in that of their stratum.
    `replicates` are replicate weights as the file holds them, or how they are to be made.
    """

    stratum: NDArray[Any]
    psu: NDArray[Any]
    weight: Floats
    fpc: Floats | None = None
    psu_scope: PsuScope = "survey"
    single_psu: SinglePsu = "refuse"
    unit: Unit = "row"
    stages: tuple[DrawnStage, ...] = ()
    certainty: Flags | None = None
    replicates: Replication | None = None

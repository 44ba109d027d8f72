"""How the respondents of a sample were drawn."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.arrays import Floats, Ints
from cauce.model.replication import Replication
from cauce.model.residuals import Residuals

SinglePsu = Literal["refuse", "certainty", "adjust", "average", "collapse"]
PsuScope = Literal["stratum", "survey"]
Unit = Literal["row", "psu"]
"""Who answers: each row, or each PSU with a row for every part of its answer, as a firm does."""


@dataclass(frozen=True)
class Stage:
    """A further stage of the draw: units drawn within those of the stage before.

    `stratum` and `unit` are integers from 0, of shape (n,), unique in the whole survey. A stratum
    lies in one unit of the stage before: it is that unit, or a part of it that was drawn from on
    its own. `population` is the number of units of the respondent's stratum in the population,
    infinity where it is unknown or units were drawn with replacement. The labels are the file's
    own, by integer, and tell units of one unit before apart.
    """

    stratum: Ints
    unit: Ints
    population: Floats
    stratum_labels: tuple[str, ...] = ()
    unit_labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Design:
    """Stratum, PSU and weight of every respondent, each of shape (n,).

    `stratum` and `psu` are labels as integers from 0. `psu` is unique in the whole survey here,
    whatever the file's own scope was. `population_psus` is the number of PSUs of the respondent's
    stratum in the population, infinity where sampling was with replacement or the count is unknown.
    `stratum_labels` and `psu_labels` are what the file calls them, by integer: two waves have a PSU
    in common if stratum and PSU have the same labels. `unit` says who answered: where it is the
    PSU, what its rows add to a cell is one contribution. `stages` are those after the first, of
    which the error knows only where the first has `population_psus`. With a `replication`, errors
    come from replicate weights and not from linearisation. `residuals` say what calibrated weights
    leave of a linearised error, None where weights are as they were drawn.
    """

    stratum: Ints
    psu: Ints
    weight: Floats
    population_psus: Floats | None = None
    single_psu: SinglePsu = "refuse"
    stratum_labels: tuple[str, ...] = ()
    psu_labels: tuple[str, ...] = ()
    unit: Unit = "row"
    stages: tuple[Stage, ...] = ()
    replication: Replication | None = None
    residuals: Residuals | None = None

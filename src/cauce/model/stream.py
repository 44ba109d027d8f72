"""A wave larger than memory, behind the confidentiality wall: its strata, and people in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.sample import Score
from cauce.model.validation import Findings


@dataclass(frozen=True)
class Strata:
    """How the respondents of a wave were drawn, told by stratum; every array has shape (strata,).

    Strata stand in the order of their labels. `rows` are their respondents, `psus` their PSUs in
    the sample, and `population` those there are, infinity where that is not known.
    """

    labels: tuple[str, ...]
    rows: Ints
    psus: Ints
    population: Floats
    single_psu: SinglePsu = "refuse"
    unit: Unit = "row"


@dataclass(frozen=True)
class DrawnStrata:
    """What a file says of how its respondents were drawn, told by stratum, before they are strata.

    `labels` rise, and all arrays have their shape, (strata,). `least` and `most` are the smallest
    and the largest fpc of a stratum, None if there is no fpc, and `no_fpc` counts respondents whose
    fpc is missing or not above 0. Of the weights are counted those that are missing, infinite,
    negative and above 0. Of all `psu_labels`, `shared` ones occur in more than one stratum.
    """

    labels: tuple[Any, ...]
    rows: Ints
    psus: Ints
    least: Floats | None
    most: Floats | None
    no_fpc: int
    missing: int
    infinite: int
    negative: int
    positive: int
    psu_labels: int
    shared: int
    psu_scope: PsuScope = "survey"
    single_psu: SinglePsu = "refuse"
    unit: Unit = "row"


@dataclass(frozen=True)
class Batch:
    """Some respondents, one after the other in the order of stratum and PSU; arrays are (n,).

    `stratum` is the place of the label in `Strata`; `psu` a number no other PSU of the wave has.
    `row` is the row of the file, from 0. Columns and scores are those of a `Sample`.
    """

    stratum: Ints
    psu: Ints
    weight: Floats
    row: Ints
    columns: dict[str, Codes]
    scores: tuple[Score, ...]


Batches = Callable[[], Iterator[Batch]]
"""All respondents, as often as they are asked for; none but the last batch is of another length."""


@dataclass(frozen=True)
class Stream:
    """A harmonised wave that is read in batches; otherwise as `Sample`.

    `weights` gives the weights alone, in any order.
    """

    period: str
    strata: Strata
    batches: Batches
    weights: Callable[[], Iterator[Floats]]
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

"""How the respondents of a file were drawn, from its columns and without a pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats
from cauce.model.drawn import DrawnStage
from cauce.model.errors import BadInput
from cauce.model.stage_columns import StageColumns

NONE = "none"
"""Stands for the fpc of a stage that has none, as a column of infinity does in R."""


@dataclass(frozen=True)
class DesignColumns:
    """Columns by stage, the first on its own; see `split`."""

    stratum: str
    fpc: str
    further: tuple[StageColumns, ...]


def split(stratum: str, ssu: str, fpc: str) -> DesignColumns:
    """From columns separated by commas, one for each stage, to those of each stage.

    Strata may be fewer: units of the stages without were drawn within those of the stage before.

    Raises:
        BadInput: more columns than stages, or an fpc of some stages only.
    """
    units = _names(ssu)
    strata, sizes = _names(stratum), _names(fpc)
    stages = len(units) + 1
    if len(strata) > stages:
        raise BadInput(
            f"--stratum names {len(strata)} columns and there are {stages} stages: --psu and those "
            "of --ssu. Name the units of each stage in --ssu, or fewer strata."
        )
    if sizes and len(sizes) != stages:
        raise BadInput(
            f"--fpc names {len(sizes)} columns and there are {stages} stages. Name one for each, "
            f'or the word {NONE} for a stage without, as in --fpc "N1,{NONE}": how much a stage '
            "adds is not known from the counts of another one."
        )
    sizes = ["" if name == NONE else name for name in sizes] or [""] * stages
    strata += [""] * (stages - len(strata))
    further = zip(units, strata[1:], sizes[1:], strict=True)
    return DesignColumns(strata[0], sizes[0], tuple(StageColumns(*own) for own in further))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def columns_by_role(further: Sequence[StageColumns]) -> dict[str, str]:
    """The columns of all further stages by what they are to `drawn_stages`."""
    found: dict[str, str] = {}
    for number, stage in enumerate(further, 2):
        roles = {"unit": stage.unit, "stratum": stage.stratum, "fpc": stage.fpc}
        found |= {f"{role}{number}": name for role, name in roles.items() if name}
    return found


def drawn_stages(
    further: Sequence[StageColumns], values: Mapping[str, np.ndarray], sizes: Mapping[str, Floats]
) -> tuple[DrawnStage, ...]:
    """The further stages; `sizes` are the numbers of their fpc by role."""
    return tuple(
        DrawnStage(
            values[f"unit{number}"], values.get(f"stratum{number}"), sizes.get(f"fpc{number}")
        )
        for number in range(2, len(further) + 2)
    )


def sure(column: Floats) -> Flags:
    """Who lives in a PSU drawn with certainty, from true or false, 1 or 0.

    Raises:
        BadInput: it is something else, or not said, of somebody.
    """
    wrong = int((~np.isin(column, (0.0, 1.0))).sum())
    if wrong:
        raise BadInput(
            f"--certainty is neither true nor false (1 or 0) in {wrong:,} of {len(column):,} rows. "
            "Whether a PSU was sure to be drawn must be said of everybody: correct the column, or "
            'write what it means, as in --certainty "COLUMN = 2".'
        )
    return np.asarray(column == 1.0)

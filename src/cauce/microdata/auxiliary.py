"""What weights are raised by, read beside the scores."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cauce.model.arrays import Ints
from cauce.model.auxiliary import Auxiliary
from cauce.model.recipe import Recipe


def auxiliary_parts(recipe: Recipe) -> dict[str, str]:
    """The expressions to ask for, by the name of the output column."""
    own = recipe.auxiliary
    parts = {f"k:{one.variable}": f"CAST({one.sql} AS SMALLINT)" for one in own.codes}
    parts |= {f"q:{one.variable}": f"CAST({one.sql} AS DOUBLE)" for one in own.amounts}
    if own.household:
        parts["home"] = own.household
    if own.ended:
        parts["ended"] = f"CAST({own.ended} AS SMALLINT)"
    return parts


def auxiliary_of(recipe: Recipe, found: Mapping[str, NDArray[Any]]) -> Auxiliary:
    """What was found, by variable."""
    own = recipe.auxiliary
    home, ended = found.get("home"), found.get("ended")
    return Auxiliary(
        codes={c.variable: np.asarray(found[f"k:{c.variable}"], np.int32) for c in own.codes},
        amounts={c.variable: np.asarray(found[f"q:{c.variable}"], np.float64) for c in own.amounts},
        household=None if home is None else _numbered(home),
        ended=np.asarray(() if ended is None else ended, np.int32),
    )


def _numbered(labels: NDArray[Any]) -> Ints:
    """A number from 0 for each label, which may be text and millions."""
    return np.asarray(pa.array(labels).dictionary_encode().indices.to_numpy(), dtype=np.int64)

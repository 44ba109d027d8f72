"""What changed between two vintages."""

from dataclasses import dataclass

import numpy as np

from cauce.model.observation import Observations


@dataclass(frozen=True)
class Revision:
    """An observation whose value differs; NaN where a vintage withholds or lacks it."""

    key: tuple[str, ...]
    old: float
    new: float


def revisions(old: Observations, new: Observations) -> tuple[Revision, ...]:
    """Every key whose value is not the same in two vintages of a dataflow."""
    before, after = _values(old), _values(new)
    found = []
    for key in sorted(before.keys() | after.keys()):
        a, b = before.get(key, np.nan), after.get(key, np.nan)
        if a != b and not (np.isnan(a) and np.isnan(b)):
            found.append(Revision(key, a, b))
    return tuple(found)


def _values(observations: Observations) -> dict[tuple[str, ...], float]:
    codes = [[code.id for code in d.codes] for d in observations.dataflow.dimensions]
    return {
        tuple(codes[j][position] for j, position in enumerate(row)): value
        for row, value in zip(observations.key.tolist(), observations.value.tolist(), strict=True)
    }

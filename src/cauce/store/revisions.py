"""What changed between two vintages."""

from dataclasses import dataclass

import numpy as np

from cauce.model.observation import Observations


@dataclass(frozen=True)
class Revision:
    """An observation whose value or status differs; NaN where a vintage withholds or lacks it.

    `key` has the codes in the order of the dimensions. A status is empty where a vintage has no
    such observation.
    """

    key: tuple[str, ...]
    old: float
    new: float
    old_status: str = ""
    new_status: str = ""


def revisions(old: Observations, new: Observations) -> tuple[Revision, ...]:
    """What two vintages of a dataflow say differently of the periods that both have, by key.

    A period that only one of them has is news or history, not a revision.
    """
    before, after = _said(old), _said(new)
    shared = {key[-1] for key in before} & {key[-1] for key in after}
    absent = (np.nan, "")
    found = []
    for key in sorted(key for key in before.keys() | after.keys() if key[-1] in shared):
        (a, was), (b, now) = before.get(key, absent), after.get(key, absent)
        if was != now or (a != b and not (np.isnan(a) and np.isnan(b))):
            found.append(Revision(key, a, b, was, now))
    return tuple(found)


def _said(observations: Observations) -> dict[tuple[str, ...], tuple[float, str]]:
    codes = [[code.id for code in d.codes] for d in observations.dataflow.dimensions]
    keys = observations.key.tolist()
    said = zip(observations.value.tolist(), map(str, observations.obs_status), strict=True)
    return {
        tuple(codes[j][position] for j, position in enumerate(row)): pair
        for row, pair in zip(keys, said, strict=True)
    }

"""What changed between two vintages."""

from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats, Ints
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
    codes = _codes(old, new)
    a, b = (_numbered(each, codes) for each in (old, new))
    places = np.union1d(a, b)
    # As the numbers of an array of that shape; the last axis is the period.
    periods = places % len(codes[-1])
    shared = np.intersect1d(a % len(codes[-1]), b % len(codes[-1]))
    was, now = (_laid_out(x, at, places) for x, at in ((old, a), (new, b)))
    differ = (was[1] != now[1]) | ((was[0] != now[0]) & ~(np.isnan(was[0]) & np.isnan(now[0])))
    rows = np.flatnonzero(differ & np.isin(periods, shared))
    positions = np.unravel_index(places[rows], [len(each) for each in codes])
    named = ([each[i] for i in at.tolist()] for each, at in zip(codes, positions, strict=True))
    keys = zip(*named, strict=True)
    found = (
        Revision(key, float(was[0][row]), float(now[0][row]), str(was[1][row]), str(now[1][row]))
        for key, row in zip(keys, rows.tolist(), strict=True)
    )
    return tuple(sorted(found, key=lambda one: one.key))


def _codes(old: Observations, new: Observations) -> list[list[str]]:
    """The codes that either vintage has, by dimension."""
    return [
        list(dict.fromkeys(code.id for code in (*a.codes, *b.codes)))
        for a, b in zip(old.dataflow.dimensions, new.dataflow.dimensions, strict=True)
    ]


def _numbered(observations: Observations, codes: list[list[str]]) -> Ints:
    """One number for each key, the same in both vintages; shape (c,)."""
    columns = []
    for j, dimension in enumerate(observations.dataflow.dimensions):
        place = {code: at for at, code in enumerate(codes[j])}
        at = np.array([place[code.id] for code in dimension.codes], dtype=np.int64)
        columns.append(at[observations.key[:, j]])
    return np.ravel_multi_index(tuple(columns), tuple(len(each) for each in codes))


def _laid_out(observations: Observations, at: Ints, places: Ints) -> tuple[Floats, np.ndarray]:
    """Values and statuses where each key stands among all; NaN and "" where there is none."""
    value = np.full(len(places), np.nan)
    status = np.full(len(places), "", dtype=object)
    rows = np.searchsorted(places, at)
    value[rows] = observations.value
    status[rows] = np.array(list(map(str, observations.obs_status)), dtype=object)
    return value, status

"""What one vintage has that an earlier one lacks or says otherwise, and what it dropped."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.observation import Observations
from cauce.store.table import theirs_of

MOST_PLACES = 1 << 62


@dataclass(frozen=True)
class Changes:
    """Rows of the new table that were added or revised, and rows of the old one that are gone."""

    fresh: Ints
    gone: Ints


def changes(old: Observations, new: Observations) -> Changes:
    """How two vintages of a dataflow differ, in anything that is said of an observation.

    Where the dimensions are others, all is fresh and nothing of the old is comparable.
    """
    if [d.id for d in old.dataflow.dimensions] != [d.id for d in new.dataflow.dimensions]:
        return Changes(np.arange(len(new.value)), np.arange(0))
    was, now = _numbered(old, new)
    order = np.argsort(was, kind="stable")
    at = np.searchsorted(was[order], now)
    held = at < len(was)
    held[held] = was[order][at[held]] == now[held]
    same = np.zeros(len(now), dtype=np.bool_)
    here, there = np.flatnonzero(held), order[at[held]]
    same[here] = _alike(old, there, new, here)
    return Changes(np.flatnonzero(~same), np.flatnonzero(~np.isin(was, now)))


def _numbered(old: Observations, new: Observations) -> tuple[Ints, Ints]:
    """One number for each key, the same in both tables; shapes (c,) of each."""
    found: Ints = np.zeros(len(old.value) + len(new.value), dtype=np.int64)
    places = 1
    for j, (a, b) in enumerate(zip(old.dataflow.dimensions, new.dataflow.dimensions, strict=True)):
        place = {
            id_: at for at, id_ in enumerate(dict.fromkeys(c.id for c in (*a.codes, *b.codes)))
        }
        columns = [
            np.array([place[c.id] for c in dimension.codes], dtype=np.int64)[each.key[:, j]]
            for dimension, each in ((a, old), (b, new))
        ]
        if places * len(place) > MOST_PLACES:
            # As many numbers as there are keys are enough, and leave room for more dimensions.
            found = np.unique(found, return_inverse=True)[1].reshape(-1)
            places = len(found)
        found, places = found * len(place) + np.concatenate(columns), places * len(place)
    return found[: len(old.value)], found[len(old.value) :]


def _alike(old: Observations, there: Ints, new: Observations, here: Ints) -> Flags:
    """Which rows say the same in every column but the key; shape (len(here),).

    Where another agency has other attributes than it had, every row says something else.
    """
    names = theirs_of(old.dataflow) == theirs_of(new.dataflow)
    same = np.full(len(here), names and len(old.theirs) == len(new.theirs))
    for one, other in zip(_columns(old), _columns(new), strict=False):
        if isinstance(one, np.ndarray):
            a, b = one[there], other[here]
            same &= (a == b) | ((a != a) & (b != b))
            continue
        words = np.array([str(word) for word in one], dtype=object)[there]
        same &= words == np.array([str(word) for word in other], dtype=object)[here]
    return same


def _columns(table: Observations) -> list[Any]:
    """Every column but those of the key; what others' attributes say is a column each."""
    own = [f.name for f in fields(Observations) if f.name not in ("dataflow", "key", "theirs")]
    return [*(getattr(table, name) for name in own), *table.theirs]

"""The cells of what was counted: every margin of the fields that add up, with whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints, Keys
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow

FIXED = 3
"""FREQ, REF_AREA and INDICATOR stand before the fields counted by, each with one code."""


@dataclass(frozen=True)
class Units:
    """What is counted: one unit per record or row, once per code where a field has several.

    `place` has shape (u, d): the code of each field counted by. `amount` is what is added up, NaN
    where it is absent; `whole` what it is a share of, NaN where nothing is; `contributor` has shape
    (u, k): whose each unit is, by number. `period` is the position of its period.
    """

    place: Codes
    amount: Floats
    whole: Floats
    contributor: Ints
    period: Codes
    holding: Ints | None
    key: Keys


def cells_of(flow: Dataflow, units: Units) -> Cells | None:
    """All margins of the fields that add up, coarsest first."""
    if not len(units.period):
        return None
    own = flow.dimensions[FIXED:-1]
    adds = [at for at, one in enumerate(own) if one.additive]
    totals = (c for k in range(len(adds), -1, -1) for c in combinations(adds, k))
    parts = [_margin(flow, units, sorted({*range(len(own))} - {*c})) for c in totals]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Cells(dataflow=flow, **columns)


def _margin(flow: Dataflow, units: Units, kept: Sequence[int]) -> dict[str, Any]:
    """The cells of one combination of fields; the others are at their total."""
    own = np.zeros_like(units.place)
    own[:, kept] = units.place[:, kept]
    zeros = np.zeros((len(own), FIXED), dtype=np.int32)
    keys, cell = np.unique(np.column_stack([zeros, own, units.period]), axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    there = ~np.isnan(units.amount)
    size = len(keys)
    n = _contributors(units, cell, there, size)
    value = _summed(units.amount, cell, there, size)
    if flow.indicators[0].denominator:
        value = _of_whole(value, _summed(units.whole, cell, there, size))
    value = np.where(n > 0, value, np.nan)
    missing = np.bincount(cell[~there], minlength=size).astype(np.int64)
    nobody = np.full(size, -1, dtype=np.int64)
    return {
        "key": keys.astype(np.int32),
        "value": value,
        "se": 0.0 * value,
        "cv": np.where(value != 0, 0.0 * value, np.nan),
        "ci_low": value,
        "ci_high": value,
        "deff": np.full(size, np.nan),
        "ess": np.full(size, np.nan),
        "df": nobody,
        "n": n,
        "cases": n,
        "missing": missing,
        "psus": nobody,
        "strata": nobody,
        "weighted": n.astype(np.float64),
        "largest": _largest(flow, units, cell, there, size),
        **_held(units, cell, there, size),
        "record_keys": _keys(units, cell, there, size),
    }


def _held(units: Units, cell: Ints, there: Flags, size: int) -> dict[str, Any]:
    """How many holdings stand behind a cell, and what the two largest of them hold."""
    if units.holding is None:
        return {"holdings": np.full(size, -1, np.int64), "held": np.full((size, 2), np.nan)}
    pairs = np.unique(np.stack([cell[there], units.holding[there]]), axis=1)
    counts = np.bincount(pairs[0].astype(np.int64), minlength=size).astype(np.int64)
    shares = _shares(units.amount, units.holding, cell, there, size)
    return {"holdings": counts, "held": shares}


def _keys(units: Units, cell: Ints, there: Flags, size: int) -> Keys:
    """The sum of the keys of a cell's units, modulo 2^64: the same units give the same sum."""
    keys: Keys = np.zeros(size, dtype=np.uint64)
    np.add.at(keys, cell[there], units.key[there])
    return keys


def _summed(amount: Floats, cell: Ints, there: Flags, size: int) -> Floats:
    sums = np.bincount(cell[there], weights=amount[there], minlength=size)
    return sums.astype(np.float64)


def _of_whole(part: Floats, whole: Floats) -> Floats:
    """The share in percent; of nothing there is none."""
    share: Floats = 100 * np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return share


def _contributors(units: Units, cell: Ints, there: Flags, size: int) -> Ints:
    """How many distinct contributors stand behind a cell: of several kinds, the fewest."""
    counts = []
    for column in units.contributor.T:
        pairs = np.unique(np.stack([cell[there], column[there]]), axis=1)
        counts.append(np.bincount(pairs[0].astype(np.int64), minlength=size))
    fewest: Ints = np.min(counts, axis=0).astype(np.int64)
    return fewest


def _largest(flow: Dataflow, units: Units, cell: Ints, there: Flags, size: int) -> Floats:
    """The shares of an amount that its two largest contributors hold; NaN where records count.

    Of several kinds of contributor the one with the larger share decides.
    """
    shares = np.full((size, 2), np.nan)
    if flow.indicators[0].numerator == "1":
        return shares
    for column in units.contributor.T:
        shares = np.fmax(shares, _shares(units.amount, column, cell, there, size))
    return shares


def _shares(amounts: Floats, owner: Ints, cell: Ints, there: Flags, size: int) -> Floats:
    """The shares of a cell that its two largest owners hold, NaN where there is nothing to hold.

    Amounts below zero hold as much as those above: shares are of their sizes.
    """
    amount = np.abs(amounts[there])
    total = np.bincount(cell[there], weights=amount, minlength=size)
    pairs, held = np.unique(np.stack([cell[there], owner[there]]), axis=1, return_inverse=True)
    sums = np.bincount(held.reshape(-1), weights=amount, minlength=pairs.shape[1])
    top = _two_largest(pairs[0], sums.astype(np.float64), size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total[:, None] > 0, top / total[:, None], np.nan)


def _two_largest(cell: Ints, sums: Floats, size: int) -> Floats:
    top = np.zeros((size, 2))
    for at, amount in sorted(zip(cell.tolist(), sums.tolist(), strict=True)):
        top[at] = amount, top[at, 0]
    return top

"""The numbers of a region from the moments of its countries, which were sampled independently.

Sums add, and so do variances of totals of what is linear in them: countries are strata of the
region. A mean's and a ratio's moments are moved from each country's own ratio to the region's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import Any

import numpy as np

from cauce.estimate.cube import Counted, Estimates, told_of
from cauce.estimate.estimators import Sums
from cauce.estimate.moments import cases_of, policy_of, sums_of
from cauce.estimate.single_psu import AVERAGE, SKIP
from cauce.estimate.student import t_975
from cauce.estimate.tables import SCALED
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.cell import Cells
from cauce.model.dataflow import Dataflow
from cauce.model.indicator import Estimator, Indicator
from cauce.model.moments import PARTS, Moments
from cauce.model.observation import Observations

AREA = "REF_AREA"
COUNTS = ("df", "n", "cases", "missing", "psus", "strata")


@dataclass(frozen=True)
class Added:
    """The cells of a region, and where it has none though a member has.

    `lacking` are the keys of these, shape (l, d); `who`, of shape (l, members), marks the members
    whose number is not public or cannot be added.
    """

    cells: Cells
    lacking: Codes
    who: Flags


def placed(own: Moments, told: Observations, into: Dataflow) -> Moments:
    """A member's moments beside all of its numbers, with their keys in the table of all.

    Of periods that are not published together nothing is left. The dataflow stays the member's.

    Args:
        told: the observations with the numbers that the moments give.
    """
    columns = []
    for at, (ours, theirs) in enumerate(zip(own.dataflow.dimensions, into.dimensions, strict=True)):
        codes = [code.id for code in theirs.codes]
        place = [codes.index(one.id) if one.id in codes else -1 for one in ours.codes]
        columns.append(np.array(place, dtype=np.int32)[told.key[:, at]])
    key = np.stack(columns, axis=1)
    kept: Flags = np.all(key >= 0, axis=1)
    return Moments(
        observations=replace(_some(told, kept), key=key[kept]),
        linear=own.linear[kept],
        proportion=own.proportion[kept],
        alone=own.alone[kept],
        weighted=own.weighted[kept],
        sums=own.sums[kept],
    )


def _some(told: Observations, rows: Flags) -> Observations:
    """Some of the observations."""
    kept: dict[str, Any] = {}
    for field in fields(told):
        column = getattr(told, field.name)
        if isinstance(column, np.ndarray):
            kept[field.name] = column[rows]
        elif isinstance(column, tuple) and column:
            kept[field.name] = tuple(compress(column, rows))
    return replace(told, **kept)


def added(flow: Dataflow, members: Sequence[Moments]) -> Added:
    """The cells of the region of a dataflow, where every member has one that can be added.

    Args:
        members: with keys in `flow`, whose first area is the region.
    """
    area = [one.id for one in flow.dimensions].index(AREA)
    keys, rows = _side_by_side(members, area)
    there = np.stack(
        [(own >= 0) & one.linear[own] for own, one in zip(rows.T, members, strict=True)], axis=1
    )
    all_of_them = there.all(axis=1)
    cells = _cells(flow, keys[all_of_them], members, rows[all_of_them])
    return Added(cells, keys[~all_of_them], ~there[~all_of_them])


def _side_by_side(members: Sequence[Moments], area: int) -> tuple[Codes, Ints]:
    """All keys any member has, in the region's area, and each member's row of it, -1 if none."""
    own = []
    for one in members:
        key = one.observations.key.copy()
        key[:, area] = 0
        own.append(key)
    keys, at = np.unique(np.concatenate(own), axis=0, return_inverse=True)
    rows = np.full((len(keys), len(members)), -1, dtype=np.int64)
    start = 0
    for number, key in enumerate(own):
        rows[at.reshape(-1)[start : start + len(key)], number] = np.arange(len(key))
        start += len(key)
    return keys.astype(np.int32), rows


def _cells(flow: Dataflow, key: Codes, members: Sequence[Moments], rows: Ints) -> Cells:
    names = [*Estimates.__dataclass_fields__]
    column = [one.id for one in flow.dimensions].index("INDICATOR")
    codes = [code.id for code in flow.dimensions[column].codes]
    found: dict[str, list[np.ndarray]] = {name: [] for name in names}
    order, amounts = [], []
    for indicator in flow.indicators:
        here = np.flatnonzero(key[:, column] == codes.index(indicator.id))
        if not len(here):
            continue
        order.append(here)
        made = estimates_of(indicator, members, rows[here])
        amounts.append(_amounts(members, rows[here]))
        for name in names:
            numbers = getattr(made, name)
            found[name].append(numbers * indicator.scale if name in SCALED else numbers)
    if not order:
        return _nobody(flow, key)
    columns = {name: np.concatenate(part) for name, part in found.items()}
    put, amount = np.concatenate(order), np.concatenate(amounts)
    # Of an amount nobody is told how many have some; that it is one is told by its largest parts.
    columns["cases"] = np.where(amount, columns["n"], columns["cases"])
    largest = np.repeat(np.where(amount, 0.0, np.nan)[:, None], 2, axis=1)
    return Cells(flow, key[put], **columns, largest=largest)


def _amounts(members: Sequence[Moments], rows: Ints) -> Flags:
    """Which cells are of an amount: their members do not tell how many have some."""
    hidden: Flags = np.any(
        [one.observations.cases[own] < 0 for one, own in zip(members, rows.T, strict=True)], axis=0
    )
    return hidden


def estimates_of(indicator: Indicator, members: Sequence[Moments], rows: Ints) -> Estimates:
    """The estimates of m cells of the region; `rows` has shape (m, members)."""
    estimator = indicator.estimator
    pairs = list(zip(members, rows.T, strict=True))
    sums = sum_of(
        estimator, [_scaled(sums_of(one, estimator, own), one, own) for one, own in pairs]
    )

    def count(name: str) -> Ints:
        columns = [getattr(one.observations, name)[own].astype(np.int64) for one, own in pairs]
        whole: Ints = np.sum(columns, axis=0)
        return whole

    counted = Counted(
        cases=np.sum([cases_of(one, own) for one, own in pairs], axis=0),
        missing=count("missing"),
        psus=count("psus"),
        strata=count("strata"),
        alone=np.zeros(len(rows), dtype=np.int64),
    )
    t = t_975(counted.psus - counted.strata)
    part = all(bool(one.proportion[own].all()) for one, own in pairs)
    return told_of(estimator, sums, counted, part, t, SKIP)


def sum_of(estimator: Estimator, each: Sequence[Sums]) -> Sums:
    """The sums of all members together, z being off the ratio of them all.

    With d = a member's ratio less that of all, its z off the latter is z + d x.
    """
    y, x = (np.sum([getattr(one, name) for one in each], axis=0) for name in ("y", "x"))
    if estimator in ("mean", "ratio"):
        with np.errstate(divide="ignore", invalid="ignore"):
            each = [_moved(estimator, one, one.y / one.x - y / x) for one in each]
    names = ("n", "w", "z", "yy", "yx", "xx", "zz", "zb", "bb", "centre")
    whole = {name: np.sum([getattr(one, name) for one in each], axis=0) for name in names}
    return Sums(y=y, x=x, **whole)


def _moved(estimator: Estimator, sums: Sums, d: Floats) -> Sums:
    """The sums with z + d x in the place of z; of a mean everyone's x is 1."""
    xx = sums.w if estimator == "mean" else sums.xx
    return replace(
        sums,
        yy=sums.yy + 2 * d * sums.yx + d**2 * xx,
        yx=sums.yx + d * xx,
        xx=xx,
        zz=sums.zz + 2 * d * sums.zb + d**2 * sums.bb,
        zb=sums.zb + d * sums.bb,
    )


def _scaled(sums: Sums, member: Moments, rows: Ints) -> Sums:
    """The moments of a member, with its strata of a single PSU as its others are on average."""
    if policy_of(member.dataflow.method) != AVERAGE:
        return sums
    strata = member.observations.strata[rows].astype(np.float64)
    more = strata / (strata - member.alone[rows])
    return replace(sums, zz=sums.zz * more, zb=sums.zb * more, bb=sums.bb * more)


def _nobody(flow: Dataflow, key: Codes) -> Cells:
    """No cells."""
    none: dict[str, Any] = {name: np.empty(0) for name in Estimates.__dataclass_fields__}
    none |= {name: np.empty(0, dtype=np.int64) for name in COUNTS}
    none |= {"moments": np.empty((0, len(PARTS))), "largest": np.empty((0, 2))}
    return Cells(flow, key[:0], **none)

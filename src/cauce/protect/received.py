"""Whether moments that came from elsewhere can be: what contradicts itself is not published.

Nothing here asks whether a number is right; only the office that has the respondents can. What is
found are files that were changed, made by another program, or cleared by less than is asked.
"""

from collections.abc import Iterator
from typing import get_args

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.codelist import TOTAL
from cauce.model.design import SinglePsu
from cauce.model.errors import BadInput
from cauce.model.indicator import LINEAR
from cauce.model.moments import NEEDED, SUMS, Moments, Sent
from cauce.model.observation import ConfStatus, Observations, ObsStatus
from cauce.protect.primary import too_few
from cauce.protect.sent import NUMBERS, fewest_psus, indicators_of
from cauce.protect.table import INDICATOR

COUNTS = ("n", "cases", "missing", "psus", "strata")
CLOSE, SLACK = 1e-9, 1e-6
"""How far sums that must be equal, and products of moments, may be apart, as a part of them."""


def check_received(sent: Sent, name: str) -> None:
    """Raises BadInput with everything that cannot be, one sentence each; `name` says which file."""
    faults = [fault for one in sent.flows for fault in faults_of(one, sent.minimum)]
    flows = [one.dataflow.id for one in sent.flows]
    if twice := sorted({flow for flow in flows if flows.count(flow) > 1}):
        faults.append(f"it has a table twice: {', '.join(twice)}.")
    faults += [
        f"{one.dataflow.id}: what was done with strata of a single PSU is not said."
        for one in sent.flows
        if one.dataflow.method.single_psu not in get_args(SinglePsu)
    ]
    if sent.minimum < 1:
        faults.append(f"it was cleared by a minimum of {sent.minimum}, which is none.")
    if faults:
        things = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
        lines = "\n".join(faults)
        raise BadInput(
            f"{name} holds {things} that cannot be. Nothing is published; ask the office that made "
            f"it.\n{lines}"
        )


def faults_of(moments: Moments, minimum: int) -> Iterator[str]:
    """What cannot be in one table, in one sentence for each kind of it."""
    flow, said = moments.dataflow.id, moments.observations
    if twice := len(said.key) - len(np.unique(said.key, axis=0)):
        yield f"{flow}: {twice:,} keys stand there twice."
        return
    checks = {
        **counts(said),
        **statuses(moments),
        **numbers(said),
        **made_of(moments),
        **squares(moments),
        **small(moments, minimum),
    }
    for what, wrong in checks.items():
        if count := int(wrong.sum()):
            yield f"{flow}: {count:,} of {len(wrong):,} cells have {what}."
    if count := unequal(moments):
        yield f"{flow}: {count:,} totals are not the sum of their parts."


def counts(said: Observations) -> dict[str, Flags]:
    """Counts that contradict each other; -1 stands for one that is not told."""
    below = {"a count below 0": np.any([getattr(said, name) < -1 for name in COUNTS], axis=0)}
    if said.dataflow.method.protection:
        return below  # each is told with noise of its own
    told = said.n >= 0
    return below | {
        "more cases than respondents": told & (said.cases > said.n),
        "more PSUs than respondents": told & (said.psus > said.n),
        "more strata than PSUs": told & (said.strata > said.psus),
    }


def statuses(moments: Moments) -> dict[str, Flags]:
    """Numbers, counts or moments beside a status that says there are none."""
    said = moments.observations
    free = np.array([one is ConfStatus.FREE for one in said.conf_status], dtype=np.bool_)
    shown = (ObsStatus.NORMAL, ObsStatus.LOW_RELIABILITY, ObsStatus.BREAK)
    open_ = free & np.array([one in shown for one in said.obs_status], dtype=np.bool_)
    empty = np.array([one is ObsStatus.NOT_POSSIBLE for one in said.obs_status], dtype=np.bool_)
    value = np.isfinite(said.value) | moments.linear
    counted = np.any([getattr(said, name) >= 0 for name in (*COUNTS, "df")], axis=0)
    return {
        "a number where their status says there is none": ~open_ & value,
        "no number where their status says there is one": open_ & ~value,
        "counts where they are withheld": ~open_ & ~(empty & free) & counted,
    }


def numbers(said: Observations) -> dict[str, Flags]:
    """Numbers that are none."""
    every = np.stack([getattr(said, name) for name in NUMBERS])
    with np.errstate(invalid="ignore"):
        return {
            "an infinite number": np.isinf(every).any(axis=0),
            "a negative error": (said.se < 0) | (said.cv < 0) | (said.deff < 0),
            "an interval that does not hold their number": (said.ci_low > said.ci_high)
            | ~np.isfinite(said.value) & np.isfinite(every[1:]).any(axis=0),
        }


def made_of(moments: Moments) -> dict[str, Flags]:
    """Moments that are lacking, too many, or beside a number told otherwise."""
    said, flow = moments.observations, moments.dataflow
    column = [one.id for one in flow.dimensions].index(INDICATOR)
    of = indicators_of(said, column)
    linear = np.array([one.estimator in LINEAR for one in flow.indicators])[of]
    rate = np.array([one.estimator == "rate" for one in flow.indicators])[of]
    proportion = np.array([one.estimator in ("rate", "ratio") for one in flow.indicators])[of]
    wanted = np.array(
        [[name in NEEDED.get(one.estimator, ()) for name in SUMS] for one in flow.indicators]
    )[of]
    there = np.isfinite(moments.sums)
    some = ~np.isnan(moments.sums).all(axis=1) | ~np.isnan(moments.weighted)
    whole = (there == wanted).all(axis=1) & np.isfinite(moments.weighted)
    own = moments.linear
    return {
        "moments though their estimator has none": own & ~linear,
        "moments though counts are told with noise": own & bool(flow.method.protection),
        "moments that are lacking, infinite or not asked for": own & linear & ~whole,
        "moments beside a number that is told": (~own & (some | (moments.alone != 0)))
        | (own & np.isfinite(said.value)),
        "a mark of proportions that is wrong": (moments.proportion & ~(own & proportion))
        | (own & rate & ~moments.proportion),
        "degrees of freedom other than PSUs less strata": own
        & (said.df != said.psus - said.strata),
        "more strata of a single PSU than strata": (moments.alone < 0)
        | (own & (moments.alone >= np.maximum(said.strata, 1))),
    }


def squares(moments: Moments) -> dict[str, Flags]:
    """Sums and squares that no respondents add up to."""
    with np.errstate(over="ignore"):
        return _squares(moments)


def _squares(moments: Moments) -> dict[str, Flags]:
    of = {name: np.nan_to_num(moments.sums[:, at], posinf=0.0) for at, name in enumerate(SUMS)}
    w, n = np.nan_to_num(moments.weighted), moments.observations.n
    part = moments.proportion
    return {
        "a sum of weights that is not above 0": moments.linear & ((w <= 0) | (n <= 0)),
        "a negative square or variance": np.any(
            [of[name] < -_hair(of, name) for name in ("yy", "xx", "zz", "bb")], axis=0
        ),
        "a covariance larger than its variances allow": of["zb"] ** 2
        > np.maximum(of["zz"], 0) * np.maximum(of["bb"], 0) * (1 + SLACK) + _hair(of, "bb") ** 2,
        "a proportion that is none": part
        & ((of["y"] < 0) | (of["y"] > of["x"] * (1 + CLOSE))),
    }  # fmt: skip


def _hair(of: dict[str, Floats], name: str) -> Floats:
    """How far below 0 the last digits of a square may carry it."""
    scale: Floats = 1e-12 * np.maximum(of["y"] ** 2, of["x"] ** 2)
    return np.abs(scale) + (0.0 if name in ("zz", "bb") else CLOSE * np.abs(of["yy"]))


def small(moments: Moments, minimum: int) -> dict[str, Flags]:
    """Cells that should have been withheld by the minimum the file itself names."""
    said, psus = moments.observations, fewest_psus(minimum)
    if moments.dataflow.method.protection:
        return {}
    return {
        f"fewer than {minimum} respondents behind or beside a number": too_small(said, minimum),
        f"moments of fewer than {psus} PSUs": moments.linear & (said.psus < psus),
    }


def too_small(said: Observations, minimum: int) -> Flags:
    """Where fewer than so many answered, have what is counted, lack it, or did not answer."""
    counted = said.cases >= 0
    n, cases, missing = (getattr(said, name).astype(np.int64) for name in ("n", "cases", "missing"))
    few = too_few(n, minimum) | (counted & too_few(cases, minimum))
    rest = counted & too_few(n - cases, minimum)
    silent = (n == 0) & too_few(missing, minimum)
    found: Flags = few | rest | silent
    return found


def unequal(moments: Moments) -> int:
    """How many totals are told with all of their parts and are another number.

    Asked of linear cells, whose respondents are each in one part.
    """
    dimensions = moments.dataflow.dimensions
    wrong = np.zeros(len(moments.linear), dtype=np.bool_)
    for at, dimension in enumerate(dimensions):
        if dimension.additive:
            total = [code.id for code in dimension.codes].index(TOTAL)
            wrong |= _unequal_along(moments, at, total)
    return int(wrong.sum())


def _unequal_along(moments: Moments, at: int, total: int) -> Flags:
    """Which totals of one dimension differ from the sum of their parts, shape (c,)."""
    said = moments.observations
    rest = np.delete(said.key, at, axis=1)
    group = np.unique(rest, axis=0, return_inverse=True)[1].reshape(-1)
    size = int(group.max()) + 1
    whole = said.key[:, at] == total
    closed = np.bincount(group, ~moments.linear, size) > 0
    parts = np.bincount(group, ~whole, size) > 0
    wrong = np.zeros(size, dtype=np.bool_)
    for column in (said.n.astype(np.float64), moments.weighted, moments.sums[:, 0]):
        wrong |= _apart(group, whole, np.nan_to_num(column), size)
    found: Flags = whole & (wrong & ~closed & parts)[group]
    return found


def _apart(group: Ints, whole: Flags, column: Floats, size: int) -> Flags:
    """Whether the total and the sum of parts of each group differ, shape (size,)."""
    of_whole = np.bincount(group, np.where(whole, column, 0.0), size)
    of_parts = np.bincount(group, np.where(whole, 0.0, column), size)
    scale = np.bincount(group, np.abs(column), size)
    found: Flags = np.abs(of_whole - of_parts) > CLOSE * scale
    found &= np.bincount(group, whole, size) > 0
    return found

"""From comparisons to what may be said of them: only where both of their numbers are published.

Where both are shown, anybody can subtract. Where one is not, the difference beside the other would
give it away. So a comparison brings no number of a cell: what it adds is the covariance of two
published estimates and how many PSUs both rest on.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.arrays import Codes, Ints
from cauce.model.comparison import Comparisons
from cauce.model.dataflow import Dataflow
from cauce.model.difference import Differences
from cauce.model.observation import Observations, Reliability

WORSE = (Reliability.RELIABLE, Reliability.WEAK)
"""The verdicts of published numbers, the better first."""


def differences(
    comparisons: Sequence[Comparisons], flows: Sequence[Observations]
) -> tuple[Differences, ...]:
    """The comparisons of published numbers, one table for each dataflow that has some."""
    found = []
    for flow in flows:
        own = [one for one in comparisons if one.dataflow.id == flow.dataflow.id]
        parts = [part for one in own for part in _cleared(one, flow)]
        if parts:
            found.append(joined(flow.dataflow, parts))
    return tuple(found)


def _cleared(of: Comparisons, flow: Observations) -> Iterator[Differences]:
    across, first_code, second_code = places(of, flow.dataflow)
    first, second = of.key.copy(), of.key.copy()
    first[:, across], second[:, across] = first_code, second_code
    one, two = published(flow, first), published(flow, second)
    kept = np.flatnonzero((one >= 0) & (two >= 0))
    if len(kept) == 0:
        return
    verdicts = [
        max(flow.reliability[a], flow.reliability[b], key=WORSE.index)
        for a, b in zip(one[kept].tolist(), two[kept].tolist(), strict=True)
    ]
    count = len(kept)
    yield Differences(
        dataflow=flow.dataflow,
        key=first[kept],
        across=np.full(count, across, dtype=np.int32),
        second=np.full(count, second_code, dtype=np.int32),
        difference=of.difference[kept],
        se=of.se[kept],
        ci_low=of.ci_low[kept],
        ci_high=of.ci_high[kept],
        covariance=of.covariance[kept],
        df=of.df[kept].astype(np.int32),
        common=of.common[kept].astype(np.int32),
        reliability=tuple(verdicts),
    )


def places(of: Comparisons, flow: Dataflow) -> tuple[int, int, int]:
    """The dimension a comparison is across, and the positions of its two codes there."""
    if isinstance(of.of, tuple):
        across, (second, first) = len(flow.dimensions) - 1, of.of
    else:
        across = [dimension.id for dimension in flow.dimensions].index(of.of.dimension)
        first, second = of.of.first, of.of.second
    codes = [code.id for code in flow.dimensions[across].codes]
    return across, codes.index(first), codes.index(second)


def published(flow: Observations, keys: Codes) -> Ints:
    """The row of each key among the observations, -1 where no number is published."""
    sizes = [len(dimension.codes) for dimension in flow.dataflow.dimensions]
    shown = np.flatnonzero(np.isfinite(flow.value))
    ours: Ints = np.ravel_multi_index(tuple(flow.key[shown].T), sizes)
    wanted: Ints = np.ravel_multi_index(tuple(keys.T), sizes)
    order = np.argsort(ours)
    if len(order) == 0:
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(ours[order], wanted), len(order) - 1)
    return np.where(ours[order][at] == wanted, shown[order[at]], -1)


def joined(flow: Dataflow, parts: Sequence[Differences]) -> Differences:
    """All of them together, in the order of their keys."""
    names = [name for name in Differences.__dataclass_fields__ if name not in ("dataflow",)]
    columns = {name: [getattr(part, name) for part in parts] for name in names}
    verdicts = [verdict for part in columns.pop("reliability") for verdict in part]
    arrays = {name: np.concatenate(part) for name, part in columns.items()}
    order = np.lexsort((arrays["second"], arrays["across"], *arrays["key"].T[::-1]))
    return Differences(
        dataflow=flow,
        **{name: array[order] for name, array in arrays.items()},
        reliability=tuple(verdicts[row] for row in order.tolist()),
    )

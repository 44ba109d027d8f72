"""Keys of observations as readers write them."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.store.series import Wanted, rows_of


def key_text(dataflow: Dataflow, row: list[int]) -> str:
    """The codes of all dimensions but the period, joined by dots."""
    dimensions = dataflow.dimensions[:-1]
    return ".".join(d.codes[row[j]].id for j, d in enumerate(dimensions))


def find(observations: Observations, key: str, period: str) -> int:
    """The row of a key; the latest period if none is named, the key may carry it at its end.

    Raises:
        BadInput: the key has other parts than the dataflow has dimensions, a code is not known, or
            there is no such observation.
    """
    flow = observations.dataflow
    codes = [part.strip() for part in key.split(".")]
    if len(codes) == len(flow.dimensions) and not period:
        period = codes.pop()
    names = [d.id for d in flow.dimensions[:-1]]
    if len(codes) != len(names):
        raise BadInput(
            f"The key has {len(codes)} parts; {flow.id} has {len(names)} dimensions: "
            f"{'.'.join(names)}."
        )
    periods = [code.id for code in flow.dimensions[-1].codes]
    wanted = [*codes, period or _latest(observations)]
    position = []
    for dimension, code in zip(flow.dimensions, wanted, strict=True):
        known = [c.id for c in dimension.codes]
        if code not in known:
            some = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
            raise BadInput(f"{dimension.id} of {flow.id} has no code {code[:40]}. It has: {some}.")
        position.append(known.index(code))
    rows = rows_at(observations, position)
    if len(rows) == 0:
        raise BadInput(
            f"{flow.id} has no observation {'.'.join(codes)[:200]} in "
            f"{periods[position[-1]]}: nobody in the sample is in this cell."
        )
    return int(rows[0])


def rows_at(observations: Observations, positions: Sequence[int | None]) -> Ints:
    """The rows with these positions in the lists of codes, None for any; ascending."""
    chosen = [None if at is None else (at,) for at in positions]
    return rows_of(observations, wanted_of(observations.dataflow, chosen))


def wanted_of(dataflow: Dataflow, chosen: Sequence[Sequence[int] | None]) -> Wanted:
    """Positions in the lists of codes, by dimension, as what is wanted of each; None for any."""
    wanted = {}
    for j, (dimension, codes) in enumerate(zip(dataflow.dimensions, chosen, strict=False)):
        if codes is not None:
            wanted[j] = np.zeros(len(dimension.codes), dtype=np.bool_)
            wanted[j][list(codes)] = True
    return wanted


def _latest(observations: Observations) -> str:
    last = int(observations.key[:, -1].max())
    return observations.dataflow.dimensions[-1].codes[last].id


def own_dimensions(dataflow: Dataflow) -> tuple[int, ...]:
    """The positions of the dimensions between INDICATOR and TIME_PERIOD."""
    return tuple(range(3, len(dataflow.dimensions) - 1))

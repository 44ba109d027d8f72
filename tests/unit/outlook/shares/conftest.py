"""Histories small enough to know by heart."""

from collections.abc import Sequence

import numpy as np

from cauce.model.history import History


def history(
    values: Sequence[Sequence[float]],
    years: Sequence[float] | None = None,
    sample: float = 10_000,
    standards: Sequence[str] | None = None,
    complete: bool = True,
) -> History:
    """Values by wave, as from a simple random sample of so many people."""
    value = np.array(values, dtype=float)
    share = value / np.nansum(value, axis=1, keepdims=True)
    waves, cells = value.shape
    se = np.sqrt(share * (1 - share) / sample) * np.nansum(value, axis=1, keepdims=True)
    return History(
        dimensions=("OCU",),
        cells=tuple((str(one),) for one in range(cells)),
        years=np.array(years if years is not None else range(2010, 2010 + waves), dtype=float),
        value=value,
        se=se,
        n=np.where(np.isfinite(value), np.round(share * sample), -1).astype(np.int32),
        standards=tuple(standards) if standards is not None else ("ISCO-08",) * waves,
        complete=complete,
    )

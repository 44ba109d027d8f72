"""Codes that an earlier vintage still tells and the list no longer has."""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.retained import Retained

PERIOD = "TIME_PERIOD"


def check_recoded(flows: Sequence[Observations], retained: Sequence[Retained]) -> None:
    """Raises BadInput where a period is told by other codes in a vintage that stays public.

    A region that was split is the sum of its parts for anybody who has a map: set against the new
    codes its count gives a small part away. What is a sum of what is not ours to guess.
    """
    now = {one.dataflow.id: one for one in flows}
    for vintage in retained:
        for flow in vintage.flows:
            if flow.dataflow.id not in now:
                continue
            for name, codes in _gone(now[flow.dataflow.id], flow):
                raise BadInput(
                    f"The vintage {vintage.vintage} of {flow.dataflow.id}, which is still public, "
                    f"tells a period of this release by {name} = {', '.join(codes)}, and the list "
                    "no longer has that. Set against the new codes it could give small ones away. "
                    "Withdraw that vintage first (cauce withdraw), or keep its codes."
                )


def _gone(new: Observations, old: Observations) -> Iterator[tuple[str, list[str]]]:
    """Dimensions that add up, with the codes of published old numbers that they do not have."""
    names = [one.id for one in old.dataflow.dimensions]
    at = names.index(PERIOD)
    known = {one.id: {code.id for code in one.codes} for one in new.dataflow.dimensions}
    last = [code.id for code in new.dataflow.dimensions[-1].codes]
    periods = {last[row] for row in np.unique(new.key[:, -1]).tolist()}
    codes_at = [code.id for code in old.dataflow.dimensions[at].codes]
    same = np.array([codes_at[row] in periods for row in old.key[:, at].tolist()], dtype=bool)
    rows = same & (np.isfinite(old.value) | (old.n >= 0))
    for column, one in enumerate(old.dataflow.dimensions):
        if one.additive and one.id in known:
            used = {one.codes[row].id for row in np.unique(old.key[rows, column]).tolist()}
            if gone := sorted(used - known[one.id]):
                yield one.id, gone

"""Codes that an earlier vintage still tells and the list no longer has."""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.codelist import TOTAL
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.retained import Retained

PERIOD = "TIME_PERIOD"
Heirs = dict[tuple[str, str], tuple[str, ...]]
"""For a dimension and a code that its list no longer has, the codes of today it is made of."""


def heirs(now: Dataflow, then: Dataflow) -> Heirs:
    """What codes that are gone are made of: those that stand under them in the list of today.

    Where a single code is gone it is made of all that are new.
    """
    today = {one.id: one.codes for one in now.dimensions if one.additive}
    found: Heirs = {}
    for old in then.dimensions:
        codes = today.get(old.id, old.codes)
        ids, before = {one.id for one in codes}, {one.id for one in old.codes} - {TOTAL}
        gone, new = sorted(before - ids), tuple(one.id for one in codes if one.id not in before)
        for code in gone:
            under = tuple(one.id for one in codes if one.parent == code)
            if under or len(gone) == 1:
                found[old.id, code] = under or tuple(one for one in new if one != TOTAL)
    return found


def check_recoded(flows: Sequence[Observations], retained: Sequence[Retained]) -> None:
    """Raises BadInput where a vintage tells a period by codes of which nobody says what they are.

    A region that was split is the sum of its parts for anybody who has a map: set against the new
    codes its count gives a small part away. Where the list says of what a code is made, that is
    told to the attacker; what is a sum of what is not ours to guess.
    """
    now = {one.dataflow.id: one for one in flows}
    for vintage in retained:
        for flow in vintage.flows:
            if flow.dataflow.id not in now:
                continue
            known = heirs(now[flow.dataflow.id].dataflow, flow.dataflow)
            for name, codes in _gone(now[flow.dataflow.id], flow):
                if lost := [code for code in codes if not known.get((name, code))]:
                    raise BadInput(_said(vintage, flow.dataflow.id, name, lost))


def _said(vintage: Retained, flow: str, name: str, codes: Sequence[str]) -> str:
    public = "which was public once" if vintage.gone else "which is still public"
    return (
        f"The vintage {vintage.vintage} of {flow}, {public}, tells a period of this release by "
        f"{name} = {', '.join(codes)}, and the list no longer has that. Set against the new codes "
        "it could give small ones away. Say in the list of what it is made, by the parent of the "
        "new codes, or keep its codes."
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

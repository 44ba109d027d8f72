"""The last look at observations before they are written: withheld means that nothing is said."""

from collections.abc import Sequence

import numpy as np

from cauce.model.dataflow import ADMITTED
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, Observations, ObsStatus
from cauce.store.table import COUNTS, NUMBERS, WORDS

TIME = "TIME_PERIOD"


def check_flow(flow: Observations) -> None:
    """Raises BadInput if the observations are none, have a key twice, or say what is withheld."""
    name = flow.dataflow.id
    dimensions = [dimension.id for dimension in flow.dataflow.dimensions]
    if not len(flow.value):
        raise BadInput(f"{name} has no observation to publish.")
    if dimensions[-1:] != [TIME]:
        raise BadInput(f"The last dimension of {name} must be {TIME}.")
    if taken := {*NUMBERS, *COUNTS, *WORDS}.intersection(dimensions):
        raise BadInput(f"{name} has dimensions named as its measures: {', '.join(sorted(taken))}.")
    if twice := len(flow.key) - len(np.unique(flow.key, axis=0)):
        raise BadInput(f"{name} has {twice} observations whose key another one has, too.")
    _check_withheld(flow)
    if flow.dataflow.method.var_method != ADMITTED:
        _check_alike(flow)


def _check_alike(flow: Observations) -> None:
    """Raises BadInput if what is withheld as confidential can be told apart by its words."""
    every = zip(flow.conf_status, flow.obs_status, flow.reliability, flow.rule, strict=True)
    told = {words for words in every if words[0] is not ConfStatus.FREE}
    narrow = {words[0] for words in told} - {ConfStatus.CONFIDENTIAL}
    if narrow or len(told) > 1:
        raise BadInput(
            f"{flow.dataflow.id} says of withheld observations why each is withheld, and so which "
            "are for their own sake. Nothing was published."
        )


def _check_withheld(flow: Observations) -> None:
    closed = np.array(
        [
            conf is not ConfStatus.FREE or status is ObsStatus.SUPPRESSED
            for conf, status in zip(flow.conf_status, flow.obs_status, strict=True)
        ]
    )
    said = np.zeros(len(closed), dtype=np.bool_)
    for column in NUMBERS.values():
        said |= np.isfinite(getattr(flow, column))
    for column in COUNTS.values():
        said |= getattr(flow, column) >= 0
    if count := int((closed & said).sum()):
        raise BadInput(
            f"{flow.dataflow.id} has {count} withheld observations with a number beside them. "
            "Nothing was published."
        )
    infinite = sum(int(np.isinf(getattr(flow, column)).sum()) for column in NUMBERS.values())
    if infinite:
        raise BadInput(f"{flow.dataflow.id} has {infinite} infinite numbers. It is not published.")


def check_differences(differences: Differences, flows: Sequence[Observations]) -> None:
    """Raises BadInput if a number that is not published stands behind a difference."""
    name = differences.dataflow.id
    flow = next((flow for flow in flows if flow.dataflow.id == name), None)
    if flow is None or flow.dataflow != differences.dataflow:
        raise BadInput(f"There are differences of {name}, and no such observations beside them.")
    shown = set(map(tuple, flow.key[np.isfinite(flow.value)].tolist()))
    other = differences.key.copy()
    other[np.arange(len(other)), differences.across] = differences.second
    both = zip(map(tuple, differences.key.tolist()), map(tuple, other.tolist()), strict=True)
    if count := sum(not {one, two} <= shown for one, two in both):
        raise BadInput(
            f"{name} has {count} differences of numbers that are not published. Nothing was "
            "published."
        )

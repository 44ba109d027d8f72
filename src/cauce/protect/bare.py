"""Observations of numbers that come without a sample: no error of a design, no counts."""

from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Codes, Floats
from cauce.model.dataflow import Dataflow
from cauce.model.observation import ConfStatus, Observations, ObsStatus, Reliability


def bare(
    dataflow: Dataflow,
    key: Codes,
    value: Floats,
    obs_status: Sequence[ObsStatus],
    conf_status: Sequence[ConfStatus],
    reliability: Sequence[Reliability],
    rule: Sequence[str],
    theirs: tuple[tuple[str, ...], ...] = (),
) -> Observations:
    """The observations, their errors and counts unknown, which is not the same as 0.

    Shapes as in `Observations`.
    """
    unknown: Floats = np.full(len(value), np.nan)
    uncounted: Codes = np.full(len(value), -1, dtype=np.int32)
    return Observations(
        dataflow=dataflow,
        key=key,
        value=value,
        se=unknown,
        cv=unknown,
        ci_low=unknown,
        ci_high=unknown,
        deff=unknown,
        ess=unknown,
        df=uncounted,
        n=uncounted,
        cases=uncounted,
        missing=uncounted,
        psus=uncounted,
        strata=uncounted,
        obs_status=tuple(obs_status),
        conf_status=tuple(conf_status),
        reliability=tuple(reliability),
        rule=tuple(rule),
        theirs=theirs,
    )

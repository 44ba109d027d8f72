"""Intervals from replicates made here cover the truth as often as they say."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import cube, design_of
from cauce.model.drawn import Drawn
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score

pytestmark = pytest.mark.prove

DRAWS = 1000
STRATA, PSUS, DRAWN_PSUS, PEOPLE = 15, 200, 4, 10
WAYS = {
    "jackknife": Replicates(made="jkn"),
    "bootstrap": Replicates(made="bootstrap", count=200, seed=1),
}


def test_intervals_of_made_replicates_cover_the_truth() -> None:
    """95 % of 1,000 draws of 60 PSUs, give or take what chance and small samples take."""
    random = np.random.default_rng(20261128)
    level = random.normal(0, 0.5, (STRATA, 1, 1)) + random.normal(0, 0.4, (STRATA, PSUS, 1))
    amount = np.exp(level + random.normal(0, 0.5, (STRATA, PSUS, PEOPLE)))
    low = amount < 0.6
    truth = {"total": amount.sum(), "mean": amount.mean(), "rate": low.mean()}
    stratum = np.repeat(np.arange(STRATA), DRAWN_PSUS * PEOPLE)
    psu = np.repeat(np.arange(STRATA * DRAWN_PSUS), PEOPLE)
    design = design_of(Drawn(stratum, psu, np.full(len(psu), PSUS / DRAWN_PSUS)))
    everyone = np.ones(len(psu), dtype=np.bool_)
    covered = {name: np.zeros(len(truth)) for name in WAYS}
    for draw in range(DRAWS):
        chosen = np.argsort(random.random((STRATA, PSUS)), axis=1)[:, :DRAWN_PSUS]
        y, u = (
            values[np.arange(STRATA)[:, None], chosen].reshape(-1).astype(np.float64)
            for values in (amount, low)
        )
        scores = [
            Score("total", everyone, y, None, 0, True, "total"),
            Score("mean", everyone, y, None, 0, True, "mean"),
            Score("rate", everyone, u, None, 0, False, "rate"),
        ]
        for name, said in WAYS.items():
            own = replace(design, replication=Replication(replace(said, seed=draw)))
            (found,) = cube(own, [], [], [()], scores)
            for s, what in enumerate(truth):
                covered[name][s] += found.ci_low[0, s] <= truth[what] <= found.ci_high[0, s]
    for name, counts in covered.items():
        shares = counts / DRAWS
        told = ", ".join(f"{what} {c:.1%}" for what, c in zip(truth, shares, strict=True))
        sys.stdout.write(f"{name}: {told}\n")
        assert ((shares >= 0.925) & (shares <= 0.97)).all()

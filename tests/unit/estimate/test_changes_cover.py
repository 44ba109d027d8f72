"""Thirty draws of a small country: intervals of changes hold the truth about as often as told.

The slow proof is `tests/prove/test_coverage_of_distributions.py`; this one finds gross mistakes.
"""

import numpy as np

from cauce.estimate import change, design_from_labels
from cauce.model.arrays import Floats
from cauce.model.sample import Sample, Score

from .test_comparisons import BENT
from .test_tables import flow

DRAWS, STRATA, PSUS, PEOPLE = 30, 8, 30, 12
ASKED = [one for one in BENT if one.id in ("GINI", "MEDIAN", "LOW")]


def country(chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Pay in two waves, shape (strata, PSUs, people): who earned more does so again."""
    place = chance.normal(0, 0.3, (STRATA, PSUS, 1)) + np.arange(STRATA).reshape(-1, 1, 1) / 10
    own = chance.normal(0, 0.5, (STRATA, PSUS, PEOPLE))
    later = 0.7 * own + chance.normal(0.05, 0.4, own.shape)
    return np.exp(place + own), np.exp(place + later)


def wave(period: str, pay: Floats, drawn: list[np.ndarray]) -> Sample:
    y = np.concatenate([pay[h, psus].ravel() for h, psus in enumerate(drawn)])
    stratum = np.repeat(np.arange(STRATA), [len(psus) * PEOPLE for psus in drawn])
    psu = np.repeat(np.concatenate([h * PSUS + psus for h, psus in enumerate(drawn)]), PEOPLE)
    size = np.full(len(y), float(PSUS))
    weight = np.repeat([PSUS / len(psus) for psus in drawn], [len(p) * PEOPLE for p in drawn])
    everyone = np.ones(len(y), dtype=np.bool_)
    scores = tuple(Score(one.id, everyone, y, None, 0, True, one.estimator) for one in ASKED)
    return Sample(period, design_from_labels(stratum, psu, weight, size), {}, scores)


def truth(pay: Floats) -> Floats:
    y = np.sort(pay.ravel())
    rank = np.arange(1, len(y) + 1)
    gini = ((2 * rank - len(y) - 1) * y).sum() / (len(y) * y.sum())
    median = y[(len(y) - 1) // 2]
    return np.array([gini, median, (y < 2 / 3 * median).mean()])


def test_intervals_of_changes_hold_the_truth_about_as_often_as_told() -> None:
    chance = np.random.default_rng(4)
    before, after = country(chance)
    true, covered = truth(after) - truth(before), np.zeros(3)
    table = flow("F", [], ASKED)
    for _ in range(DRAWS):
        order = [chance.permutation(PSUS) for _ in range(STRATA)]
        # Six of eight PSUs of a stratum are in both waves.
        waves = (
            wave("2019", before, [psus[:8] for psus in order]),
            wave("2020", after, [psus[2:10] for psus in order]),
        )
        (found,) = change(*waves, [table])
        covered += (found.ci_low <= true) & (true <= found.ci_high)
    assert (covered / DRAWS >= 0.85).all(), covered
    # Much of a median's error is in both waves, and falls out of the change.
    (apart,) = change(*waves, [table], new_psus=True)
    assert found.se[1] < 0.9 * apart.se[1]

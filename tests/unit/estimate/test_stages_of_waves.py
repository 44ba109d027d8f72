"""Waves of samples drawn in two stages: what they have in common, and a year made of them."""

from typing import Any

import numpy as np
import pytest
from tests.unit.estimate.multistage import Level, covariance, variance

from cauce.estimate import cube, design_of, pooled
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.estimate.changes import common_line
from cauce.estimate.covariances import covariance as covariance_of
from cauce.estimate.deviations import deviations
from cauce.estimate.grouping import group
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.drawn import Drawn, DrawnStage
from cauce.model.sample import Sample, Score

pytestmark = pytest.mark.usefixtures("uncompiled")

# Three PSUs of a stratum of nine, each with four of ten dwellings, two of them in both waves.
PSU = np.repeat([1, 2, 3], 4)
FIRST, SECOND = np.tile(["a", "b", "c", "d"], 3), np.tile(["c", "d", "e", "f"], 3)
N, M = np.full(12, 9.0), np.full(12, 10.0)
BEFORE = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
AFTER = np.array([9.0, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4])


def wave(dwellings: np.ndarray, **more: Any) -> Design:
    own = {"fpc": N, "stages": (DrawnStage(dwellings, None, M),)} | more
    return design_of(Drawn(np.zeros(12, dtype=int), PSU, np.full(12, 5.0), **own))


def both(after: Design, before: Design, **more: Any) -> float:
    """The covariance of the totals of two waves."""
    line = common_line(after, before, **more)
    everyone = np.zeros(24, dtype=np.int32)
    side = np.repeat([0, 1], 12).astype(np.int32)
    y = np.concatenate([AFTER, BEFORE])
    score = Score("y", np.ones(24, dtype=np.bool_), y, None, 0, True, "total")
    grouping = group([everyone], [1], (0,), 24)
    found, common = covariance_of(line, grouping, side, score)
    by_deviation = np.bincount(
        everyone,
        np.where(side == 0, 5 * y, 0) * deviations(line, grouping, np.where(side == 1, 5 * y, 0)),
    )
    assert by_deviation == pytest.approx(found)
    assert common.tolist() == [0 if more.get("new_psus") else 3]
    return float(found[0])


def one(*parts: np.ndarray) -> list[Level]:
    """The levels of a wave by PSU and dwelling."""
    unit = np.unique(np.char.add(PSU.astype(str), parts[0]), return_inverse=True)[1]
    return [(np.zeros(12, dtype=int), PSU, N), (PSU, unit, M)]


def test_waves_with_the_same_dwellings_covary_as_two_answers_of_one_wave() -> None:
    found = both(wave(FIRST), wave(FIRST))
    assert found == pytest.approx(covariance(5 * AFTER, 5 * BEFORE, one(FIRST)))


def test_dwellings_in_both_waves_bring_the_covariance_of_their_stage() -> None:
    """By hand: 3 / 9 of PSUs, and 2 / 1 (1 - 4 x 4 / (2 x 10)) of the two dwellings in common."""
    first = covariance(5 * AFTER, 5 * BEFORE, [(np.zeros(12, dtype=int), PSU, N)])
    second = 0.0
    for c in (1, 2, 3):
        # The last two of the earlier wave are the first two of the later one.
        a, b = 5 * AFTER[c == PSU][:2], 5 * BEFORE[c == PSU][2:]
        second += 3 / 9 * 2 * (1 - 16 / 20) * ((a - a.mean()) * (b - b.mean())).sum()

    assert both(wave(SECOND), wave(FIRST)) == pytest.approx(first + second)


def test_without_rates_only_psus_bring_a_covariance() -> None:
    unknown = {"fpc": None}
    assert both(wave(FIRST, **unknown), wave(FIRST, **unknown)) == pytest.approx(
        covariance(5 * AFTER, 5 * BEFORE, [(np.zeros(12, dtype=int), PSU, np.full(12, np.inf))])
    )


def test_dwellings_that_are_all_new_bring_nothing() -> None:
    new = np.tile(["p", "q", "r", "s"], 3)
    first = covariance(5 * AFTER, 5 * BEFORE, [(np.zeros(12, dtype=int), PSU, N)])
    assert both(wave(new), wave(FIRST)) == pytest.approx(first)


def test_a_survey_with_new_psus_has_nothing_in_common() -> None:
    assert both(wave(FIRST), wave(FIRST), new_psus=True) == 0


def sample(design: Design, y: np.ndarray) -> Sample:
    score = Score("y", np.ones(12, dtype=np.bool_), y, None, 0, True, "total")
    return Sample("1", design, {}, (score,))


def year(*waves: Sample) -> float:
    whole = pooled(waves, "year")
    return float(cube(whole.design, [], [], [()], whole.scores)[0].se[0, 0] ** 2)


def test_a_year_of_the_same_dwellings_is_the_variance_of_their_means() -> None:
    found = year(sample(wave(FIRST), BEFORE), sample(wave(FIRST), AFTER))
    assert found == pytest.approx(variance(5 * (BEFORE + AFTER) / 2, one(FIRST)))


def test_in_a_year_dwellings_stand_beside_those_of_the_same_waves() -> None:
    """Of six dwellings in a PSU two were in the one wave, two in both, two in the other."""
    z = np.concatenate([5 * BEFORE / 2, 5 * AFTER / 2])
    psu = np.tile(PSU, 2)
    name = np.char.add(psu.astype(str), np.concatenate([FIRST, SECOND]))
    dwelling = np.unique(name, return_inverse=True)[1]
    group_of = {"a": 0, "b": 0, "c": 1, "d": 1, "e": 2, "f": 2}
    layer = psu * 10 + np.array([group_of[label[-1]] for label in name.tolist()])
    levels = [
        (np.zeros(24, dtype=int), psu, np.tile(N, 2)),
        (layer, dwelling, np.full(24, 10 * 2 / 6)),
    ]

    found = year(sample(wave(FIRST), BEFORE), sample(wave(SECOND), AFTER))

    assert found == pytest.approx(variance(z, levels))


def test_a_year_of_waves_without_counts_has_ultimate_clusters() -> None:
    stages = (DrawnStage(FIRST),)
    found = year(sample(wave(FIRST, stages=stages), BEFORE), sample(wave(FIRST), AFTER))
    plain = year(sample(wave(FIRST, fpc=None), BEFORE), sample(wave(FIRST, fpc=None), AFTER))
    assert found > 0
    assert plain == pytest.approx(
        variance(5 * (BEFORE + AFTER) / 2, [(np.zeros(12, dtype=int), PSU, np.full(12, np.inf))])
    )


def test_a_calibrated_wave_covaries_with_itself_as_its_error_says() -> None:
    """Residuals of the margins at both stages."""
    codes = np.tile([0, 1, 1, 0, 1, 0], 2)
    target = Target("A", codes, ("0", "1"), np.array([35.0, 27.0]))
    raised = calibrate(wave(FIRST), [target], Distance("raking")).design
    score = Score("y", np.ones(24, dtype=np.bool_), np.tile(AFTER, 2), None, 0, True, "total")
    everyone = group([np.zeros(24, dtype=np.int32)], [1], (0,), 24)
    side = np.repeat([0, 1], 12).astype(np.int32)

    found, _ = covariance_of(common_line(raised, raised), everyone, side, score)

    own = Score("y", np.ones(12, dtype=np.bool_), AFTER, None, 0, True, "total")
    total = cube(raised, [], [], [()], [own])[0]
    plain = cube(wave(FIRST), [], [], [()], [own])[0]
    assert found[0] == pytest.approx(total.se[0, 0] ** 2)
    assert total.se[0, 0] != pytest.approx(plain.se[0, 0], rel=1e-3)

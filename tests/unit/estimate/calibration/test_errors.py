"""Errors after calibration: by hand, and the sums over PSUs held against residuals written out."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.estimate import cube, residual_moments
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.estimate.changes import common_line
from cauce.estimate.covariances import covariance, line_of
from cauce.estimate.deviations import deviations
from cauce.estimate.grouping import group
from cauce.estimate.regression import stacked
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Floats
from cauce.model.calibration import Distance
from cauce.model.design import Design, SinglePsu
from cauce.model.sample import Score

pytestmark = pytest.mark.usefixtures("uncompiled")


def sample(policy: SinglePsu = "refuse", shuffled: bool = False) -> tuple[Design, Design, Floats]:
    """60 people in 4 strata and 13 PSUs before and after raking, and their margins."""
    rng = np.random.default_rng(10)
    psu = np.repeat(np.arange(13), 5)[:60]
    stratum = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3])[psu]
    if policy == "average":
        stratum = np.where(psu == 0, 4, stratum)
    weight = rng.uniform(5, 20, 60)
    codes, other = rng.integers(0, 3, 60), rng.integers(0, 2, 60)
    if shuffled:
        order = rng.permutation(60)
        stratum, psu, weight, codes, other = (
            own[order] for own in (stratum, psu, weight, codes, other)
        )
    drawn = Design(stratum, psu, weight, single_psu=policy)
    totals = np.bincount(codes, weight) * np.array([1.2, 0.9, 1.0])
    halves = np.array([0.55, 0.45]) * totals.sum()
    targets = [
        Target("A", codes, ("0", "1", "2"), totals),
        Target("B", other, ("0", "1"), halves),
    ]
    x = np.concatenate([np.eye(3)[codes], np.eye(2)[other]], axis=1)
    return drawn, calibrate(drawn, targets, Distance("raking")).design, x


def left(drawn: Design, after: Design, x: Floats, z: Floats) -> Floats:
    """Residuals of z, times the weights after calibration."""
    root = np.sqrt(drawn.weight)
    slope = np.linalg.lstsq(x * root[:, None], z * root, rcond=None)[0]
    return after.weight * (z - x @ slope)


def variance(design: Design, e: Floats, f: Floats) -> float:
    """v(e, f) by its definition."""
    found = 0.0
    for h in np.unique(design.stratum):
        here = design.stratum == h
        _, unit = np.unique(design.psu[here], return_inverse=True)
        one, other = np.bincount(unit, e[here]), np.bincount(unit, f[here])
        n = len(one)
        if n > 1:
            found += n / (n - 1) * ((one - one.mean()) * (other - other.mean())).sum()
    return float(found)


Y = np.random.default_rng(11).normal(5, 2, 60)
CELL = np.random.default_rng(12).integers(0, 4, 60).astype(np.int32)
EVERYONE = np.ones(60, dtype=np.bool_)


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("held", [2**22, 1])
def test_a_total_errs_by_its_residuals_in_every_cell(
    shuffled: bool, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(residual_moments, "MOST_HELD", held)
    drawn, after, x = sample(shuffled=shuffled)
    score = Score("y", EVERYONE, Y, None, 0, True, "total")
    (found,) = cube(after, [CELL], [4], [(0,)], [score])

    for c in range(4):
        e = left(drawn, after, x, np.where(c == CELL, Y, 0.0))
        assert found.se[c, 0] ** 2 == pytest.approx(variance(drawn, e, e), rel=1e-10)


def test_a_mean_far_from_the_others_keeps_its_digits() -> None:
    """A cell a million times above the others is walked again around its own mean."""
    drawn, after, x = sample()
    y = np.where(CELL == 0, 1e6 + Y, Y)
    (found,) = cube(after, [CELL], [4], [(0,)], [Score("y", EVERYONE, y, None, 0, True, "mean")])

    for c in range(4):
        people = after.weight[c == CELL].sum()
        z = np.where(c == CELL, y - np.average(y[c == CELL], weights=after.weight[c == CELL]), 0.0)
        e = left(drawn, after, x, z / people)
        assert found.se[c, 0] ** 2 == pytest.approx(variance(drawn, e, e), rel=1e-8)


def test_what_the_margins_say_has_no_error() -> None:
    _, after, x = sample()
    inside = x[:, 1] == 1
    scores = [
        Score("people", inside, np.ones(60), None, 0, False, "total"),
        Score("rate", EVERYONE, x[:, 1], None, 0, False, "rate"),
    ]
    (found,) = cube(after, [], [], [()], scores)

    assert found.se[0].tolist() == [0.0, 0.0]


def test_strata_of_one_psu_count_as_the_others_do_in_the_whole_sample() -> None:
    drawn, after, x = sample("average")
    score = Score("y", CELL == 1, Y, None, 0, True, "total")
    (found,) = cube(after, [], [], [()], [score])

    e = left(drawn, after, x, np.where(CELL == 1, Y, 0.0))
    assert found.se[0, 0] ** 2 == pytest.approx(5 / 4 * variance(drawn, e, e), rel=1e-10)


@pytest.mark.parametrize("policy", ["refuse", "average"])
def test_deviations_bring_the_covariance_of_residuals(policy: SinglePsu) -> None:
    drawn, after, x = sample(policy)
    sweep, grouping = Sweep(after), group([CELL], [4], (0,), 60)
    a, z = np.cos(Y), np.sin(Y)
    factor = 5 / 4 if policy == "average" else 1.0
    whole = (after.weight * a * sweep.deviations(after.weight * z)).sum()
    by_cell = np.bincount(CELL, after.weight * a * sweep.deviations(after.weight * z, grouping), 4)
    on_line = np.bincount(
        CELL, after.weight * a * deviations(line_of(sweep.rows), grouping, after.weight * z), 4
    )

    e, f = (left(drawn, after, x, own) for own in (a, z))
    assert whole == pytest.approx(factor * variance(drawn, e, f), rel=1e-9)
    for c in range(4):
        e, f = (left(drawn, after, x, np.where(c == CELL, own, 0.0)) for own in (a, z))
        assert by_cell[c] == pytest.approx(factor * variance(drawn, e, f), rel=1e-9)
    assert on_line == pytest.approx(by_cell, rel=1e-9)


@pytest.mark.parametrize("estimator", ["total", "mean", "ratio"])
def test_two_sides_of_a_cell_have_the_covariance_of_residuals(estimator: str) -> None:
    drawn, after, x = sample("average")
    side = np.random.default_rng(13).integers(-1, 2, 60).astype(np.int32)
    under = np.exp(Y / 9) if estimator == "ratio" else np.ones(60)
    score = Score("y", EVERYONE, Y, under if estimator == "ratio" else None, 0, True, estimator)  # type: ignore[arg-type]
    found, _ = covariance(line_of(Sweep(after).rows), group([CELL], [4], (0,), 60), side, score)

    for c in range(4):
        parts = []
        for s in (0, 1):
            here = (c == CELL) & (side == s)
            z = np.where(here, Y, 0.0)
            if estimator != "total":
                w = np.where(here, after.weight, 0.0)
                z = np.where(here, Y - (w @ Y) / (w @ under) * under, 0.0) / (w @ under)
            parts.append(left(drawn, after, x, z))
        assert found[c] == pytest.approx(5 / 4 * variance(drawn, *parts), rel=1e-9)


def test_samples_whose_weights_are_as_drawn_bring_no_margins() -> None:
    drawn, after, _ = sample()
    both = stacked([(None, 60), (after.residuals, 60)])

    assert stacked([(None, 60), (None, 2)]) is None
    assert both is not None
    joint = replace(
        drawn,
        stratum=np.concatenate([drawn.stratum, drawn.stratum + 4]),
        psu=np.concatenate([drawn.psu, drawn.psu + 13]),
        weight=np.concatenate([drawn.weight, after.weight]),
        residuals=both,
    )
    score = Score("y", np.tile(EVERYONE, 2), np.tile(Y, 2), None, 0, True, "total")
    (found,) = cube(joint, [np.repeat([0, 1], 60).astype(np.int32)], [2], [(0,)], [score])
    alone = [
        cube(own, [], [], [()], [Score("y", EVERYONE, Y, None, 0, True, "total")])[0].se[0, 0]
        for own in (drawn, after)
    ]
    assert found.se[:, 0] == pytest.approx(alone, rel=1e-10)


def test_two_waves_have_the_covariance_of_the_residuals_of_each() -> None:
    """The same PSUs in both; the earlier wave has other amounts and was not calibrated."""
    drawn, after, x = sample()
    labels = tuple(map(str, range(4))), tuple(map(str, range(13)))
    waves = [replace(own, stratum_labels=labels[0], psu_labels=labels[1]) for own in (after, drawn)]
    line = common_line(*waves)
    side = np.repeat(np.array([0, 1], dtype=np.int32), 60)
    score = Score("y", np.tile(EVERYONE, 2), np.concatenate([Y, Y**2]), None, 0, True, "total")
    found, common = covariance(line, group([np.tile(CELL, 2)], [4], (0,), 120), side, score)

    assert common.max() > 0
    for c in range(4):
        e = left(drawn, after, x, np.where(c == CELL, Y, 0.0))
        f = drawn.weight * np.where(c == CELL, Y**2, 0.0)
        assert found[c] == pytest.approx(variance(drawn, e, f), rel=1e-9)

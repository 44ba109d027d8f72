"""Laws of calibrated weights and of the errors they leave, whatever the sample."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.estimate import Target, calibrate, cube
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.sample import Score

DISTANCES = st.sampled_from(
    [Distance("raking"), Distance("linear", 0.05, 20), Distance("logit", 0.05, 20)]
)


@st.composite
def samples(draw: st.DrawFn) -> tuple[Design, list[Target], np.ndarray]:
    """Two margins that some weights meet: those drawn, moved by up to 40 % either way."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(30, 120))
    stratum = np.sort(rng.integers(0, 3, n))
    psu = stratum * 10 + np.arange(n) % 4
    weight = rng.uniform(5, 20, n)
    meant = weight * rng.uniform(0.6, 1.4, n)
    targets = []
    for name, size in (("A", draw(st.integers(2, 5))), ("B", draw(st.integers(2, 4)))):
        codes = rng.integers(0, size, n)
        totals = np.bincount(codes, meant, size)
        targets.append(Target(name, codes, tuple(map(str, range(size))), totals))
    return Design(stratum, psu, weight, single_psu="certainty"), targets, rng.normal(10, 3, n)


def error(design: Design, y: np.ndarray, inside: np.ndarray | None = None) -> float:
    who = np.ones(len(y), dtype=np.bool_) if inside is None else inside
    (found,) = cube(design, [], [], [()], [Score("y", who, y, None, 0, True, "total")])
    return float(found.se[0, 0])


@settings(deadline=None, max_examples=60)
@given(samples(), DISTANCES)
def test_every_total_is_met(sample, distance) -> None:
    design, targets, _ = sample
    weight = calibrate(design, targets, distance).design.weight
    for target in targets:
        sums = np.bincount(target.codes, weight, len(target.labels))
        assert sums == pytest.approx(target.totals, rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(samples(), DISTANCES)
def test_calibrating_again_changes_nothing(sample, distance) -> None:
    design, targets, _ = sample
    once = calibrate(design, targets, distance).design
    again = calibrate(replace(once, residuals=None), targets, distance)
    assert again.factor == pytest.approx(np.ones(len(once.weight)), rel=1e-9)


@settings(deadline=None, max_examples=60)
@given(samples(), st.floats(0.01, 100))
def test_raked_weights_do_not_care_about_the_scale_of_those_before(sample, scale) -> None:
    design, targets, y = sample
    found = calibrate(design, targets, Distance()).design
    other = calibrate(replace(design, weight=design.weight * scale), targets, Distance()).design
    assert other.weight == pytest.approx(found.weight, rel=1e-8)
    assert error(other, y) == pytest.approx(error(found, y), rel=1e-7)


@settings(deadline=None, max_examples=60)
@given(samples(), DISTANCES, st.floats(-5, 5))
def test_an_error_does_not_change_with_what_the_margins_know(sample, distance, part) -> None:
    """What is added by codes of a margin has a known total, and takes part in no error."""
    design, targets, y = sample
    found = calibrate(design, targets, distance).design
    known = part * (targets[0].codes + 1.0)
    assert error(found, known) <= 1e-6 * abs(float(found.weight @ known))
    assert error(found, y + known) == pytest.approx(error(found, y), rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(samples())
def test_post_strata_are_multiplied_each_by_what_it_lacks(sample) -> None:
    design, targets, _ = sample
    found = calibrate(design, targets[:1], Distance("linear")).factor
    sums = np.bincount(targets[0].codes, design.weight, len(targets[0].labels))
    assert found == pytest.approx((targets[0].totals / np.maximum(sums, 1e-9))[targets[0].codes])

"""From moments to estimates: the same as from the respondents, bit by bit."""

from dataclasses import replace

import numpy as np
import pytest
from tests.federated import NUMBERS, at, flow_of, made, same, survey_of

from cauce.estimate import confirmed, told_by
from cauce.estimate.calibration.targets import Target
from cauce.estimate.calibration.weights import calibrate
from cauce.model.calibration import Distance
from cauce.model.moments import SUMS
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Sample
from cauce.protect import check_received


@pytest.mark.parametrize("single_psu", ["refuse", "average", "adjust"])
def test_a_release_from_moments_is_the_release_from_rows(single_psu) -> None:
    found = made(survey_of(single_psu=single_psu), flow_of(single_psu=single_psu))
    assert found.moments.linear.sum() > 20
    same(told_by(found.moments), found.release.flows[0])


def test_what_is_no_total_or_ratio_is_told_as_it_is_published() -> None:
    found = made(survey_of())
    row = at(found.moments, INDICATOR="GINI")
    assert not found.moments.linear[row]
    assert np.isfinite(found.moments.observations.value[row])
    assert np.isnan(found.moments.sums[row]).all()


def test_only_what_an_estimator_is_made_of_is_sent() -> None:
    found = made(survey_of()).moments
    names = {
        name: [one for one, there in zip(SUMS, np.isfinite(found.sums[row]), strict=True) if there]
        for name in ("POP", "RATE", "PAY", "COST")
        for row in [at(found, INDICATOR=name)]
    }
    assert names["POP"] == ["y", "yy", "zz"]
    assert names["RATE"] == ["y", "x", "zz", "zb", "bb"]
    assert names["PAY"] == ["y", "x", "yy", "zz", "zb", "bb"]
    assert names["COST"] == list(SUMS)


def test_the_moments_of_a_mean_do_not_know_where_it_was_centred() -> None:
    """A pilot is the ratio of some of the respondents: here of the first alone."""
    sample = survey_of(missing=0.0)
    first = sample.scores[2]
    shifted = replace(first, numerator=first.numerator + 1e4)
    other = replace(sample, scores=(*sample.scores[:2], shifted, *sample.scores[3:]))
    one, two = (made(each).moments for each in (sample, other))
    row = at(one, INDICATOR="PAY")
    zz, yy = SUMS.index("zz"), SUMS.index("yy")
    for part in (zz, yy):
        assert two.sums[row, part] == pytest.approx(one.sums[row, part], rel=1e-9)


def test_a_variance_that_moments_do_not_give_is_sent_as_it_is_published() -> None:
    """As from replicates: the error has its own way, and the moments do not know it."""
    found = made(survey_of())
    public = found.release.flows[0]
    row = at(found.moments, INDICATOR="RATE")
    se = public.se.copy()
    se[row] *= 1.01
    again = confirmed(found.moments, replace(public, se=se))
    assert not again.linear[row]
    assert again.observations.se[row] == se[row]
    assert np.isnan(again.sums[row]).all()
    assert np.isnan(again.weighted[row])
    assert again.linear.sum() == found.moments.linear.sum() - 1
    same(told_by(again), replace(public, se=se))


def test_nothing_that_was_withheld_is_sent() -> None:
    found = made(survey_of(strata=3, psus=3, people=6), minimum=5)
    closed = ~np.isfinite(found.release.flows[0].value)
    assert closed.sum() > 3
    assert not found.moments.linear[closed].any()
    assert np.isnan(found.moments.sums[closed]).all()
    for name in NUMBERS:
        assert np.isnan(getattr(found.moments.observations, name)[closed]).all()


def calibrated(sample: Sample) -> Sample:
    """The sample with weights that meet two totals by sex, and what they leave of an error."""
    sex = np.where(sample.columns["SEX"] < 0, 0, sample.columns["SEX"])
    sums = np.bincount(sex, sample.design.weight, 2)
    target = Target("SEX", sex, ("M", "F"), sums * [1.1, 0.95])
    return replace(sample, design=calibrate(sample.design, [target], Distance("raking")).design)


def test_calibrated_weights_have_moments_of_their_residuals() -> None:
    found = made(calibrated(survey_of()))
    plain = made(survey_of())
    assert found.moments.linear.sum() > 20
    same(told_by(found.moments), found.release.flows[0])
    check_received(found.sent, "x.moments")
    row = at(found.moments, INDICATOR="POP")  # both margins together: nothing is left to err
    zz = SUMS.index("zz")
    assert abs(found.moments.sums[row, zz]) < 1e-9 * plain.moments.sums[row, zz]


def test_what_replicates_give_is_sent_as_it_is_published() -> None:
    sample = survey_of()
    replication = Replication(Replicates(made="jkn"))
    design = replace(sample.design, replication=replication)
    found = made(replace(sample, design=design))
    assert not found.moments.linear.any()
    assert np.isfinite(found.moments.observations.value).sum() > 20
    same(told_by(found.moments), found.release.flows[0])

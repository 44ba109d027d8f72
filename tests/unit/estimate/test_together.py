"""A region from its countries' moments: the same as if its strata were in one file."""

from dataclasses import replace

import numpy as np
import pytest
from tests.federated import NUMBERS, dimension, flow_of, made, row_of, survey_of

from cauce.estimate import added, design_from_labels, estimate, placed, told_by
from cauce.model.sample import Sample, Score

AREAS = ("XAA", "XBB")


def members(single_psu="refuse", flows=None):
    flow = flow_of("XRR", single_psu=single_psu)
    found = []
    for seed, area in enumerate(AREAS, 3):
        sample = survey_of(seed, single_psu=single_psu)
        found.append((sample, made(sample, flow_of(area, single_psu=single_psu))))
    moments = [replace(one.moments, observations=told_by(one.moments)) for _, one in found]
    return flow, [sample for sample, _ in found], moments


def pooled(one: Sample, two: Sample) -> Sample:
    """Both samples in one file, strata and PSUs kept apart."""
    h, c = int(one.design.stratum.max()) + 1, int(one.design.psu.max()) + 1

    def both(a, b):
        return None if a is None and b is None else np.concatenate([a, b])

    def score(a: Score, b: Score) -> Score:
        names = ("inside", "numerator", "denominator", "missing_rows")
        parts = {name: both(getattr(a, name), getattr(b, name)) for name in names}
        return replace(a, missing=a.missing + b.missing, **parts)

    design = design_from_labels(
        both(one.design.stratum, two.design.stratum + h),
        both(one.design.psu, two.design.psu + c),
        both(one.design.weight, two.design.weight),
        single_psu=one.design.single_psu,
    )
    columns = {name: both(one.columns[name], two.columns[name]) for name in one.columns}
    scores = tuple(map(score, one.scores, two.scores))
    return Sample(one.period, design, columns, scores)


def test_a_region_is_what_one_file_of_all_its_strata_gives() -> None:
    flow, samples, moments = members()
    found = added(flow, moments).cells
    [whole] = estimate(pooled(*samples), [flow])
    assert len(found.value) > 20
    for row, key in enumerate(found.key.tolist()):
        [other] = np.flatnonzero((whole.key == key).all(axis=1))
        for name in (*NUMBERS, "weighted"):
            one, two = getattr(found, name)[row], getattr(whole, name)[other]
            assert one == pytest.approx(two, rel=1e-9, nan_ok=True), (key, name)
        for name in ("n", "missing", "psus", "strata", "df"):
            assert getattr(found, name)[row] == getattr(whole, name)[other], (key, name)


def test_a_stratum_of_one_psu_counts_as_the_others_of_its_own_country() -> None:
    flow, _, moments = members("average")
    found = added(flow, moments).cells
    row = row_of(flow, found.key, INDICATOR="POP")
    parts = [
        one.observations.se[row_of(flow, one.observations.key, INDICATOR="POP")] for one in moments
    ]
    assert found.se[row] == pytest.approx(np.hypot(*parts), rel=1e-12)


def test_what_is_no_sum_has_no_number_of_the_region() -> None:
    flow, _, moments = members()
    found = added(flow, moments)
    gini = [one.id for one in flow.indicators].index("GINI")
    assert gini not in found.cells.key[:, 2]
    assert gini in found.lacking[:, 2]


def test_a_region_lacks_what_one_country_lacks_and_says_which() -> None:
    flow, _, moments = members()
    row = row_of(flow, moments[1].observations.key, INDICATOR="RATE", SEX="F")
    linear = moments[1].linear.copy()
    linear[row] = False
    found = added(flow, [moments[0], replace(moments[1], linear=linear)])
    key = moments[1].observations.key[row]
    assert not (found.cells.key == key).all(axis=1).any()
    [lacks] = np.flatnonzero((found.lacking == key).all(axis=1))
    assert found.who[lacks].tolist() == [False, True]


def test_countries_without_a_number_in_common_have_no_region() -> None:
    flow, _, moments = members()
    none = replace(moments[1], linear=np.zeros_like(moments[1].linear))
    found = added(flow, [moments[0], none])
    assert len(found.cells.value) == 0
    assert len(found.lacking) > 20


def test_a_country_is_put_into_the_table_of_all_by_its_codes() -> None:
    own = made(survey_of()).moments
    flow = flow_of("XRR")
    areas = dimension("REF_AREA", "XRR", "XAA")
    into = replace(flow, dimensions=(flow.dimensions[0], areas, *flow.dimensions[2:]))
    whole = placed(own, told_by(own), into)
    assert set(whole.observations.key[:, 1].tolist()) == {1}
    assert len(whole.linear) == len(whole.observations.rule) == len(own.linear)


def test_of_periods_that_are_not_published_nothing_is_left() -> None:
    own = made(survey_of()).moments
    flow = own.dataflow
    later = replace(flow, dimensions=(*flow.dimensions[:-1], dimension("TIME_PERIOD", "2030")))
    assert len(placed(own, told_by(own), later).linear) == 0

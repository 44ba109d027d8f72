"""Laws of moments: true whatever the survey, its strata and its weights."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.federated import NUMBERS, Made, flow_of, made, same, survey_of

from cauce.estimate import added, design_from_labels, estimate, told_by
from cauce.model.sample import Sample
from cauce.store import moments_from_bytes, moments_to_bytes


@st.composite
def surveys(draw: st.DrawFn, psus: tuple[int, int] = (2, 6)) -> Sample:
    return survey_of(
        draw(st.integers(0, 2**32 - 1)),
        strata=draw(st.integers(2, 5)),
        psus=draw(st.integers(*psus)),
        people=draw(st.integers(4, 12)),
        missing=draw(st.sampled_from([0.0, 0.1])),
    )


@settings(max_examples=12)
@given(surveys(), st.integers(1, 6))
def test_a_release_from_moments_is_that_from_rows_to_the_last_bit(
    sample: Sample, minimum: int
) -> None:
    found = made(sample, minimum=minimum)
    file = moments_to_bytes(found.sent)
    again = moments_from_bytes(file, "x.moments")
    same(told_by(again.flows[0]), found.release.flows[0])


@settings(max_examples=8)
@given(surveys(psus=(5, 7)), st.data())
def test_strata_may_be_pooled_in_any_way(sample: Sample, data: st.DataObject) -> None:
    """Any two parts of the strata, added as two countries are, give the cell's own variance."""
    strata = int(sample.design.stratum.max()) + 1
    first = data.draw(st.sets(st.integers(0, strata - 1), min_size=1, max_size=strata - 1))
    inside = np.isin(sample.design.stratum, sorted(first))
    flow = flow_of()
    parts = [_part(made(_rows(sample, rows), flow, minimum=1)) for rows in (inside, ~inside)]
    [whole] = estimate(sample, [flow])
    found = added(flow, parts).cells
    assert len(found.value) > 0
    at = {tuple(key): row for row, key in enumerate(whole.key.tolist())}
    rows = [at[tuple(key)] for key in found.key.tolist()]
    for name in ("value", "se", "weighted"):
        one, two = getattr(found, name), getattr(whole, name)[rows]
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-9 * np.abs(two).max())
    np.testing.assert_array_equal(found.df, whole.df[rows])


def _part(found: Made):
    return replace(found.moments, observations=told_by(found.moments))


def _rows(sample: Sample, rows: np.ndarray) -> Sample:
    design = design_from_labels(
        sample.design.stratum[rows], sample.design.psu[rows], sample.design.weight[rows]
    )

    def some(column):
        return None if column is None else column[rows]

    scores = []
    for one in sample.scores:
        lost = some(one.missing_rows)
        scores.append(
            replace(
                one,
                inside=one.inside[rows],
                numerator=one.numerator[rows],
                denominator=some(one.denominator),
                missing_rows=lost if lost is not None and lost.any() else None,
                missing=0 if lost is None else int(lost.sum()),
            )
        )
    columns = {name: column[rows] for name, column in sample.columns.items()}
    return Sample(sample.period, design, columns, tuple(scores))


@settings(max_examples=10)
@given(surveys(), st.floats(0.01, 100))
def test_a_file_of_moments_tells_nothing_of_the_order_of_respondents(
    sample: Sample, seed: float
) -> None:
    """Shuffled rows give the same counts and, but for rounding, the same sums."""
    order = np.random.default_rng(int(seed * 1e6)).permutation(len(sample.design.weight))
    one, two = made(sample), made(_rows(sample, order))
    assert one.moments.linear.sum() == two.moments.linear.sum()
    np.testing.assert_allclose(one.moments.sums, two.moments.sums, rtol=1e-6, atol=1e-3)
    for name in NUMBERS[:2]:
        np.testing.assert_allclose(
            getattr(told_by(one.moments), name), getattr(told_by(two.moments), name), rtol=1e-6
        )

"""Leaks planted in moments: each would tell a person, and each is closed or refused.

Every case shows first, by arithmetic, what the file would tell if it held what it does not.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from tests.federated import (
    INDICATORS,
    at,
    dimension,
    flow_of,
    made,
    provenance,
    row_of,
    survey_of,
)

from cauce.estimate import Added, added, design_from_labels, estimate, placed, told_by
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.moments import SUMS, Cleared, Moments
from cauce.model.observation import ConfStatus
from cauce.model.sample import Sample, Score
from cauce.protect import admit

POPULATION = flow_of(indicators=INDICATORS[:1])


def people(stratum, psu, weight, sex, zone) -> Sample:
    n = len(weight)
    design = design_from_labels(np.array(stratum), np.array(psu), np.array(weight, dtype=float))
    score = Score("POP", np.ones(n, bool), np.ones(n), None, 0, False, "total")
    columns = {"SEX": np.array(sex, dtype=np.int32), "ZONE": np.array(zone, dtype=np.int32)}
    return Sample("2020", design, columns, (score,))


def with_two_women_in_a_zone() -> Sample:
    """Sixty people; in zone B twenty men and two women."""
    n = 62
    sex = [0, 1] * 20 + [0] * 20 + [1] * 2
    zone = [0] * 40 + [1] * 22
    return people([i % 3 for i in range(n)], range(n), np.arange(n) + 10.0, sex, zone)


def test_two_people_are_not_the_difference_of_sums_that_are_sent() -> None:
    """Zone B less its men would be two women, and their weights together 141."""
    sample = with_two_women_in_a_zone()
    [cells] = estimate(sample, [POPULATION])
    whole = cells.value[row_of(POPULATION, cells.key, ZONE="B")]
    men = cells.value[row_of(POPULATION, cells.key, ZONE="B", SEX="M")]
    assert whole - men == 70 + 71

    moments = made(sample, POPULATION).moments
    assert not moments.linear[at(moments, ZONE="B", SEX="F")]
    sent = [moments.linear[at(moments, ZONE="B", SEX=sex)] for sex in ("_T", "M")]
    assert sent != [True, True]


def test_no_line_of_sums_lacks_only_one_part() -> None:
    """Over whole surveys: wherever a cell is confidential, no total less other parts gives it."""
    for seed in range(4):
        found = made(survey_of(seed, strata=3, psus=3, people=6), minimum=6)
        said = found.moments.observations
        closed = {
            tuple(key)
            for key, conf in zip(said.key.tolist(), said.conf_status, strict=True)
            if conf is not ConfStatus.FREE
        }
        told = {tuple(key) for key in said.key[found.moments.linear].tolist()}
        assert closed
        for key, place in product(closed, (3, 4)):
            line = {one for one in closed | told if _apart(one, key) <= {place}}
            assert (line - {key}) & closed or not _total(key, place) <= line


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> set[int]:
    return {at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b}


def _total(key: tuple[int, ...], place: int) -> set[tuple[int, ...]]:
    return {(*key[:place], 0, *key[place + 1 :])}


def test_two_psus_are_not_sent_with_their_square() -> None:
    """Two PSUs in one stratum: v(Y, Y) = (a - b)², so a and b follow from it and from a + b."""
    n = 12
    weight = [5.0] + [10.0] * (n - 1)
    sample = people([0] * n, [0] + [1] * (n - 1), weight, [0, 1] * 6, [0] * n)
    [cells] = estimate(sample, [POPULATION])
    row = row_of(POPULATION, cells.key)
    total, off = cells.value[row], cells.se[row]
    assert sorted([(total + off) / 2, (total - off) / 2]) == pytest.approx([5, 110])

    found = made(sample, POPULATION)
    assert not found.moments.linear.any()
    assert np.isnan(found.moments.sums).all()
    assert np.isfinite(found.moments.observations.value[at(found.moments)])


def test_the_pay_of_a_few_is_not_told_by_the_centre_of_a_sum() -> None:
    """A pilot is y/x of some of the rows: with z = y - pilot x it would follow from three sums.

    The square that is sent is about the cell's own mean; about any other it would be larger.
    """
    sample = survey_of(missing=0.0)
    pay, w = sample.scores[2], sample.design.weight
    sent = made(sample, flow_of(indicators=INDICATORS[2:3])).moments
    row = at(sent)
    mean = np.average(pay.numerator[pay.inside], weights=w[pay.inside])
    own = float((w[pay.inside] * (pay.numerator[pay.inside] - mean) ** 2).sum())
    assert sent.sums[row, SUMS.index("yy")] == pytest.approx(own, rel=1e-9)


def region_of(sent: list[Moments]) -> tuple[Moments, Moments, Added]:
    flow = flow_of("XRR")
    areas = dimension("REF_AREA", "XRR", "XAA", "XBB")
    flow = replace(flow, dimensions=(flow.dimensions[0], areas, *flow.dimensions[2:]))
    one, two = (placed(moments, told_by(moments), flow) for moments in sent)
    return one, two, added(flow, [one, two])


def test_a_withheld_country_is_not_the_region_less_the_others() -> None:
    """Were the region the sum of what each country knows, its number less XAA's would be XBB's."""
    samples = [survey_of(seed, strata=3, psus=3, people=6) for seed in (1, 2)]
    own = [made(one, flow_of(area), minimum=6) for one, area in zip(samples, ("XAA", "XBB"),
                                                                    strict=True)]  # fmt: skip
    one, two, found = region_of([each.moments for each in own])
    cells = own[1].cells[0]
    closed = np.flatnonzero(
        one.linear[:, None] & ~two.linear & (one.observations.key[:, None, 2:]
        == two.observations.key[None, :, 2:]).all(axis=2)
    )  # fmt: skip
    assert len(closed)
    told = {tuple(key[2:]) for key in found.cells.key.tolist()}
    for pair in closed.tolist():
        mine, theirs = divmod(pair, len(two.linear))
        key = two.observations.key[theirs]
        [row] = np.flatnonzero((cells.key[:, 2:] == key[2:]).all(axis=1))
        secret = cells.value[row]
        leak = one.observations.value[mine] + secret  # the region, had it been told
        assert leak - one.observations.value[mine] == pytest.approx(secret)
        assert tuple(key[2:].tolist()) not in told


def test_a_country_cannot_be_let_in_by_a_smaller_minimum() -> None:
    found = made(survey_of(strata=3, psus=3, people=6), minimum=2)
    with pytest.raises(BadInput, match="cleared by a minimum of 2 respondents, and here 5"):
        admit([Cleared(told_by(found.moments), 2)], Origin("XAA_LFS", "2020"), provenance(), 5)

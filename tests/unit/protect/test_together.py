"""A region has a number where all of its countries have a public one, and nowhere else."""

from dataclasses import replace
from datetime import date

import numpy as np
from tests.federated import dimension, flow_of, made, row_of, survey_of

from cauce.estimate import added, told_by
from cauce.model.observation import WITHHELD, ConfStatus, Observations, ObsStatus, Reliability
from cauce.model.pack import MinRespondents
from cauce.model.rule import rule
from cauce.protect import together

AREAS = ("XAA", "XBB")
FEWEST = MinRespondents(date.min, 3, "Rule 1")


def region(
    minimum: int = 3, strata: int = 6, lacking: bool = True
) -> tuple[Observations, list[Observations]]:
    flow = flow_of("XRR")
    areas = dimension("REF_AREA", "XRR", *AREAS)
    flow = replace(flow, dimensions=(flow.dimensions[0], areas, *flow.dimensions[2:]))
    moments, releases = [], []
    for number, area in enumerate(AREAS, 1):
        found = made(survey_of(number, strata=strata), flow_of(area), minimum)
        key = found.moments.observations.key.copy()
        key[:, 1] = number
        moments.append(
            replace(found.moments, observations=replace(told_by(found.moments), key=key))
        )
        releases.append(found.release.flows[0])
    result = added(flow, moments)
    said = [(area, one.observations) for area, one in zip(AREAS, moments, strict=True)]
    none = result.lacking if lacking else result.lacking[:0]
    return together(result.cells, none, result.who, said, FEWEST, "ilo"), releases


def test_countries_stand_beside_the_region_as_they_were_released() -> None:
    found, releases = region()
    for number, one in enumerate(releases, 1):
        own = found.key[:, 1] == number
        np.testing.assert_array_equal(found.value[own], one.value)
        np.testing.assert_array_equal(found.se[own], one.se)
        assert own.sum() == len(one.value)


def test_the_region_is_judged_by_its_own_profile() -> None:
    found, _ = region()
    row = row_of(found.dataflow, found.key, INDICATOR="POP")
    assert found.reliability[row] is Reliability.RELIABLE
    assert found.dataflow.method.rule_version.startswith("ilo")
    assert found.n[row] == sum(
        found.n[row_of(found.dataflow, found.key, INDICATOR="POP", REF_AREA=area)] for area in AREAS
    )


def test_how_many_have_an_amount_is_not_told_of_the_region_either() -> None:
    found, _ = region()
    row = row_of(found.dataflow, found.key, INDICATOR="PAY")
    assert np.isfinite(found.value[row])
    assert found.cases[row] == -1


def test_where_a_country_is_withheld_the_region_says_so_and_has_no_number() -> None:
    found, _ = region(minimum=8, strata=3)
    closed = {
        tuple(key[[0, *range(2, len(key))]])
        for key, conf in zip(found.key, found.conf_status, strict=True)
        if key[1] > 0 and conf is not ConfStatus.FREE
    }
    assert closed
    seen = 0
    for row in np.flatnonzero(found.key[:, 1] == 0).tolist():
        if tuple(found.key[row][[0, *range(2, found.key.shape[1])]]) in closed:
            assert np.isnan(found.value[row])
            assert found.n[row] == -1
            assert found.obs_status[row] is ObsStatus.NOT_POSSIBLE
            assert "is not public" in found.rule[row]
            seen += 1
    assert seen == len(closed)


def test_the_region_less_its_other_countries_is_a_public_number() -> None:
    """So nothing is left to subtract: where the region has a number, so has every country."""
    found, _ = region(minimum=8, strata=3)
    value = {tuple(key): value for key, value in zip(found.key.tolist(), found.value, strict=True)}
    told = [key for key, one in value.items() if key[1] == 0 and np.isfinite(one)]
    assert told
    for key in told:
        for number in (1, 2):
            assert np.isfinite(value[key[0], number, *key[2:]])


def test_what_is_withheld_looks_alike_whichever_country_withheld_it() -> None:
    found, _ = region(minimum=8, strata=3)
    words = {
        rules
        for rules, conf in zip(found.rule, found.conf_status, strict=True)
        if conf is not ConfStatus.FREE
    }
    assert words == {rule(WITHHELD)}


def test_a_region_without_a_number_is_its_countries_alone() -> None:
    found, _ = region(minimum=60, strata=3)
    own = found.key[:, 1] == 0
    assert own.any()
    assert not np.isfinite(found.value[own]).any()


def test_a_region_that_lacks_nothing_says_nothing_of_it() -> None:
    found, _ = region(lacking=False)
    own = found.key[:, 1] == 0
    assert not any("No figure of the region" in found.rule[row] for row in np.flatnonzero(own))

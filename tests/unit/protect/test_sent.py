"""What may be sent of a release: at most what is public, and moments of nobody alone."""

from dataclasses import replace

import numpy as np
import pytest
from tests.federated import at, flow_of, made, survey_of, terms_of

from cauce.model.errors import BadInput
from cauce.protect import to_send
from cauce.protect.sent import moments_of


def test_a_cell_of_few_psus_is_sent_without_moments() -> None:
    for minimum in (1, 3):
        four = made(survey_of(strata=2, psus=2, people=40), minimum=minimum).moments
        assert not four.linear.any()
        assert np.isfinite(four.observations.value).sum() > 5
    six = survey_of(strata=3, psus=2, people=40)
    assert made(six, minimum=3).moments.linear.any()
    assert not made(six, minimum=7).moments.linear.any()


def test_beside_noise_there_are_no_moments() -> None:
    found = made(survey_of())
    flow = found.release.flows[0]
    noisy = replace(
        flow.dataflow, method=replace(flow.dataflow.method, protection="cell key || clave")
    )
    sent = moments_of(replace(flow, dataflow=noisy), found.cells[0], 3)
    assert not sent.linear.any()
    assert np.isnan(sent.sums).all()
    assert np.array_equal(sent.observations.value, flow.value, equal_nan=True)


def test_a_number_without_a_cell_is_refused() -> None:
    found = made(survey_of())
    cells = found.cells[0]
    names = [n for n in cells.__dataclass_fields__ if n != "dataflow"]
    fewer = replace(cells, **{name: getattr(cells, name)[1:] for name in names})
    with pytest.raises(BadInput, match="1 numbers that come from no cell"):
        moments_of(found.release.flows[0], fewer, 3)


def test_nothing_is_sent_of_what_was_not_audited() -> None:
    found = made(survey_of())
    with pytest.raises(BadInput, match="not audited: nothing of it is sent"):
        to_send(replace(found.release, audited=False), found.cells, terms_of())


def test_the_largest_contributors_are_not_sent() -> None:
    found = made(survey_of()).moments
    assert not any("largest" in name for name in found.__dataclass_fields__)
    row = at(found, INDICATOR="MONEY")
    assert found.observations.cases[row] == -1


def test_the_minimum_is_that_of_the_day_of_the_release() -> None:
    found = made(survey_of(), flow_of(), minimum=7)
    assert found.sent.minimum == 7

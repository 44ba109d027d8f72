"""What another office cleared is let in by our own minimum, or not at all."""

from dataclasses import replace

import numpy as np
import pytest
from tests.federated import made, provenance, same, survey_of

from cauce.estimate import told_by
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.moments import Cleared
from cauce.protect import admit

ORIGIN = Origin("XAA_LFS", "2020")


def cleared(minimum: int = 3) -> Cleared:
    found = made(survey_of(), minimum=minimum)
    return Cleared(told_by(found.moments), minimum)


def test_what_was_cleared_elsewhere_is_released_as_it_was() -> None:
    found = made(survey_of())
    release = admit([Cleared(told_by(found.moments), 3)], ORIGIN, provenance(), 3)
    same(release.flows[0], found.release.flows[0])
    assert release.audited


def test_what_was_cleared_by_less_than_is_asked_here_is_refused() -> None:
    with pytest.raises(BadInput, match="cleared by a minimum of 3 respondents, and here 10"):
        admit([cleared()], ORIGIN, provenance(), 10)


def test_a_minimum_that_is_named_and_not_kept_is_found() -> None:
    one = cleared()
    with pytest.raises(BadInput, match=r"cells with fewer than 40 respondents"):
        admit([replace(one, minimum=50)], ORIGIN, provenance(), 40)


def test_counts_told_with_noise_are_not_asked_by_their_size() -> None:
    one = cleared()
    flow = one.observations.dataflow
    noisy = replace(flow, method=replace(flow.method, protection="noise || ruido"))
    told = replace(one.observations, dataflow=noisy)
    assert admit([Cleared(told, 50)], ORIGIN, provenance(), 40).flows == (told,)


def test_whose_numbers_they_are_has_to_be_said() -> None:
    one = cleared()
    flow = one.observations.dataflow
    silent = replace(flow, source=replace(flow.source, licence=" "))
    with pytest.raises(BadInput, match="under which licence"):
        admit([Cleared(replace(one.observations, dataflow=silent), 3)], ORIGIN, provenance())


def test_who_did_not_answer_may_be_too_few_to_be_told() -> None:
    one = cleared()
    row = int(np.flatnonzero(one.observations.n >= 0)[0])
    n, missing = one.observations.n.copy(), one.observations.missing.copy()
    n[row], missing[row] = 0, 2
    cases = one.observations.cases.copy()
    cases[row] = 0
    told = replace(one.observations, n=n, missing=missing, cases=cases)
    with pytest.raises(BadInput, match="1 cells with fewer than 3"):
        admit([Cleared(told, 3)], ORIGIN, provenance(), 3)

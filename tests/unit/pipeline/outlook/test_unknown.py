"""What a pack does not state of channels and steps is not known, and never read as zero."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.rule import rule_in
from cauce.pipeline.outlook.run import Asked, Done, release_outlook

from .conftest import REGION


@pytest.fixture(scope="module")
def ran(pack, store):
    def run(**changed: object) -> Done:
        own = replace(pack, **changed)
        return release_outlook(Asked(own, own.scenario("BASELINE")), store, REGION)

    return run


def told(done: Done, ending: str, *codes: str) -> np.ndarray:
    """The values of a table whose key holds all these codes."""
    [found] = [one for one in done.release.flows if one.dataflow.id.endswith(ending)]
    ids = [[code.id for code in one.codes] for one in found.dataflow.dimensions]
    rows = [{ids[d][at] for d, at in enumerate(key)} for key in found.key.tolist()]
    return found.value[[set(codes) <= row for row in rows]]


def test_nobody_is_taken_from_an_origin_of_which_nobody_says_whether_it_is_short(ran, pack) -> None:
    through = "PRJ_PAS_NB", "7"
    [origin] = pack.origins

    assert np.nansum(told(ran(), "_CHANNELS", *through)) > 0
    silent = told(ran(origins=(replace(origin, short={}),)), "_CHANNELS", *through)
    assert len(silent)
    assert np.isnan(silent).all()


def test_a_step_whose_lead_time_nobody_states_brings_nobody_at_once(ran, pack) -> None:
    without = {name: one for name, one in pack.assumptions.items() if name != "lead"}
    done = ran(assumptions=without)

    brought = told(done, "_CAPABILITY", "PRJ_CPB_NB", "TRAINING", "7")
    assert len(brought)
    assert np.isnan(brought).all()
    assert "who could close gaps: training" in {rule_in(one.output, "en") for one in done.lacking}
    assert np.isfinite(told(ran(), "_CAPABILITY", "PRJ_CPB_NB", "TRAINING", "7")).all()


def test_seats_that_nobody_states_for_an_occupation_are_not_known_to_be_none(ran, pack) -> None:
    def trained(post: str, **seats: float) -> np.ndarray:
        stated = replace(pack.assumptions["seats"], values=seats)
        done = ran(assumptions={**pack.assumptions, "seats": stated})
        return told(done, "_CAPABILITY", "PRJ_CPB_NB", "TRAINING", post)

    silent, none = trained("4", **{"7": 100.0}), trained("4", **{"7": 100.0, "4": 0.0})

    assert len(silent)
    assert np.isnan(silent).all()
    assert len(none)
    assert (none == 0).all()
    assert np.isfinite(trained("7", **{"7": 100.0})).all()


def test_what_classes_steps_and_channels_rest_on_is_said_with_its_source(ran) -> None:
    said = " ".join(ran().release.notes)

    for words in ("there is no conclusion", "Steps are asked in order", "is an upper bound"):
        assert words in said

"""Every assumption is said, with its source, in both languages."""

import numpy as np

from cauce.model.rule import rule_in
from cauce.model.text import Text
from cauce.outlook.gaps import (
    DEFAULT,
    Capability,
    Channel,
    Protected,
    said_of_capability,
    said_of_channels,
    said_of_gaps,
    unknown_steps,
    waterfall,
)

SOURCE = Text("The ministry's plan.", "El plan del ministerio.")


def test_the_threshold_is_said_in_numbers():
    [words, not_set_off] = said_of_gaps(DEFAULT)

    assert "beyond 5 % of those employed over 5 years in 80 % of the draws" in words.en
    assert "no se compensan" in not_set_off.es


def test_each_step_and_each_channel_names_its_source():
    step = Capability("TRAINING", np.zeros((1, 1, 1)), np.zeros(1), SOURCE)
    channel = Channel("A", Text("Programme A", "Programa A"), "HND", "MEX", (), 5.0, None, SOURCE)

    assert said_of_capability([step])[1].es == "Formación: El plan del ministerio."
    said = said_of_channels([channel], [])
    assert said[1].en == "Programme A: The ministry's plan."
    assert said[-1].en == "No list of protected occupations was loaded."


def test_a_list_of_protected_occupations_is_named_once():
    kept = [Protected("HND", "22", SOURCE), Protected("GTM", "22", SOURCE)]

    assert said_of_channels([], kept)[1:] == (SOURCE,)


def test_a_step_that_nothing_is_known_of_is_not_producible():
    known = Capability("TRAINING", np.ones((1, 1, 1)), np.zeros(1), SOURCE)

    lost = unknown_steps(waterfall(np.ones((1, 1, 1)), [known]))

    assert [rule_in(one.output, "en") for one in lost] == [
        f"who could close gaps: {step}"
        for step in ("better conditions", "recognition of skills", "return", "regular channels")
    ]
    assert "este paso, mejores condiciones" in lost[0].because.es

"""Every dataflow says how it keeps numbers confidential, in its metadata and its messages."""

from dataclasses import replace

import pytest
from tests.unit.store.conftest import dataflow

from cauce.model.dataflow import ADMITTED, PROJECTED, Dataflow
from cauce.model.text import Language
from cauce.publish import ATTRIBUTES, Message
from cauce.publish.columns import dataset_values
from cauce.publish.protection import SUPPRESSION, protection_of


def flow_of(**method: str) -> Dataflow:
    flow = dataflow("XAA_LFS_T0", ["2020"])
    return replace(flow, method=replace(flow.method, **method))


def told(flow: Dataflow, language: Language) -> str:
    message = Message("id", "now", False, language, ATTRIBUTES, True)
    return dataset_values(flow, message).get("PROTECTION", "")


def test_suppression_is_said_where_nothing_else_is_chosen() -> None:
    assert protection_of(flow_of()) == SUPPRESSION
    assert told(flow_of(), "en").startswith("Suppression: numbers that could tell of somebody")


def test_noise_and_rounding_are_said_in_their_own_words() -> None:
    noisy = flow_of(protection="Rounded to 5 || Redondeado a 5")
    assert (told(noisy, "en"), told(noisy, "es")) == ("Rounded to 5", "Redondeado a 5")


@pytest.mark.parametrize("kind", [ADMITTED, PROJECTED])
def test_nothing_is_said_of_numbers_that_were_not_protected_here(kind: str) -> None:
    assert protection_of(flow_of(var_method=kind)) is None
    assert told(flow_of(var_method=kind), "en") == ""

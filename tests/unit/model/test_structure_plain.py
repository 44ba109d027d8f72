"""Artefacts are written as JSON and read again as they were."""

import json

import pytest

from cauce.model.errors import BadInput
from cauce.model.structure import (
    Artefact,
    Constraint,
    Item,
    Items,
    Ref,
    Region,
    RepresentationMap,
    Selection,
    ValueMap,
)
from cauce.model.structure.plain import artefact_of, plain

LIST = Artefact(
    Ref("codelist", "RLM", "CL_SEX", "1.0"),
    (("en", "Sex"), ("fr", "Sexe")),
    body=Items((Item("F", (("en", "Female"),)), Item("G", parent="F"))),
    final=True,
)
LIMIT = Artefact(
    Ref("dataconstraint", "RLM", "CC", "1.0"),
    body=Constraint(
        "Allowed",
        (Ref("dataflow", "RLM", "DF", "1.0"),),
        (Region((Selection("SEX", ("F", "M"), frozenset({"F"})),)),),
    ),
)
MAP = Artefact(
    Ref("representationmap", "RLM", "RM", "1.0.0"),
    body=RepresentationMap((LIST.ref,), ("String",), (ValueMap(("F",), ("1",), frozenset({0})),)),
)


@pytest.mark.parametrize("artefact", [LIST, LIMIT, MAP], ids=lambda one: one.ref.kind)
def test_an_artefact_comes_back_as_it_was(artefact: Artefact) -> None:
    assert artefact_of(json.loads(json.dumps(plain(artefact)))) == artefact


def test_what_is_not_said_is_not_written() -> None:
    told = plain(Artefact(Ref("codelist", "RLM", "CL", "1.0")))

    assert told == {
        "is": "Artefact",
        "ref": {"is": "Ref", "kind": "codelist", "agency": "RLM", "id": "CL", "version": "1.0"},
    }


@pytest.mark.parametrize(
    "told", [{"is": "Spell"}, {"is": "Artefact", "own": 1}, {"is": "Items"}, ["a"], {}]
)
def test_what_is_no_artefact_is_refused(told: object) -> None:
    with pytest.raises(BadInput, match="cannot be understood"):
        artefact_of(told)

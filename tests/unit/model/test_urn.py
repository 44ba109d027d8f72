"""URNs of SDMX artefacts and their items."""

import pytest

from cauce.model.errors import BadInput
from cauce.model.structure import ITEMS, KINDS, Ref, ref_of, urn_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_reference_is_its_urn(kind):
    ref = Ref(kind, "SDMX.SUB", "ID_1", "1.0")

    assert ref_of(urn_of(ref)) == ref
    assert ref_of(urn_of(ref, old=True)) == ref


@pytest.mark.parametrize("kind", ITEMS)
def test_a_reference_to_an_item_is_its_urn(kind):
    ref = Ref(kind, "CAUCE", "ID", "1.0", "A.B")

    assert ref_of(urn_of(ref)) == ref


def test_an_item_of_another_class_keeps_it():
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataAttribute=CAUCE:DSD(1.0).SE"

    assert ref_of(urn).part == "datastructure.DataAttribute"
    assert urn_of(ref_of(urn)) == urn


def test_a_content_constraint_and_a_data_constraint_are_the_same_thing():
    old = "urn:sdmx:org.sdmx.infomodel.registry.ContentConstraint=CAUCE:CC(1.0)"

    assert ref_of(old).kind == "dataconstraint"
    assert urn_of(ref_of(old), old=True) == old


@pytest.mark.parametrize(
    ("urn", "words"),
    [
        ("codelist", "is no URN"),
        ("urn:sdmx:org.sdmx.infomodel.codelist.Colours=CAUCE:CL(1.0)", "no class of SDMX"),
        ("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=CAUCE:CL(1.0).A", "no class of SDMX"),
    ],
)
def test_what_is_no_urn_is_refused_with_advice(urn, words):
    with pytest.raises(BadInput, match=words):
        ref_of(urn)

"""Which artefacts a query means, and which belong to which."""

import pytest
from tests.unit.publish.structure.examples import EXAMPLES

from cauce.model.errors import BadInput
from cauce.model.structure import Artefact, Items, Ref, Usage
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.versions import meant, order

EVERYTHING = Artefacts(EXAMPLES)
FLOW = Ref("dataflow", "XX", "DF", "1.0")
THERE = ["1.0", "1.2.0", "1.10.0", "2.0.0", "2.1.0-draft"]


def ids(refs) -> set[str]:
    return {ref.id for ref in refs}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("1.0", {"1.0"}),
        ("1", {"1.0"}),
        ("1.0.0", {"1.0"}),
        ("latest", {"2.1.0-draft"}),
        ("~", {"2.1.0-draft"}),
        ("+", {"2.0.0"}),
        ("*", set(THERE)),
        ("all", set(THERE)),
        ("1.2+.0", {"1.10.0"}),
        ("1+.0.0", {"2.0.0"}),
        ("1.2.0+", {"1.2.0"}),
        ("1.~", {"1.10.0"}),
        ("1.*.0", {"1.0", "1.2.0", "1.10.0"}),
        ("2.0~.0", {"2.1.0-draft"}),
        ("1.0,2.0.0", {"1.0", "2.0.0"}),
        ("3.0", set()),
        ("1.2.0.0", set()),
        ("3+.0.0", set()),
    ],
)
def test_a_version_means_what_the_specification_says(wanted, found):
    assert meant(wanted, THERE) == found


@pytest.mark.parametrize(
    "wanted", ["x", "1+.2~.0", "1.2.3+.4", "1..2", "-1", "9" * 5000, "1+." + "9" * 5000]
)
def test_what_is_no_version_is_told_how_to_be_written(wanted):
    with pytest.raises(BadInput, match="is no version"):
        meant(wanted, THERE)


def test_versions_are_ordered_by_number_and_drafts_come_before():
    assert sorted(["1.10.0", "1.9.0", "2.0.0", "2.0.0-a"], key=order) == [
        "1.9.0",
        "1.10.0",
        "2.0.0-a",
        "2.0.0",
    ]


def test_a_version_of_more_than_three_parts_is_found_by_all_of_them():
    assert meant("1.2.3.4", ["1.2.3", "1.2.3.4"]) == {"1.2.3.4"}
    assert meant("latest", ["1.0", "9" * 5000]) == {"9" * 5000}


def test_a_reference_to_an_item_or_to_a_wildcard_version_finds_the_artefact():
    flow = Artefact(Ref("dataflow", "XX", "F", "1.0"), body=Usage(Ref("x", "XX", "D", "1.0+")))
    structure = Artefact(Ref("x", "XX", "D", "1.2.0"), body=Items(()))
    found = Artefacts((flow, structure))

    assert found.get(Ref("x", "XX", "D", "1.2.0", "A")) is structure
    assert found.children([flow.ref]) == {structure.ref}
    assert found.get(Ref("x", "XX", "D", "1+.0.0")) is structure


def test_agencies_may_be_written_in_capitals():
    assert EVERYTHING.find(("dataflow",), ("xx",)) == (FLOW,)
    assert EVERYTHING.find(("dataflow",), ("YY",)) == ()


@pytest.mark.parametrize(
    ("references", "some", "none"),
    [
        ("none", {"DF"}, {"DSD", "CTG"}),
        ("children", {"DF", "DSD"}, {"CL_FREQ", "CTG"}),
        ("descendants", {"DF", "DSD", "CL_FREQ", "CS", "MSD"}, {"CTG", "PA"}),
        ("parents", {"DF", "CTG", "PA", "CC", "PROC", "RT"}, {"DSD", "CAT"}),
        ("parentsandsiblings", {"CTG", "CAT", "DATA_PROVIDERS"}, {"CL_FREQ"}),
        ("ancestors", {"CTG", "PA", "RTM"}, {"CAT", "DSD"}),
        ("all", {"DSD", "CL_FREQ", "CTG", "CAT", "CC", "DATA_PROVIDERS"}, {"CL_STUB", "CS2"}),
    ],
)
def test_references_bring_what_the_specification_says(references, some, none):
    found = ids(EVERYTHING.related([FLOW], references))

    assert some <= found
    assert not none & found


@pytest.mark.parametrize(
    ("kind", "found"),
    [("codelist", {"CL_FREQ", "CL_AREA"}), ("categoryscheme", {"CAT"}), ("valuelist", set())],
)
def test_references_to_a_kind_bring_that_kind_alone(kind, found):
    assert ids(EVERYTHING.related([FLOW], kind)) == {"DF", *found}


def test_what_stands_above_a_codelist_is_found_up_to_the_dataflow():
    codelist = Ref("codelist", "XX", "CL_AREA", "1.0")

    assert "DF" in ids(EVERYTHING.related([codelist], "dataflow"))

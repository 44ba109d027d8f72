"""Artefacts of which not everything is told."""

import pytest
from tests.unit.publish.structure.examples import EXAMPLES, FLOW, STRUCTURE, ref

from cauce.model.structure import (
    Artefact,
    Constraint,
    Item,
    Items,
    Ref,
    Region,
    Selection,
)
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.partial import only_items, stub
from cauce.publish.structure.query import StructureQuery, answered, matches_of

EVERYTHING = Artefacts(EXAMPLES)
NAMED = (("en", "N"),)
TREE = Artefact(
    ref("categoryscheme", "TREE"),
    body=Items((Item("A", items=(Item("B", items=(Item("C"),)), Item("D"))), Item("E"))),
)


def paths(items: tuple[Item, ...], above: str = "") -> list[str]:
    return [
        path
        for item in items
        for path in (above + item.id, *paths(item.items, f"{above}{item.id}."))
    ]


def asked(everything: Artefacts, *ids: str, **words) -> dict[Ref, Artefact]:
    query = StructureQuery(ids=ids, **words)
    return {one.ref: one for one in answered(everything, query, matches_of(everything, query))}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["E", "A"], ["E", "A"]),
        (["A.B"], ["A", "A.B"]),
        (["A.D", "A.B.C", "E"], ["A", "A.D", "A.B", "A.B.C", "E"]),
        (["A", "A.D"], ["A", "A.D"]),
        (["A", "A", "X"], ["A"]),
    ],
)
def test_items_come_in_the_order_asked_with_those_they_lie_in(wanted, found):
    cut = only_items(TREE, wanted)

    assert paths(cut.body.items) == found
    assert cut.body.partial


def test_items_that_are_not_there_are_nothing():
    assert only_items(TREE, ["B"]) is None
    assert only_items(next(one for one in EXAMPLES if one.ref == STRUCTURE), ["A"]) is None


def test_a_stub_has_a_name_and_a_complete_one_what_is_said_besides():
    whole = EVERYTHING.get(ref("codelist", "CL_FREQ"))

    bare, complete = stub(whole, complete=False), stub(whole, complete=True)
    assert (bare.names, bare.descriptions, bare.annotations) == (whole.names, (), ())
    assert (complete.descriptions, complete.annotations) == (whole.descriptions, whole.annotations)
    assert bare.body is None
    assert bare.external


def test_references_can_be_stubs_while_the_match_is_whole():
    found = asked(EVERYTHING, "DF", references=("descendants",), detail="referencestubs")

    assert found[FLOW].body is not None
    assert found[STRUCTURE].body is None


def test_concepts_are_cut_down_to_those_in_use():
    """Nothing is cut where all are in use, and then nothing is partial."""
    found = asked(EVERYTHING, "DSD", references=("children",), detail="referencepartial")
    alone = asked(EVERYTHING, "MSD", references=("children",), detail="referencepartial")

    assert not found[ref("conceptscheme", "CS")].body.partial
    assert alone[ref("conceptscheme", "CS")].body.partial
    assert [item.id for item in alone[ref("conceptscheme", "CS")].body.items] == ["TITLE", "NOTE"]


def test_codes_are_cut_down_to_what_constraints_allow():
    """What there is (Actual) does not say what there may be."""
    allowed = Constraint(
        "Allowed", (FLOW,), (Region((Selection("AREA", ("CR",)), Selection("FREQ", ("A", "M")))),)
    )
    other = Constraint("Actual", (FLOW,), (Region((Selection("AREA", ("GT",)),)),))
    others = (one for one in EXAMPLES if one.ref.kind != "dataconstraint")
    everything = Artefacts(
        (
            *others,
            Artefact(ref("dataconstraint", "A"), NAMED, body=allowed),
            Artefact(ref("dataconstraint", "B"), NAMED, body=other),
        )
    )

    found = asked(everything, "DF", references=("descendants",), detail="referencepartial")
    areas, frequencies = found[ref("codelist", "CL_AREA")], found[ref("codelist", "CL_FREQ")]
    assert ([i.id for i in areas.body.items], areas.body.partial) == (["CR"], True)
    assert ([i.id for i in frequencies.body.items], frequencies.body.partial) == (["A", "M"], False)


def test_what_is_left_out_of_the_cube_is_cut_and_what_cascades_stays():
    codes = (Item("T", NAMED), Item("A", NAMED, parent="T"), Item("B", NAMED, parent="T"))
    whole = Artefact(ref("codelist", "CL_AREA"), NAMED, body=Items(codes))
    rest = [one for one in EXAMPLES if one.ref != whole.ref and one.ref.kind != "dataconstraint"]

    def left(region: Region) -> list[str]:
        body = Constraint("Allowed", (STRUCTURE,), (region,))
        constraint = Artefact(ref("dataconstraint", "A"), NAMED, body=body)
        found = asked(
            Artefacts((*rest, whole, constraint)),
            "DSD",
            references=("children",),
            detail="referencepartial",
        )
        return [item.id for item in found[whole.ref].body.items]

    assert left(Region((Selection("AREA", ("B",)),), include=False)) == ["T", "A"]
    assert left(Region((Selection("AREA", ("T",), frozenset({"T"})),))) == ["T", "A", "B"]
    assert left(Region((Selection("AREA", ("A",)),))) == ["A"]


def test_agencies_and_providers_are_cut_down_too():
    many = Artefact(
        Ref("agencyscheme", "SDMX", "AGENCIES", "1.0"), body=Items((Item("XX"), Item("YY")))
    )
    rest = [one for one in EXAMPLES if one.ref != many.ref]
    found = asked(
        Artefacts((many, *rest)),
        "DF",
        references=("parentsandsiblings",),
        detail="referencepartial",
        maintainers=True,
    )
    assert [item.id for item in found[many.ref].body.items] == ["XX"]
    providers = found[ref("dataproviderscheme", "DATA_PROVIDERS")]
    assert [item.id for item in providers.body.items] == ["P1"]


def test_a_category_brings_the_categorisations_aimed_at_it():
    found = asked(EVERYTHING, "CAT", items=("A.B",), references=("parentsandsiblings",))
    other = asked(EVERYTHING, "CAT", items=("C",), references=("parentsandsiblings",))

    assert ref("categorisation", "CTG") in found
    assert ref("categorisation", "CTG") not in other


def test_constraints_can_be_asked_for_by_what_they_say():
    query = StructureQuery(kinds=("dataconstraint",), constraint_role="Actual")

    assert [one.ref.id for one in matches_of(EVERYTHING, query)] == ["CC_ACTUAL"]


def test_the_items_of_a_hierarchical_codelist_are_its_hierarchies():
    lists = EVERYTHING.get(ref("hierarchicalcodelist", "HCL"))

    assert [one.id for one in only_items(lists, ["H", "X"]).body.hierarchies] == ["H"]
    assert only_items(lists, ["X"]) is None


def test_what_sdmx1_cannot_read_stays_out_of_all_that_is_beside_a_dataflow():
    """The period of a constraint is told in its notes instead."""
    beside = asked(EVERYTHING, "DF", kinds=("dataflow",), references=("all",))
    named = asked(EVERYTHING, "DF", kinds=("dataflow",), references=("all", "process"))
    structure = asked(EVERYTHING, "DSD", references=("ancestors",))

    constraint = beside[ref("dataconstraint", "CC_ACTUAL")]
    assert "process" not in {one.kind for one in beside}
    assert "process" in {one.kind for one in named}
    assert "process" in {one.kind for one in structure}
    assert constraint.body.period is None
    assert [note.title for note in constraint.annotations if note.type == "coverage"] == [
        "2010-01-01T00:00:00",
        "2020-12-31T00:00:00",
    ]

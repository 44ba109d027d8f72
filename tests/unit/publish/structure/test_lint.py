"""What would break a client is found, and said: what, where, and what to do."""

from dataclasses import replace

import pytest
from tests.unit.publish.structure.examples import (
    ATTRIBUTES,
    DIMENSIONS,
    EXAMPLES,
    FLOW,
    MEASURE,
    STRUCTURE,
    attribute,
    coded,
    concept,
    ref,
    said,
)

from cauce.model.structure import (
    Artefact,
    Component,
    Constraint,
    DataStructure,
    Group,
    Hierarchy,
    HierarchyLevel,
    Item,
    Items,
    Key,
    KeySet,
    Link,
    Ref,
    Region,
    Relationship,
    Representation,
    Selection,
    Usage,
)
from cauce.publish.structure.lint import faults

OURS = "XX"


def scheme(*items: Item, kind: str = "codelist") -> Artefact:
    return Artefact(ref(kind, "S"), said("S"), body=Items(items))


def found(*artefacts: Artefact, ours: str = OURS) -> list[str]:
    """The faults of these beside the examples; they stand for those of the same name."""
    replaced = {one.ref for one in artefacts}
    around = [one for one in EXAMPLES if one.ref not in replaced]
    return faults(artefacts, ours, around)


def constrained(body: Constraint) -> Artefact:
    return Artefact(ref("dataconstraint", "CC"), said("CC"), body=body)


def structure(**parts: object) -> Artefact:
    whole = DataStructure(DIMENSIONS, (MEASURE,), ATTRIBUTES, (Group("Sibling", ("AREA",)),))
    return Artefact(STRUCTURE, said("DSD"), body=replace(whole, **parts))


A, B = Item("A", said("A")), Item("B", said("B"))
PLACE = Link("L", ref("codelist", "CL_AREA", "CR"))
HIERARCHY = Artefact(ref("hierarchy", "H"), said("H"))

BROKEN = [
    (scheme(A, A), "codelist XX:S(1.0) has items twice: A. Leave one of each."),
    (scheme(Item("A B", said("A"))), "ids of which no URN can be made: 'A B'"),
    (scheme(Item("1A", said("A")), kind="conceptscheme"), "no URN can be made: '1A'"),
    (scheme(Item("A")), "item A has no name. Give it one."),
    (scheme(Item("A", (("en", "A"),))), "item A has no name in es."),
    (scheme(Item("A", said("A"), parent="C")), "1 items whose parent is not in it: A. Add C"),
    (
        scheme(replace(A, parent="B"), replace(B, parent="A")),
        "codelist XX:S(1.0) goes in a circle: A → B → A.",
    ),
    (scheme(replace(A, parent="A")), "goes in a circle: A → A."),
    (
        Artefact(ref("categoryscheme", "S"), said("S"), body=Items((replace(A, items=(B, B)),))),
        "categoryscheme XX:S(1.0), item A has items twice: B.",
    ),
    (
        Artefact(ref("dataflow", "F"), said("F"), body=Usage(ref("datastructure", "NONE"))),
        "dataflow XX:F(1.0) refers to what is not here: datastructure XX:NONE(1.0).",
    ),
    (
        structure(dimensions=(*DIMENSIONS, Component("SEX", "dimension", concept("SEX")))),
        "refers to SEX of conceptscheme XX:CS(1.0), which has no such item.",
    ),
    (structure(dimensions=(*DIMENSIONS, DIMENSIONS[0])), "has components twice: FREQ."),
    (structure(dimensions=(), attributes=(), groups=()), "has no dimensions."),
    (
        structure(dimensions=(*DIMENSIONS, replace(DIMENSIONS[2], id="YEAR"))),
        "has two dimensions of time.",
    ),
    (
        structure(groups=(Group("Sibling", ("SEX",)),)),
        "group Sibling speaks of a dimension that is not there: SEX. There are: AREA, FREQ",
    ),
    (
        structure(attributes=(attribute("NOTE", Relationship("group", group="G")),)),
        "attribute NOTE speaks of a group that is not there: G. There are: Sibling.",
    ),
    (
        structure(attributes=(attribute("NOTE", Relationship("observation", measures=("V",))),)),
        "speaks of a measure that is not there: V.",
    ),
    (
        structure(measures=(MEASURE, replace(MEASURE, id="1"))),
        "component 1: the id '1' makes no URN. An id may begin with a letter",
    ),
    (structure(measures=(replace(MEASURE, concept=FLOW),)), "OBS_VALUE: its concept is none."),
    (
        structure(measures=(replace(MEASURE, representation=Representation(FLOW)),)),
        "OBS_VALUE: its codes are of a dataflow. Name a codelist.",
    ),
    (
        constrained(Constraint("Allowed", (FLOW,), (Region((Selection("SEX", ("F",)),)),))),
        "speaks of components that datastructure XX:DSD(1.0) has not: SEX. It has: FREQ, AREA",
    ),
    (
        constrained(Constraint("Allowed", (FLOW,), (Region((Selection("AREA", ("ZZ",)),)),))),
        "names codes that the list of AREA has not: ZZ.",
    ),
    (
        constrained(Constraint("Allowed", (FLOW,), keysets=(KeySet((Key((("AREA", "ZZ"),)),)),))),
        "names codes that the list of AREA has not: ZZ.",
    ),
    (constrained(Constraint("Allowed", ())), "is attached to nothing."),
    (
        replace(HIERARCHY, body=Hierarchy((replace(PLACE, links=(PLACE,)),))),
        "hierarchy XX:H(1.0) goes in a circle: CR stands below itself.",
    ),
    (replace(HIERARCHY, body=Hierarchy((PLACE, PLACE))), "has places twice under one: L."),
    (
        replace(
            HIERARCHY,
            body=Hierarchy((replace(PLACE, level="LOW"),), level=HierarchyLevel("TOP")),
        ),
        "place L: there is no level LOW. There are: TOP.",
    ),
    (
        replace(HIERARCHY, body=Hierarchy((replace(PLACE, level="LOW"),))),
        "place L: there is no level LOW. There are: none.",
    ),
    (Artefact(ref("codelist", "C L"), said("S")), "the id 'C L' makes no URN."),
    (Artefact(ref("codelist", "CL"), (("en", " "),)), "codelist XX:CL(1.0) has no name."),
]


@pytest.mark.parametrize(("artefact", "words"), BROKEN)
def test_what_is_wrong_is_said_with_where_and_what_to_do(artefact, words):
    told = found(artefact)

    assert len(told) == 1, told
    assert words in told[0]


def test_what_is_right_is_passed_over():
    assert found(scheme(A, replace(B, parent="A")), structure()) == []
    assert faults(EXAMPLES, OURS) == []


def test_two_things_under_one_name_are_told_apart():
    told = faults((scheme(A), scheme(B)), OURS)

    assert told == [
        "codelist XX:S(1.0) is there twice and says two things. Give one of them an id or a "
        "version of its own."
    ]
    assert faults((scheme(A), scheme(A)), OURS) == []


def test_others_are_held_to_less():
    """They may speak one language, and refer to what they did not send."""
    english = Artefact(
        ref("codelist", "S"), (("en", "S"),), body=Items((Item("A", (("fr", "A"),)),))
    )
    lost = Artefact(ref("dataflow", "F"), said("F"), body=Usage(ref("datastructure", "NONE")))

    assert found(english, lost, ours="CAUCE") == []
    assert len(found(english, lost)) == 3


def test_what_a_partial_list_has_not_may_be_elsewhere():
    """Neither a parent nor a reference is missed."""
    partial = Artefact(
        ref("conceptscheme", "CS"), said("CS"), body=Items((replace(A, parent="Z"),), partial=True)
    )

    assert found(partial, structure()) == []


def test_a_component_without_a_list_takes_any_value():
    free = structure(dimensions=(replace(DIMENSIONS[1], representation=None), DIMENSIONS[2]))
    body = Constraint("Allowed", (STRUCTURE,), (Region((Selection("AREA", ("ZZ",)),)),))
    mended = replace(free, body=replace(free.body, groups=(), attributes=()))

    assert found(mended, constrained(body)) == []


def test_a_constraint_on_what_is_not_here_is_only_that():
    gone = Constraint("Allowed", (ref("dataflow", "GONE"),), (Region((Selection("X", ("A",)),)),))

    assert [*map(len, (found(constrained(gone)), found(constrained(gone), ours="CAUCE")))] == [1, 0]


def test_a_constraint_on_a_provider_speaks_of_no_structure():
    provider = Ref("dataproviderscheme", "XX", "DATA_PROVIDERS", "1.0", "P1")
    body = Constraint("Allowed", (provider,), (Region((Selection("X", ("A",)),)),))

    assert found(constrained(body)) == []


def test_many_faults_of_one_kind_are_counted_and_few_shown():
    many = scheme(*(Item(f"A{i}", said("A"), parent="Z") for i in range(9)))

    assert "9 items whose parent is not in it: A0, A1, A2, A3, A4 and 4 more." in found(many)[0]


def test_a_coded_attribute_is_looked_at_as_well():
    told = found(
        structure(
            attributes=(
                replace(
                    attribute("NOTE", Relationship("dataset")), representation=coded("CL_FREQ")
                ),
            ),
        ),
        constrained(
            Constraint("Allowed", (STRUCTURE,), (Region((), (Selection("NOTE", ("Q",)),)),))
        ),
    )
    assert told == [
        "dataconstraint XX:CC(1.0) names codes that the list of NOTE has not: Q. Add them to the "
        "list, or leave them out."
    ]

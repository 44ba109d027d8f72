"""What another agency's structure says of a dataflow, and its rows as observations."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cauce.harmonise.foreign import Held, Rights, flow_of, held_flow, translate
from cauce.harmonise.foreign.held import text_of
from cauce.model.errors import BadInput
from cauce.model.foreign import Column, Fault, ForeignRows
from cauce.model.imported import Imported
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.structure import (
    Agreement,
    Artefact,
    Component,
    DataStructure,
    Format,
    Group,
    Item,
    Items,
    Ref,
    Relationship,
    Representation,
    Usage,
)
from cauce.model.text import Text

RLM = "RLM"
CONCEPTS = Ref("conceptscheme", RLM, "CS", "1.0")
FLOW, DSD = Ref("dataflow", RLM, "DF", "1.0"), Ref("datastructure", RLM, "DSD", "1.0")
AGREED = Ref("provisionagreement", RLM, "PA", "1.0")
RIGHTS = Rights(Text("CC BY", "CC BY"), "RLM, 2026")
SERIES = Relationship("dimensions", ("SEX", "AGE"))


def scheme(kind: str, id_: str, *items: Item, agency: str = RLM) -> Artefact:
    return Artefact(Ref(kind, agency, id_, "1.0"), (("en", id_),), body=Items(items))


def component(id_: str, role: str, listed: str = "", **more) -> Component:
    held = Representation(Ref("codelist", RLM, listed, "1.0")) if listed else None
    return Component(id_, role, replace(CONCEPTS, item=id_), more.pop("held", held), **more)


BODY = DataStructure(
    dimensions=(
        component("SEX", "dimension", "CL_SEX"),
        component("AGE", "dimension", "CL_AGE"),
        component("NOTE", "dimension"),
        component("TIME_PERIOD", "time"),
    ),
    measures=(component("OBS_VALUE", "measure"),),
    attributes=(
        component("OBS_STATUS", "attribute", "CL_OBS_STATUS"),
        component("UNIT_MEASURE", "attribute", "CL_UNIT", relationship=SERIES),
        component("TITLE", "attribute", relationship=Relationship("group", group="Both")),
        component("SOURCE", "attribute", relationship=Relationship("dataset")),
        component("DECIMALS", "attribute", relationship=Relationship("observation")),
        component("CONF_STATUS", "attribute"),
        component(
            "AT_TIME", "attribute", relationship=Relationship("dimensions", ("TIME_PERIOD",))
        ),
    ),
    groups=(Group("Both", ("SEX",)),),
)
ARTEFACTS = (
    Artefact(FLOW, (("fr", "Emploi"),), body=Usage(DSD)),
    Artefact(DSD, (("en", "Structure"),), body=BODY),
    Artefact(AGREED, body=Agreement(FLOW, Ref("dataproviderscheme", RLM, "DPS", "1.0", "INE"))),
    scheme("conceptscheme", "CS", Item("SEX", (("en", "Sex"), ("es", "Sexo"))), Item("AGE")),
    scheme("codelist", "CL_SEX", Item("F", (("en-GB", "Female"),)), Item("M"), Item("_T")),
    scheme(
        "codelist",
        "CL_AGE",
        Item("_T"),
        Item("Y15T64", parent="_T"),
        Item("Y15T24", parent="Y15T64"),
        Item("Y25", parent="GONE"),
    ),
    scheme("codelist", "CL_OBS_STATUS", Item("A"), Item("E", (("en", "Estimated"),)), Item("X")),
    scheme("codelist", "CL_UNIT", Item("PS", (("en", "Persons"),)), Item("PC")),
    scheme("agencyscheme", "AGENCIES", Item("RLM", (("en", "The region"),)), agency="SDMX"),
)
HEAD = ("SEX", "AGE", "NOTE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "TITLE")
ROWS = (
    ("F", "Y15T24", "n1", "2020", "1.25", "A", "PS", "Of women"),
    ("F", "Y15T24", "n1", "2021", "NaN", "", "", ""),
    ("M", "Y25", "n2", "2020", "7", "E", "PS", ""),
)


def held(*others: Artefact, without: str = "") -> Held:
    found = {each.ref: each for each in (*ARTEFACTS, *others) if each.ref.id != without}
    return held_flow(FLOW, found)


def rows_of(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> ForeignRows:
    columns = {}
    for at, name in enumerate(head):
        words = tuple(dict.fromkeys(row[at] for row in rows))
        columns[name] = Column(words, [words.index(row[at]) for row in rows])
    count = len(rows)
    return ForeignRows("data.csv", columns, range(2, count + 2), range(1, count + 1))


def taken(rows: ForeignRows, of: Held | None = None) -> Imported:
    found = translate(of or held(), rows, RIGHTS, str.isdecimal)
    assert isinstance(found, Imported), found
    return found


def faults(rows: ForeignRows) -> list[str]:
    found = translate(held(), rows, RIGHTS, str.isdecimal)
    assert isinstance(found, list)
    return [f"{one.place} {one.component} {one.word} {one.why}" for one in found]


def changed(**cells: str) -> ForeignRows:
    """The rows with other cells in the second one."""
    head = (*HEAD, *(name for name in cells if name not in HEAD))
    second = dict(zip(HEAD, ROWS[1], strict=True)) | cells
    rows = [dict(zip(HEAD, row, strict=True)) for row in ROWS]
    rows[1] = second
    return rows_of(*(tuple(row.get(name, "") for name in head) for row in rows), head=head)


def test_rows_become_observations_with_what_their_agency_says_beside_them() -> None:
    found = taken(rows_of(*ROWS))
    flow = found.dataflow

    assert [d.id for d in flow.dimensions] == [
        "FREQ", "REF_AREA", "INDICATOR", "SEX", "AGE", "NOTE", "TIME_PERIOD",
    ]  # fmt: skip
    assert flow.id == "RLM@DF@1_0"
    assert flow.foreign is not None
    assert flow.foreign.dimensions == ("SEX", "AGE", "NOTE", "TIME_PERIOD")
    assert (found.value[0], found.value[2]) == (1.25, 7.0)
    assert found.obs_status == (ObsStatus.NORMAL, ObsStatus.MISSING, ObsStatus.ESTIMATED)
    assert found.note[1].startswith("The producer gives no number.")
    assert found.note[2] == "Estimated || Estimated"
    assert found.conf_status == (ConfStatus.FREE,) * 3


def test_what_is_said_of_a_series_or_a_group_holds_for_all_of_it() -> None:
    theirs = dict(zip([a.id for a in held().attributes], taken(rows_of(*ROWS)).theirs, strict=True))

    assert theirs["UNIT_MEASURE"] == ("PS", "PS", "PS")
    assert theirs["TITLE"] == ("Of women", "Of women", "")
    assert theirs["OBS_STATUS"] == ("A", "", "E")
    assert theirs["SOURCE"] == ("", "", "")


def test_codes_stand_in_the_order_of_their_list_with_those_above_them() -> None:
    flow = taken(rows_of(*ROWS)).dataflow
    age, note = flow.dimensions[4], flow.dimensions[5]

    assert [code.id for code in age.codes] == ["Y15T24", "Y25"]
    assert [code.id for code in age.groups] == ["_T", "Y15T64"]
    assert (age.codes[1].parent, age.codelist) == ("", "CL_AGE")
    assert ([code.id for code in note.codes], note.codelist) == (["n1", "n2"], "")
    both = taken(changed(AGE="Y15T64")).dataflow.dimensions[4]
    assert [code.id for code in both.groups] == ["_T"]


def test_names_are_told_in_the_languages_there_are() -> None:
    flow = taken(rows_of(*ROWS)).dataflow

    assert flow.name == Text("Emploi", "Emploi")
    assert flow.dimensions[3].name == Text("Sex", "Sexo")
    assert flow.dimensions[3].codes[0].name == Text("Female", "Female")
    assert flow.source.name == Text("The region", "The region")
    assert text_of((), "ID") == Text("ID", "ID")


def test_a_unit_that_is_the_same_for_all_is_that_of_the_page() -> None:
    [figure] = taken(rows_of(*ROWS)).dataflow.indicators
    [other] = taken(changed(AGE="Y25", UNIT_MEASURE="PC")).dataflow.indicators
    [told] = taken(
        rows_of(*(((*row, "1")) for row in ROWS), head=(*HEAD, "DECIMALS"))
    ).dataflow.indicators

    assert (figure.unit, figure.decimals) == ("Persons", 2)
    assert other.unit == "OWN"
    assert told.decimals == 1


def test_what_is_said_of_the_whole_data_set_is_kept_once() -> None:
    foreign = taken(changed(SOURCE="Census")).dataflow.foreign
    assert foreign is not None
    values = {a.id: (a.level, a.value) for a in foreign.attributes}

    assert values["SOURCE"] == ("dataset", "Census")
    assert values["UNIT_MEASURE"] == ("series", "")
    assert values["AT_TIME"][0] == values["DECIMALS"][0] == "observation"


def test_the_first_three_dimensions_are_theirs_where_they_have_them() -> None:
    own = ("FREQ", "REF_AREA", "INDICATOR")
    extra = tuple(component(id_, "dimension", "CL_" + id_) for id_ in own)
    body = replace(BODY, dimensions=(*extra, *BODY.dimensions))
    lists = [scheme("codelist", f"CL_{id_}", Item("A"), Item("B", (("en", "Bee"),))) for id_ in own]
    of = held(Artefact(DSD, body=body), *lists)
    rows = rows_of(*((*row, "A", "B", "B") for row in ROWS), head=(*HEAD, *own))
    flow = taken(rows, of).dataflow

    assert flow.dimensions[0].codes[0].name == Text("Annual", "Anual")
    assert (flow.dimensions[1].codes[0].id, flow.source.area) == ("B", "B")
    assert flow.indicators[0].name.en == "Bee"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"SEX": "W"}, "line 3, observation 2 SEX W is no code of RLM:CL_SEX(1.0)."),
        ({"SEX": ""}, "line 3, observation 2 SEX  has no code, and every observation needs one."),
        ({"AGE": "Y15T2"}, "AGE Y15T2 is no code of RLM:CL_AGE(1.0). Did you mean Y15T24?"),
        ({"TIME_PERIOD": "yesterday"}, "TIME_PERIOD yesterday is no period of SDMX."),
        ({"TIME_PERIOD": ""}, "TIME_PERIOD  has no code"),
        ({"OBS_VALUE": "much"}, "OBS_VALUE much is no number."),
        ({"OBS_VALUE": "1e400"}, "OBS_VALUE 1e400 is no number."),
        ({"OBS_VALUE": "1_000"}, "OBS_VALUE 1_000 is no number."),
        ({"OBS_STATUS": "Z"}, "OBS_STATUS Z is no code of RLM:CL_OBS_STATUS(1.0)."),
        ({"OWN": "1"}, "OWN 1 is of no component of the data structure."),
        ({"UNIT_MEASURE": "PC"}, "UNIT_MEASURE PC is said of the same series that is 'PS'"),
        ({"TITLE": "Of men"}, "TITLE Of men is said of the group Both that is 'Of women'"),
        ({"TIME_PERIOD": "2020"}, "has the key of line 2, observation 1."),
        ({"CONF_STATUS": "C", "OBS_VALUE": "3"}, "CONF_STATUS C stands beside a number"),
    ],
)
def test_each_cell_that_is_wrong_is_named_with_its_line(cells: Mapping[str, str], why: str) -> None:
    [fault] = faults(changed(**cells))
    assert why in fault


def test_two_values_of_the_whole_data_set_are_one_too_many() -> None:
    rows = rows_of(
        *((*row, word) for row, word in zip(ROWS, "ABA", strict=True)), head=(*HEAD, "SOURCE")
    )
    assert faults(rows) == [
        "line 3, observation 2 SOURCE B is said of the whole data set, which is 'A' elsewhere."
    ]


def test_what_is_confidential_without_a_number_stays_so() -> None:
    found = taken(changed(CONF_STATUS="C"))
    assert found.conf_status[1] is ConfStatus.CONFIDENTIAL


def test_a_number_whose_letter_says_there_is_none_keeps_its_letter_beside_it() -> None:
    lists = scheme("codelist", "CL_OBS_STATUS", Item("M", (("en", "Missing"),)), Item("A"))
    of = held(lists)
    rows = rows_of((*ROWS[0][:5], "M", *ROWS[0][6:]), (*ROWS[1][:4], "", "M", "", ""))
    found = taken(rows, of)

    assert found.obs_status == (ObsStatus.NORMAL, ObsStatus.NOT_POSSIBLE)
    assert found.note == ("Missing || Missing",) * 2


def test_a_letter_without_words_is_told_only_where_it_is_not_ours() -> None:
    body = replace(BODY, attributes=(component("OBS_STATUS", "attribute"),))
    of = held(Artefact(DSD, body=body))
    cut = [row[:6] for row in (ROWS[0], (*ROWS[2][:5], "?"), (*ROWS[2][:3], "2019", "1", "P"))]
    found = taken(rows_of(*cut, head=HEAD[:6]), of)

    assert found.obs_status == (ObsStatus.NORMAL, ObsStatus.NORMAL, ObsStatus.PROVISIONAL)
    assert found.note == ("", "? || ?", "")


def test_a_place_without_lines_is_told_by_the_number_of_the_observation() -> None:
    assert Fault("m.json", 0, 3, "SEX", "W", "is no code.").place == "observation 3"


@pytest.mark.parametrize(
    ("named", "context"),
    [
        ("RLM:DF(1.0)", "dataflow"),
        ("RLM:DF", ""),
        ("DF", ""),
        ("", ""),
        ("RLM:DSD(1.0)", "datastructure"),
        ("RLM:DSD(1.0)", ""),
        ("RLM:PA(1.0)", "provisionagreement"),
    ],
)
def test_data_name_their_dataflow_in_several_ways(named: str, context: str) -> None:
    assert flow_of(named, context, {each.ref: each for each in ARTEFACTS}) == FLOW


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("RLM:DF(9.0)", r"of RLM:DF\(9.0\), .* no such dataflow. It has: RLM:DF\(1.0\)"),
        ("RLM:DSD(2.0)", "no such dataflow"),
        ("", "several of its dataflow"),
    ],
)
def test_a_dataflow_or_version_that_is_not_there_is_told_with_what_is(named: str, why: str) -> None:
    other = Artefact(replace(FLOW, id="OTHER"), body=None)
    found = {each.ref: each for each in (*ARTEFACTS, *([] if named else [other]))}
    with pytest.raises(BadInput, match=why):
        flow_of(named, "", found)


def test_structures_without_a_dataflow_are_told() -> None:
    with pytest.raises(BadInput, match="has no dataflow"):
        flow_of("X", "", {DSD: ARTEFACTS[1]})


def body_with(**more) -> Artefact:
    return Artefact(DSD, body=replace(BODY, **more))


TEXT = Representation(format=Format("String"))
LISTED = Representation(Ref("codelist", RLM, "CL_SEX", "1.0"))


@pytest.mark.parametrize(
    ("other", "without", "why"),
    [
        (Artefact(FLOW, body=Usage(None)), "", "does not say which data structure"),
        (Artefact(FLOW, body=None), "", "does not say which data structure"),
        (Artefact(FLOW, body=Usage(replace(DSD, version="2.0"))), "",
         r"refers to the datastructure RLM:DSD\(2.0\).*It has: RLM:DSD\(1.0\)"),
        (Artefact(DSD, body=None), "", "is not whole"),
        (body_with(dimensions=BODY.dimensions[:1]), "", "has no time dimension"),
        (body_with(measures=(component("A", "measure"), component("B", "measure"))), "",
         "has 2 measures"),
        (body_with(measures=(component("A", "measure", held=TEXT),)), "", r"no number \(String\)"),
        (body_with(measures=(component("A", "measure", held=LISTED),)), "", r"no number \(coded\)"),
        (body_with(groups=()), "", "TITLE is attached to a group that is not there: Both"),
        (body_with(), "CL_SEX", "SEX refers to the codelist RLM:CL_SEX.*references=descendants"),
        (scheme("codelist", "CL_AGE", Item("A", parent="B"), Item("B", parent="A")), "",
         "stands above itself"),
    ],
    ids=range(11),
)  # fmt: skip
def test_a_structure_that_does_not_hold_together_is_refused(other, without: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        held(other, without=without)


def test_nobody_loads_a_dataflow_of_ours() -> None:
    ours = Ref("dataflow", "CAUCE", "DF", "1.0")
    with pytest.raises(BadInput, match="which is this house"):
        held_flow(ours, {ours: Artefact(ours)})


def test_a_structure_without_a_measure_has_the_usual_one() -> None:
    assert held(body_with(measures=())).measure == "OBS_VALUE"


def test_a_concept_may_say_what_its_component_does_not() -> None:
    item = Item("NOTE", core=Representation(Ref("codelist", RLM, "CL_SEX", "1.0")))
    found = held(scheme("conceptscheme", "CS", item))
    bare = held(Artefact(CONCEPTS), scheme("agencyscheme", "AGENCIES", agency="SDMX"))

    assert list(found.dimensions[2].codes or ()) == ["F", "M", "_T"]
    assert (bare.dimensions[2].codes, bare.agency.en) == (None, "RLM")


def test_a_list_without_items_has_no_code() -> None:
    with_empty = held(Artefact(Ref("codelist", RLM, "CL_SEX", "1.0")))
    assert with_empty.dimensions[0].codes == {}

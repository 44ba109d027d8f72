"""Our artefacts are made of what packs and the catalogue declare."""

import io
import json
from dataclasses import replace

import sdmx

from cauce.model.catalogue import Theme
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.structure import Artefact, Constraint, DataStructure, Ref
from cauce.model.text import Text
from cauce.publish.message import Message
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.json import structures_json
from cauce.publish.structure.lint import faults
from cauce.publish.structure.ml import structures_ml
from cauce.publish.structure.own import actual, filled, own_artefacts, worded_unlike

T = Text("t", "t (es)")
ABOVE = Code("2", Text("Professionals", "Profesionales"))
CODES = (Code("_T", T), Code("22", Text("Health professionals", "Salud"), "2"))
POPULATION = Indicator(
    "POP", Text("Population", "Población"), Text("All who live here", "Quienes viven aquí"),
    "total", "1", "1", "", "PERSONS", 1.0, 0, "",
)  # fmt: skip
MESSAGE = Message("M", "2026-01-01T00:00:00Z", audited=False)
LABOUR = Theme("LABOUR", "B2", Text("Labour", "Trabajo"))


def flow(
    id_: str, codes: tuple[Code, ...] = CODES, groups: tuple[Code, ...] = (), name: Text = T
) -> Dataflow:
    return Dataflow(
        id_,
        "1.0",
        T,
        (
            Dimension("INDICATOR", T, (Code("POP", POPULATION.name),), ""),
            Dimension("OC2", name, codes, "CL_OC2", groups=groups),
            Dimension("TIME_PERIOD", T, (Code("2024", T), Code("2025", T)), ""),
        ),
        (POPULATION,),
        Source("S", "XAA", Text("A survey", "Una encuesta"), Text("All", "Todos"), "", "", True),
        Method("", "", "", "", "", ""),
        theme=LABOUR,
    )


def of(artefacts, kind: str, id_: str) -> Artefact:
    return next(one for one in artefacts if (one.ref.kind, one.ref.id) == (kind, id_))


def test_nothing_is_wrong_with_them():
    assert faults(own_artefacts([flow("A", groups=(ABOVE,)), flow("B")]), "CAUCE") == []


def test_another_program_reads_the_hierarchy():
    """Also where a vintage of before hierarchies were kept shares the list."""
    old = tuple(Code(code.id, code.name) for code in CODES)
    found = own_artefacts([flow("A", old), flow("B", groups=(ABOVE,))])
    read = sdmx.read_sdmx(io.BytesIO(structures_ml(found, MESSAGE, "2.1")))

    assert read.codelist["CL_OC2"]["22"].parent.id == "2"


def test_the_json_names_the_parent():
    found = own_artefacts([flow("B", groups=(ABOVE,))])
    told = json.loads(structures_json(found, MESSAGE, "2.0"))

    [codes] = [c["codes"] for c in told["data"]["codelists"] if c["id"] == "CL_OC2"]
    assert [code.get("parent") for code in codes] == [None, "2", None]


def test_indicators_come_with_their_definitions_in_both_languages():
    [code] = of(own_artefacts([flow("A")]), "codelist", "CL_INDICATOR_A").body.items

    assert code.descriptions == (("en", "All who live here"), ("es", "Quienes viven aquí"))


def test_a_dataflow_says_where_it_is_from_and_whom_it_is_about():
    assert of(own_artefacts([flow("A")]), "dataflow", "A").descriptions == (
        ("en", "A survey. All"),
        ("es", "Una encuesta. Todos"),
    )


def test_a_dataflow_is_of_its_theme_and_themes_are_in_the_order_of_the_catalogue():
    pay = Theme("PAY", "B10", Text("Pay", "Salarios"))
    found = own_artefacts(
        [replace(flow("A"), theme=pay), flow("B"), replace(flow("C"), theme=None)]
    )

    themes = of(found, "categoryscheme", "THEMES")
    assert [item.id for item in themes.body.items] == ["LABOUR", "PAY"]
    assert of(found, "categorisation", "CTG_A").body.target.item == "PAY"
    assert "CTG_C" not in [one.ref.id for one in found]


def test_without_themes_there_is_no_scheme_of_them():
    kinds = {one.ref.kind for one in own_artefacts([replace(flow("A"), theme=None)])}

    assert not kinds & {"categoryscheme", "categorisation"}


def test_what_may_be_in_a_dataflow_are_the_codes_of_its_own_columns():
    """The list it shares has the other one's, too."""
    found = own_artefacts([flow("A"), flow("B", (Code("_T", T), Code("23", T)))])

    body = of(found, "dataconstraint", "CC_ALLOWED_A").body
    assert {s.component: s.values for s in body.regions[0].keys} == {
        "INDICATOR": ("POP",),
        "OC2": ("_T", "22"),
    }
    assert [item.id for item in of(found, "codelist", "CL_OC2").body.items] == ["_T", "22", "23"]


def test_what_is_in_a_dataflow_is_told_from_the_data():
    codes = [("OC2", ("_T",)), ("TIME_PERIOD", ("2024", "2025-Q1"))]
    told = filled(actual(flow("A")), codes, 3, 12)

    body = told.body
    assert isinstance(body, Constraint)
    assert (body.role, body.series, body.observations) == ("Actual", 3, 12)
    assert [selection.component for selection in body.regions[0].keys] == ["OC2"]
    assert {note.id: note.title for note in told.annotations} == {
        "obs_count": "12",
        "series_count": "3",
        "time_period_start": "2024-01-01",
        "time_period_end": "2025-03-31",
    }


def test_only_counts_are_notes_of_the_type_that_clients_take_for_counts():
    told = filled(actual(flow("A")), [("TIME_PERIOD", ("2024",))], 1, 12)
    nothing = filled(actual(flow("A")), [], 0, 0)

    counts = [note.id for note in told.annotations if note.type == "sdmx_metrics"]
    assert counts == ["obs_count", "series_count"]
    assert told.body.regions == ()
    assert [note.id for note in nothing.annotations] == ["obs_count", "series_count"]


def test_only_a_constraint_is_told_from_the_data():
    found = of(own_artefacts([flow("A")]), "dataflow", "A")

    assert filled(found, [], 1, 1) == found


def test_a_data_structure_has_attributes_at_every_level():
    body = of(own_artefacts([flow("A")]), "datastructure", "DSD_A").body

    assert isinstance(body, DataStructure)
    assert [one.id for one in body.dimensions] == ["INDICATOR", "OC2", "TIME_PERIOD"]
    assert {one.relationship.level for one in body.attributes} == {
        "dataset",
        "dimensions",
        "observation",
    }


def test_words_that_differ_get_a_list_and_a_concept_of_their_own_and_are_told():
    other = flow(
        "B", (Code("_T", T), Code("22", Text("Nurses", "Enfermería"))), name=Text("o", "o")
    )
    found = own_artefacts([flow("A"), other])

    structure = of(found, "datastructure", "DSD_B").body.dimensions[1]
    assert structure.concept == Ref("conceptscheme", "CAUCE", "CS_CAUCE", "1.0", "OC2_B")
    assert structure.representation.enumeration.id == "CL_OC2_B"
    told = worded_unlike([flow("A"), other])
    assert [sentence.split(" unlike")[0] for sentence in told] == [
        "B words a code of CL_OC2",
        "B names the dimension OC2",
    ]
    assert worded_unlike([flow("A")]) == ()


def test_everything_leads_from_the_dataflow():
    everything = Artefacts(own_artefacts([flow("A")]))
    around = everything.related([Ref("dataflow", "CAUCE", "A", "1.0")], "all")

    assert {ref.kind for ref in around} == {
        "dataflow", "datastructure", "conceptscheme", "codelist", "categorisation",
        "categoryscheme", "dataconstraint",
    }  # fmt: skip

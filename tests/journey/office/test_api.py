"""The registers for programs, as the OpenAPI document says."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cauce.office.api.openapi import schema_name
from cauce.office.seat import Office
from cauce.pipeline.register_seed import read_seeds
from cauce.pipeline.registers import read_registers
from cauce.registers.canonical import plain

from .quotas import QUOTA, altered, quota

BASE = "/api/v1/registers/quotas/records"
REGISTERS = Path("packs/registers")


@pytest.fixture
def document(desk_of) -> dict[str, Any]:
    return desk_of("ana").get("/api/v1/openapi.json").json()


def valid(document: dict[str, Any], name: str, body: object) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(body)


def test_the_document_describes_every_register_in_both_languages(document, office: Office) -> None:
    assert document["openapi"] == "3.1.0"
    for register in office.registers.values():
        schema = document["components"]["schemas"][schema_name(register)]
        assert set(schema["properties"]) == {field.id for field in register.fields}
        assert (
            register.name.es
            in document["paths"][f"/registers/{register.id}/records"]["get"]["summary"]
        )
    for target in set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document))):
        assert target in document["components"]["schemas"], target


def test_every_schema_is_one_and_every_seed_keeps_to_its_own(document) -> None:
    declared = read_registers(REGISTERS)
    for seed in read_seeds(REGISTERS, declared):
        register = declared.registers[seed.register]
        valid(document, schema_name(register), plain(seed.record))
    for name in document["components"]["schemas"]:
        jsonschema.Draft202012Validator.check_schema(document["components"]["schemas"][name])


def test_answers_are_as_the_document_says(document, desk_of) -> None:
    ana, beto = desk_of("ana"), desk_of("beto")
    key = quota(ana)
    valid(document, "Registers", ana.get("/api/v1/registers").json())
    valid(document, "Page", ana.get(BASE).json())
    valid(document, "Now", ana.get(f"{BASE}/{key}").json())
    valid(document, "Entries", ana.get(f"{BASE}/{key}/entries").json())
    judged = beto.post(f"{BASE}/{key}/entries/1/verdict", json={"verdict": "approved"})
    valid(document, "Entry", judged.json())
    assert judged.json()["state"] == "approved"
    problem = ana.post(BASE, json={"record": {}})
    assert problem.headers["content-type"] == "application/problem+json"
    valid(document, "Problem", problem.json())


def test_faults_carry_the_path_of_their_field_in_both_languages(desk_of) -> None:
    record = {**QUOTA, "ceiling": "muchos", "parts": [{}, {"ceiling": -1}], "made_up": 1}
    answer = desk_of("ana").post(BASE, json={"record": record})
    assert answer.status_code == 422
    faults = {fault["field"]: fault["message"] for fault in answer.json()["faults"]}
    assert {"ceiling", "parts[2].ceiling", "made_up"} <= set(faults)
    assert faults["ceiling"] == {
        "en": "muchos is no number; write 1234.5",
        "es": "muchos no es un número; escriba 1234.5",
    }


def test_a_warning_is_insisted_on_by_its_name(desk_of) -> None:
    record = {**QUOTA, "issued": 101}
    (fault,) = desk_of("ana").post(BASE, json={"record": record}).json()["faults"]
    assert fault["warning"]
    answer = desk_of("ana").post(BASE, json={"record": record, "insist": [fault["insist"]]})
    assert answer.status_code == 201


def test_a_write_names_the_entry_it_rests_on_or_gets_both_versions(desk_of) -> None:
    ana = desk_of("ana")
    key = quota(ana)
    body = {"action": "correct", "record": {**QUOTA, "ceiling": 7}, "reason": "x"}
    assert ana.post(f"{BASE}/{key}/entries", json=body).status_code == 428
    assert altered(ana, key, "correct", ceiling=5).status_code == 201
    stale = ana.post(f"{BASE}/{key}/entries", json=body, headers={"If-Match": '"1"'})
    assert stale.status_code == 409
    assert stale.json()["yours"]["ceiling"] == 7
    assert stale.json()["theirs"]["record"]["ceiling"] == 5
    assert ana.get(f"{BASE}/{key}").headers["etag"] == '"2"'


def test_a_record_is_asked_for_as_of_a_day_and_as_known_at_a_moment(desk_of) -> None:
    ana = desk_of("ana")
    key = quota(ana)
    altered(ana, key, days={"valid_from": "2023-06-01"}, ceiling=777)
    altered(ana, key, "end", days={"valid_from": "2024-01-01"})
    asked = f"{BASE}/{key}"
    assert ana.get(f"{asked}?on=2023-05-31").json()["record"]["ceiling"] == 100
    assert ana.get(f"{asked}?on=2023-06-01").json()["record"]["ceiling"] == 777
    assert ana.get(f"{asked}?on=2024-01-01").status_code == 404
    assert ana.get(f"{asked}?known_at=2026-01-01T00:00:00Z").status_code == 404
    (line,) = ana.get(BASE).json()["records"]
    assert (line["ended"], line["title"]["es"]) == (True, "Cuota de prueba")


def test_what_cannot_be_read_is_refused_and_not_a_fault_of_ours(desk_of) -> None:
    ana = desk_of("ana")
    key = quota(ana)
    for body in (b"{", b"[]", b'{"record": []}', b'{"record": {}, "strange": 1}'):
        assert ana.post(BASE, content=body).status_code == 400
    assert ana.get(f"{BASE}/{key}?on=ayer").status_code == 400
    assert ana.get(f"{BASE}/{key}?known_at=ayer").status_code == 400
    bad = {"action": "burn", "reason": "x", "record": {}}
    assert ana.post(f"{BASE}/{key}/entries", json=bad).status_code == 400
    nonsense = {"record": {**QUOTA, "parts": [1, "x"], "ceiling": [1], "title_es": {"a": 1}}}
    assert ana.post(BASE, json=nonsense).status_code == 422
    assert ana.post(f"{BASE}/{key}/entries/1/verdict", json={"verdict": "x"}).status_code == 400


def test_who_may_not_write_is_told_why_in_both_languages(desk_of) -> None:
    answer = desk_of("con").post(BASE, json={"record": QUOTA})
    assert answer.status_code == 403
    assert set(answer.json()["details"]) == {"en", "es"}
    key = quota(desk_of("ana"))
    verdict = {"verdict": "approved"}
    own = desk_of("both").post(f"{BASE}/{quota(desk_of('both'))}/entries/2/verdict", json=verdict)
    assert own.status_code == 403
    assert desk_of("ana").post(f"{BASE}/{key}/entries/1/verdict", json=verdict).status_code == 403

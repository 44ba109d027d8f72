"""Every door to a complaint, for an inspector of another country and for who may be accused.

What is forbidden answers as what is absent, letter by letter, whatever the address asks for.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from cauce.model.errors import BadInput
from cauce.model.register import Sensitivity
from cauce.office.app import create_office
from cauce.office.seat import Office
from cauce.pipeline.register_publish import snapshot
from cauce.pipeline.registers import Declared
from cauce.registers.access import parse_access

from .conftest import DOUBLE
from .hotline import SECRETS, Hotline, open_hotline

ABSENT = "0" * 20
TOLD = ("complaints", "inspections", "remedies", "screenings")
ACCESS = parse_access(Path("packs/registers/access.toml").read_text("utf-8"))


@pytest.fixture
def case(office: Office, declared: Declared) -> tuple[Hotline, str]:
    hotline = open_hotline(office, declared)
    key = hotline.take()
    hotline.approve("complaints", key)
    return hotline, key


def addresses(office: Office, declared: Declared) -> Iterator[tuple[str, str]]:
    """Every address of the office that names a record, with its methods; none that names a cell."""
    frames = Path("packs/frames")
    app = create_office(
        office.database, declared, office.access, office.keys, DOUBLE, office.clock, frames
    )
    for route in app.routes:
        if isinstance(route, Route) and "{key}" in route.path and "{flow}" not in route.path:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path.replace("{number:int}", "1")


def answered(desk: TestClient, method: str, path: str, key: str) -> tuple[int, str]:
    """Status and page, without what repeats the key that was asked for."""
    address = path.format(
        language="es", register="complaints", key=key, action="change", phase="p", country="GTM"
    )
    data = {"purpose": "FOLLOW", "verdict": "approved", "do": "save", "FL01": "YES"}
    given = {"json": {"record": {}}} if path.startswith("/api/") else {"data": data}
    answer = desk.request(method, address, **({} if method == "GET" else given))
    return answer.status_code, answer.text.replace(key, "KEY")


@pytest.mark.parametrize("who", ["abroad", "agency"])
def test_a_case_of_others_answers_as_one_that_never_was(
    case: tuple[Hotline, str], declared: Declared, who: str
) -> None:
    hotline, key = case
    desk = hotline.of(who)
    asked = list(addresses(hotline.office, declared))
    assert len(asked) > 20
    for method, path in asked:
        there = answered(desk, method, path, key)
        assert there[0] in (404, 405, 428), (method, path, there[0])
        assert there == answered(desk, method, path, ABSENT), (method, path)
        assert not any(secret in there[1] for secret in SECRETS)


@pytest.mark.parametrize("who", ["abroad", "agency", "inspector", "second", "ana", "con"])
def test_no_list_filter_search_or_file_tells_of_it_or_takes_it_away(
    case: tuple[Hotline, str], who: str
) -> None:
    hotline, key = case
    desk = hotline.of(who)
    own = who in ("inspector", "second")
    for words in ("", "?words=D-", "?country=GTM", "?known=2026-12-31", "?words=quitaron",
                  "?sort=amount", "?after=a|b", "?country=GTM&words=5555"):  # fmt: skip
        for address in (
            f"/es/registers/complaints{words}",
            f"/api/v1/registers/complaints/records{words}",
            f"/es/registers{words}",
            f"/es/{words}",
        ):
            answer = desk.get(address)
            assert own or key not in answer.text, (who, address)
            asked = re.sub(r"quitaron|5555", "", answer.text)  # the search repeats its words
            assert not any(secret in asked for secret in SECRETS), (who, address)
    for register in TOLD:
        for file in ("book.xlsx", "book.csv", "book"):
            answer = desk.get(f"/es/registers/{register}/{file}")
            assert answer.status_code in (403, 404), (who, register, file)


def test_an_inspector_of_the_country_sees_that_there_is_a_case_and_not_who_spoke_or_of_whom(
    case: tuple[Hotline, str],
) -> None:
    hotline, key = case
    for address in (
        f"/es/registers/complaints/{key}",
        f"/es/registers/complaints/{key}/history",
        f"/api/v1/registers/complaints/records/{key}",
        f"/api/v1/registers/complaints/records/{key}/entries",
    ):
        answer = hotline.of("inspector").get(address)
        assert answer.status_code == 200
        assert not any(secret in answer.text for secret in SECRETS)
        assert not re.search(r"sellad|TRAFFICKING|referred_to", answer.text)
    for page in ("", "/screen", "/refer"):
        assert hotline.of("inspector").get(f"/es/hotline/cases/{key}{page}").status_code == 404


def test_nothing_told_in_confidence_has_a_public_side(
    case: tuple[Hotline, str], declared: Declared
) -> None:
    hotline, _ = case
    for name in TOLD:
        register = declared.registers[name]
        assert not register.public
        assert not register.lends
        with pytest.raises(BadInput, match="no public register is called so"):
            snapshot(hotline.office.database, declared, only=(name,))
    filled, _ = snapshot(hotline.office.database, declared)
    assert not {shelf.shelf.id for shelf in filled} & set(TOLD)
    for other in declared.registers.values():
        linked = [
            field.id
            for field in (*other.fields, *(c for f in other.fields for c in f.rows))
            if field.register in TOLD and (field.public or other.public)
        ]
        assert not linked, other.id


def test_no_grant_takes_many_away_publishes_them_or_reaches_abroad() -> None:
    for grant in ACCESS.grants:
        if grant.registers & set(TOLD):
            assert not grant.verbs & {"export", "import", "publish"}
            assert grant.where == {"own"}


def test_no_field_or_code_can_call_a_smuggled_person_an_offender(declared: Declared) -> None:
    """Nor is there one for their papers, their status of stay or a place by coordinates."""
    refused = re.compile(
        r"offend|offence|crime|criminal|guilt|illegal|irregular|delito|delinc|infractor|ilegal|"
        r"passport|dni\b|\bdpi\b|\bid_number|document_no|latitud|longitud|\blat\b|\blon\b|gps",
        re.IGNORECASE,
    )
    allowed = {"SMUGGLING"}
    for name in (*TOLD, "referral_services"):
        register = declared.registers[name]
        for field in (*register.fields, *(c for f in register.fields for c in f.rows)):
            assert not refused.search(f"{field.id} {field.name.en} {field.name.es}"), field.id
            codelist = declared.lists.get(field.codelist)
            for code in codelist.codes if codelist and field.codelist != "CL_ISIC" else ():
                said = f"{code.id} {code.name.en} {code.name.es}"
                assert code.id in allowed or not refused.search(said), code.id


def test_who_spoke_and_of_whom_is_sealed(declared: Declared) -> None:
    for name in TOLD:
        for field in declared.registers[name].fields:
            if field.kind in ("note", "money") or field.register in ("recruiters", "contracts"):
                assert field.sensitivity is Sensitivity.P3, (name, field.id)
    named = {"contact", "person_name", "recruiter_name", "recruiter_phone", "place", "amount"}
    for field in declared.registers["complaints"].fields:
        assert field.id not in named or field.sensitivity is Sensitivity.P3
    assert all(declared.registers[name].retention_years for name in TOLD)

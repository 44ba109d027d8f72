"""Two records that are one: merged, seen by the look-up, split again, and both histories kept."""

import re
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from cauce.office.seat import Office
from cauce.pipeline.register_publish import publish_registers
from cauce.pipeline.registers import Declared
from cauce.portal.app import create_app
from cauce.store import Store
from cauce.store.log import Log

from .forms import html
from .invented import enter

AGENCIES = {
    ("recruiters", "first"): {"name": "Río Inventado", "country": "BLZ", "source": "invented"},
    ("recruiters", "second"): {"name": "RIO INVENTADO SA", "country": "BLZ", "source": "invented"},
    ("recruiters", "other"): {"name": "Rio Inventado Norte", "country": "HND", "source": "x"},
}
PAGE = "/es/judge/recruiters"


def buttons(page: str) -> list[str]:
    return [b.get("value") for b in html.fromstring(page).xpath("//button[@name='do']")]


def press(desk: TestClient, value: str) -> None:
    answer = desk.post(PAGE, data={"do": value, "ground": "Misma dirección"})
    assert answer.status_code == 200, answer.text
    assert answer.url.path == PAGE, answer.text


def approve(desk: TestClient, register: str, key: str) -> None:
    number = desk.get("/es/").text.partition(f"{key}/review/")[2].partition('"')[0]
    address = f"/es/registers/{register}/{key}/review/{number}"
    assert desk.post(address, data={"verdict": "approved"}).status_code == 200


def test_an_inspector_merges_two_spellings_a_second_person_approves_and_a_split_loses_nothing(
    office: Office, declared: Declared, desk_of: Callable[[str], TestClient], tmp_path: Path
) -> None:
    enter(office.database, declared, AGENCIES)

    def looked_up() -> str:
        publish_registers(office.database, declared, Store(tmp_path / "s"), office.clock())
        public = TestClient(create_app(tmp_path / "s", clock=office.clock))
        return str(public.get("/es/recruiters?q=RIO+INVENTADO+SA").text)

    inspector, reviewer = desk_of("police"), desk_of("beto")
    page = inspector.get(PAGE).text
    assert "Igual salvo mayúsculas, signos y forma legal (1.00)" in page
    assert "keep:first:second" in buttons(page)
    assert not [b for b in buttons(page) if b.startswith("keep:") and b.endswith(":other")]
    press(inspector, "keep:first:second")
    waiting = inspector.get(PAGE).text
    assert "espera a una segunda persona" in waiting
    assert "/recruiters/second" in looked_up(), "nothing is merged before a second person"
    approve(reviewer, "recruiters", "second")
    page = inspector.get(PAGE).text
    assert "keep:first:second" not in buttons(page)
    assert "/recruiters/first" in looked_up()

    press(inspector, "split:second")
    approve(reviewer, "recruiters", "second")
    assert "/recruiters/second" in looked_up()
    entries = Log(office.database, declared.registers).entries("recruiters", "second")
    said = [(entry.reason, (entry.record or {}).get("same_as")) for entry in entries]
    assert said == [("", None), ("Misma dirección", "first"), ("Misma dirección", None)]

    press(inspector, "apart:first:second")
    pairs = inspector.get("/es/registers/recruiter_pairs").text
    (pair,) = set(re.findall(r"recruiter_pairs/([0-9a-f]{20})", pairs))
    approve(reviewer, "recruiter_pairs", pair)
    assert "apart:first:second" not in buttons(inspector.get(PAGE).text), "nobody is asked twice"


def test_who_keeps_no_recruiters_has_no_such_page_and_nothing_else_is_answered(
    office: Office, declared: Declared, desk_of: Callable[[str], TestClient]
) -> None:
    enter(office.database, declared, AGENCIES)
    assert desk_of("con").get(PAGE).status_code == 404
    assert desk_of("con").post(PAGE, data={"do": "keep:first:second"}).status_code == 404
    assert "judge/recruiters" not in desk_of("con").get("/es/judge").text
    inspector = desk_of("police")
    for odd in ("keep:first", "keep:first:nobody", "burn:first:second", ""):
        assert inspector.post(PAGE, data={"do": odd}).status_code == 404, odd
    foreign = inspector.post(PAGE, data={"do": "keep:first:other"})
    assert foreign.status_code in (403, 404)

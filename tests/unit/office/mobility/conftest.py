"""A mechanism that is run at the real office: its records, its people at their desks, its clock."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from cauce.model.account import Role
from cauce.model.entry import Action, Draft
from cauce.model.text import Text
from cauce.office.app import Entrance, create_office
from cauce.office.doors import csrf_field, guards, kept_page, routes
from cauce.pipeline.registers import read_registers
from cauce.store.log import append, review
from cauce.store.log.card_keys import make_key
from cauce.store.log.cards import sign_list
from cauce.store.log.envelope import Whose
from cauce.store.log.sealing import seal_record

DECLARED = read_registers(Path(__file__).parents[4] / "packs" / "registers")
SOURCE = "Inventado para la prueba"
WAY = {
    "title_es": "Vía temporal inventada",
    "title_en": "Invented temporary way",
    "kind": "TFWP",
    "country": "GTM",
    "status": "FORCE",
    "card_code": "TEMPORAL",
    "may_change_employer": True,
    "family_allowed": True,
    "source": SOURCE,
}
QUOTA = {
    "title_es": "Cuota inventada",
    "mechanism": "way",
    "country": "GTM",
    "period_from": date(2025, 1, 1),
    "period_to": date(2026, 12, 31),
    "ceiling": 950,
    "unit": "VISA",
    "source": SOURCE,
}
REQUEST = {
    "number": "SOL-1",
    "country": "GTM",
    "mechanism": "way",
    "employer": "FINCA-7",
    "occupation": "9",
    "industry": "A",
    "positions": 1000,
    "work_from": date(2026, 1, 1),
    "work_to": date(2026, 6, 30),
    "requested_on": date(2025, 9, 1),
    "check_result": "FEWER",
    "check_found": 2,
    "check_source": SOURCE,
    "check_on": date(2025, 9, 10),
    "quota": "quota",
    "decision": "PART",
    "decided_on": date(2025, 9, 20),
    "approved": 900,
    "source": SOURCE,
}


def permit_of(number: int, **more: object) -> dict[str, object]:
    """A permit as it was granted to somebody who does not exist."""
    return {
        "number": f"PER-{number}",
        "country": "GTM",
        "request": "request",
        "worker": f"W-{number:04}",
        "full_name": f"zq-name-{number}-zq",
        "document": f"zq-document-{number}-zq",
        "birth_date": date(1990, 1, 1 + number % 28),
        "nationality": "HND",
        "sex": "F" if number % 2 else "M",
        "occupation": "9",
        "industry": "A",
        "selected_on": date(2025, 9, 25),
        "applied_on": date(2025, 10, 1),
        "state": "GRANTED",
        "decided_on": date(2025, 10, 11 + number % 10),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 6, 30),
        "employers": ({"employer": "FINCA-7", "since": date(2026, 1, 1)},),
        "source": SOURCE,
        **more,
    }


@dataclass
class Run:
    """The office with a mechanism in it, and who sits there."""

    office: Any
    app: Starlette
    came: int = 0

    def enter(self, register: str, key: str, record: dict[str, object], approved: bool = True):
        """A record written by one and approved by another, as their forms would."""
        doors = self.office.doors
        declared = DECLARED.registers[register]
        country = str(record.get("country", ""))
        with doors.database.writing("one") as connection:
            whose = Whose(declared, key, country)
            sealed = seal_record(connection, doors.keys, whose, record)
            draft = Draft(register, key, country, Action.OPEN, sealed, None, None, "one", "", 0)
            (entry,) = append(connection, DECLARED.registers, [draft], doors.clock())
        if approved:
            with doors.database.writing("two") as connection:
                at, said = doors.clock(), review.Verdict.APPROVED
                review.judge(connection, entry.number, said, "two", "", at)
        return entry.number

    def desk(self, *roles: Role, name: str = "", countries=frozenset({"GTM"})):
        self.came += 1
        name = name or f"Olga {self.came}"
        return self.office.signed_in(*roles, app=self.app, name=name, countries=countries)[0]

    def api(self, browser: Any, path: str, body: dict[str, object]) -> Any:
        """What a page of ours would send as JSON."""
        shown = browser.get("/es/account").text
        token = shown.partition('name="csrf" value="')[2].partition('"')[0]
        return browser.post(path, json=body, headers={"x-csrf-token": token})


def make_run(office: Any) -> Run:
    doors = office.doors
    entrance = Entrance(guards(doors), routes(doors), csrf_field, kept_page)
    app = create_office(
        doors.database, DECLARED, doors.access, doors.keys, entrance, doors.clock,
        address="https://registros.example", complain="https://ayuda.example",
    )  # fmt: skip
    run = Run(office, app)
    run.enter("mechanisms", "way", WAY)
    run.enter("mechanisms", "fixed", {**WAY, "may_change_employer": False})
    run.enter("quotas", "quota", QUOTA)
    run.enter("mobility_requests", "request", REQUEST)
    now = doors.clock()
    with doors.database.writing("one") as connection:
        issuer = Text("A ministry", "Un ministerio")
        make_key(connection, doors.keys, "TEMPORAL", "GTM", issuer, "one", now)
        sign_list(connection, doors.keys, "TEMPORAL", "one", now)
    return run


@pytest.fixture(scope="module")
def run(office_in, tmp_path_factory) -> Run:
    """One office for all tests of a file: each enters permits of its own."""
    return make_run(office_in(tmp_path_factory.mktemp("mobility")))


def batch(device: str, sent_at: str, *events: tuple[int, str, str, str], **more: str) -> str:
    """A batch of (count, card, kind, moment), at the device's place."""
    told = []
    for count, card, kind, at in events:
        one: dict[str, object] = {"counter": count, "card": card, "kind": kind, "recorded_at": at}
        if kind in ("ENTRY", "EXIT", "FARM_IN", "FARM_OUT"):
            one["place"] = more.get("place", "P-1")
        if kind in ("EMPLOYER_CHANGE", "FARM_IN") and "employer" in more:
            one["employer"] = more["employer"]
        told.append(one)
    return json.dumps({"cauce_events": 1, "device": device, "sent_at": sent_at, "events": told})

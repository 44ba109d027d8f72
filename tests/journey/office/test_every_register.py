"""For every register: a program enters a case, and every page about it answers in two languages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.journey.serving import NOON

from cauce.model.register import Register, Sensitivity
from cauce.office import create_office
from cauce.pipeline.registers import Declared, read_registers
from cauce.registers.access import parse_access
from cauce.registers.canonical import plain
from cauce.registers.values import read_record
from cauce.store.log import open_database
from cauce.store.log.key_folder import KeyFolder

from .cases import case_of
from .conftest import DOUBLE, REGISTERS, Clock
from .house import furnish

DECLARED = read_registers(REGISTERS)
WRITERS = {
    **dict.fromkeys(("observations", "shadow_comments"), "watch"),
    **dict.fromkeys(("complaints", "inspections", "remedies", "screenings"), "line"),
}


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, declared: Declared
) -> Iterator[Callable[[str], TestClient]]:
    """A program of somebody at an office with the seeds, opened once for all registers."""
    folder = tmp_path_factory.mktemp("registers")
    database = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
    furnish(database, declared, NOON)
    access = parse_access((REGISTERS / "access.toml").read_text("utf-8"))
    app = create_office(database, declared, access, KeyFolder(folder / "keys"), DOUBLE, Clock())
    yield lambda who: TestClient(app, headers={"x-who": who})
    database.close()


@pytest.mark.parametrize("register", DECLARED.registers.values(), ids=lambda one: one.id)
def test_a_case_entered_by_a_program_is_reviewed_and_shown_on_every_page(
    register: Register, desk: Callable[[str], TestClient]
) -> None:
    mobile = register.id.startswith("mobility_")
    writer = desk("ope" if mobile else WRITERS.get(register.id, "ana"))
    judge = desk("sup" if mobile else "beto")
    case = case_of(register, DECLARED)
    address = f"/api/v1/registers/{register.id}/records"
    made = writer.post(address, json={"record": case})
    if made.status_code == 422:
        asked = [fault["insist"] for fault in made.json()["faults"] if fault["warning"]]
        made = writer.post(address, json={"record": case, "insist": asked})
    assert made.status_code == 201, made.text
    here, number = f"/registers/{register.id}/{made.json()['key']}", made.json()["number"]
    for language in ("es", "en"):
        assert judge.get(f"/{language}{here}/review/{number}").status_code == 200
    judge.post(f"/es{here}/review/{number}", data={"verdict": "approved"})

    answer = writer.get(f"/api/v1/registers/{register.id}/records/{made.json()['key']}").json()
    wanted, _ = read_record(register, case, DECLARED.lists)
    shown = opened(register, plain(wanted))
    assert (answer["state"], opened(register, answer["record"])) == ("approved", shown)
    for part in ("", "/history", "/change", "/correct", "/end"):
        for language in ("es", "en"):
            assert writer.get(f"/{language}{here}{part}").status_code == 200


def opened(register: Register, record: dict[str, Any]) -> dict[str, Any]:
    """What opens to a program: all, or what is not sealed where it must be said for what."""
    sealed = {f.id for f in register.fields if f.sensitivity is Sensitivity.P3}
    left_out = sealed if register.asks_purpose else set()
    return {name: value for name, value in record.items() if name not in left_out}

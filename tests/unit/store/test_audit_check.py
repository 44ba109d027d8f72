"""Audits that are missing, damaged or another's are told, by scrub and in the status."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.audit import Audit, Withheld
from cauce.model.kept_audit import WhatIf
from cauce.model.status import Health
from cauce.pipeline.status import Looked, how_it_is
from cauce.store import Audits, Reader, Store, audits_beside
from cauce.store.audit_check import audit_faults

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SMALL = Withheld("XAA_LFS_T0", ("A", "XAA", "R", "F", "2020"), ("few",))
AUDIT = Audit(6, 1, 0, 0, (), (), 1.0, 1.0, 0.1, (SMALL,))


@pytest.fixture
def store(release, tmp_path: Path) -> Path:
    """A store of two vintages with their audits."""
    place = tmp_path / "store"
    for vintage in ("v", "w"):
        made = replace(release(vintage, ["2020"]), audit=AUDIT, reason="again")
        Store(place).publish(made, NOW.isoformat())
    return place


def path_of(store: Path, vintage: str) -> Path:
    name = Reader(store).snapshot().manifest("XAA_LFS_T0", vintage).audit_sha256
    return audits_beside(store) / f"{name}.json"


def faults(store: Path) -> list[str]:
    return audit_faults(Reader(store).snapshot(), Audits(audits_beside(store)))


def told(store: Path, **looked) -> tuple[Health, str]:
    lines = how_it_is(Looked(store=store, **looked), NOW).lines
    return next((one.health, one.said.en) for one in lines if one.id == "audits")


def remove(store: Path) -> None:
    path_of(store, "v").unlink()


def damage(store: Path) -> None:
    path_of(store, "v").write_bytes(b"{}")


def alter(store: Path) -> None:
    path = path_of(store, "v")
    path.write_bytes(path.read_bytes().replace(b"few", b"new"))


def swap(store: Path) -> None:
    path_of(store, "v").write_bytes(path_of(store, "w").read_bytes())


def damage_answer(store: Path) -> None:
    audits, name = Audits(audits_beside(store)), path_of(store, "v").stem
    audits.answer(name, WhatIf(("a",), (), (), (), 1, 1, "2026-01-01"))
    next((audits_beside(store) / name).glob("*.json")).write_bytes(b"{")


def open_up(store: Path) -> None:
    audits_beside(store).chmod(0o755)


HARM = {
    remove: "The audit of XAA_LFS v is missing",
    damage: "The audit of XAA_LFS v is damaged",
    alter: "The audit of XAA_LFS v is not what was written",
    swap: "The audit of XAA_LFS v is another: ",
    damage_answer: "The audit of XAA_LFS v is not what was written",
    open_up: "Others can enter",
}


def test_audits_that_are_as_they_were_written_are_counted(store: Path) -> None:
    assert faults(store) == []
    assert told(store) == (Health.WELL, "2 are kept")
    done = CliRunner().invoke(app, ["scrub", "--store", str(store)])
    assert (done.exit_code, "audits of 2 vintages" in done.output) == (0, True)


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_what_is_wrong_with_one_is_said_of_its_vintage(
    store: Path, harm: Callable[[Path], None]
) -> None:
    harm(store)

    [fault] = faults(store)

    assert fault.startswith(HARM[harm])
    assert told(store) == (Health.ACT, "1 wrong: `cauce scrub` names them")
    done = CliRunner().invoke(app, ["scrub", "--store", str(store)])
    assert done.exit_code == 1
    assert HARM[harm].split(" v ")[0] in done.output
    alone = CliRunner().invoke(app, ["scrub", "--no-audits", "--store", str(store)])
    assert (alone.exit_code, alone.output.strip()) == (0, "Every file is as it was written.")


def test_a_public_store_that_lies_alone_is_well_and_the_office_without_them_is_not(
    store: Path,
) -> None:
    audits_beside(store).rename(store.parent / "elsewhere")

    [fault] = faults(store)

    assert "store-audits: the audits of 2 vintages" in fault
    assert told(store)[0] is Health.LOOK
    health, said = told(store, held=store.parent / "held")
    assert (health, said) == (Health.ACT, fault)


def test_where_no_vintage_has_an_audit_nothing_is_said(release, tmp_path: Path) -> None:
    Store(tmp_path / "store").publish(release("v", ["2020"]), NOW.isoformat())
    assert faults(tmp_path / "store") == []
    assert "audits" not in {
        one.id for one in how_it_is(Looked(store=tmp_path / "store"), NOW).lines
    }

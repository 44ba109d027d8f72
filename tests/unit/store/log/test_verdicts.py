"""What second persons said of entries, and which of them may be public."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from cauce.model.entry import Action, Draft, Entry
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.store.log import Database, append
from cauce.store.log.review import Verdict, judge
from cauce.store.log.schema import approval
from cauce.store.log.verdicts import approved, verdicts_on

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = Text("x", "x")
THINGS = Register(
    "things", WORDS, WORDS, WORDS,
    (Field("name", WORDS, "text", True, Sensitivity.P0, True),), Text("name", "name"), "", True,
)  # fmt: skip


def entered(database: Database, *keys: str) -> tuple[Entry, ...]:
    drafts = [
        Draft("things", key, "", Action.OPEN, {"name": key}, None, None, "ana", "", 0)
        for key in keys
    ]
    with database.writing("ana") as connection:
        return append(connection, {"things": THINGS}, drafts, NOW)


def numbers(database: Database) -> dict[int, str]:
    with database.reading() as connection:
        return dict(approved(connection, ["things"]).get("things", {}))


def test_an_entry_is_approved_once_somebody_else_said_so(database: Database) -> None:
    first, second = entered(database, "a", "b")
    assert numbers(database) == {}
    with database.writing("eva") as connection:
        judge(connection, first.number, Verdict.APPROVED, "eva", "", NOW)
    assert numbers(database) == {first.number: "a"}
    assert second.number not in numbers(database)


def test_the_last_verdict_counts(database: Database) -> None:
    (entry,) = entered(database, "a")
    for verdict, expected in (("approved", {entry.number: "a"}), ("returned", {})):
        row = {
            "entry": entry.number, "verdict": verdict, "actor": "eva",
            "at": "2026-01-01T00:00:00.000000+00:00", "note": "",
        }  # fmt: skip
        with database.writing("eva") as connection:
            connection.execute(insert(approval).values(row))
        assert numbers(database) == expected


def test_another_register_is_not_told(database: Database) -> None:
    entries = entered(database, "a")
    with database.writing("eva") as connection:
        judge(connection, entries[0].number, Verdict.APPROVED, "eva", "", NOW)
    with database.reading() as connection:
        assert approved(connection, ["others"]) == {}


@pytest.mark.parametrize("last", list(Verdict))
def test_of_several_verdicts_on_an_entry_the_last_is_told(
    database: Database, last: Verdict
) -> None:
    entered(database, "a", "b")
    first = next(verdict for verdict in Verdict if verdict is not last)
    said = {"entry": 1, "actor": "eva", "at": "2026-01-02", "note": ""}
    with database.writing("eva") as connection:
        for verdict in (first, last):
            connection.execute(insert(approval).values(verdict=str(verdict), **said))
    assert verdicts_on(database, "things") == {1: last}

"""Who signs an entry or a verdict is who acts, whatever code writes it."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError
from tests.unit.store.log.test_log import NOW, REGISTERS, draft

from cauce.model.entry import Entry
from cauce.registers.log import FIRST, entry_of
from cauce.store.log import Database, Log, Together, append
from cauce.store.log.database import acting
from cauce.store.log.rows import to_row
from cauce.store.log.schema import approval, entry

FORGED = "whoever signs acts in the transaction"
VERDICT = {"entry": 1, "verdict": "approved", "at": "2026", "note": ""}


def write(database: Database, actor: str) -> tuple[Entry, ...]:
    with database.writing(actor) as connection:
        return append(connection, REGISTERS, (draft("a", "A"),), NOW)  # a draft of ana's


@pytest.mark.parametrize("actor", ["eva", "", "an", "ana eva"])
def test_nobody_signs_for_another(database: Database, actor: str) -> None:
    with pytest.raises(DatabaseError, match=FORGED):
        write(database, actor)
    assert Log(database, REGISTERS).count("agencies") == 0
    write(database, "ana")


def test_an_entry_put_in_by_hand_is_signed_too(database: Database) -> None:
    made = entry_of(draft("a", "A"), 1, FIRST, NOW)
    for actor, signed in (("eva", "ana"), ("", "")):
        with pytest.raises(DatabaseError, match=FORGED), database.writing(actor) as connection:
            connection.execute(insert(entry).values({**to_row(made), "actor": signed}))


def test_nobody_approves_their_own_entry_under_another_name(database: Database) -> None:
    write(database, "ana")
    with pytest.raises(DatabaseError, match=FORGED), database.writing("ana") as connection:
        connection.execute(insert(approval).values(actor="eva", **VERDICT))
    with database.writing("eva") as connection:
        connection.execute(insert(approval).values(actor="eva", **VERDICT))


def test_somebody_may_be_let_act_for_a_part_of_a_transaction(database: Database) -> None:
    with database.writing("ana") as connection:
        append(connection, REGISTERS, (draft("a", "A"),), NOW)
        with acting(connection, "eva"):
            connection.execute(insert(approval).values(actor="eva", **VERDICT))
        append(connection, REGISTERS, (draft("b", "B"),), NOW)


def test_saves_kept_together_are_each_signed_by_their_own(database: Database) -> None:
    with Together(database, REGISTERS) as desk:
        assert desk.save(draft("a", "A"))[0].actor == "ana"
        # What is done for somebody else is signed by nobody unless it says who acts.
        with pytest.raises(DatabaseError, match=FORGED):
            desk.do(lambda c: append(c, REGISTERS, (draft("b", "B"),), NOW))

"""Ten editors save at once: each is told the truth about their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from tests.unit.store.log.test_log import REGISTERS, draft

from cauce.model.errors import BadInput
from cauce.store.log import Log, Together


def test_saves_of_ten_editors_are_all_kept_and_chained(database) -> None:
    with Together(database, REGISTERS) as desk, ThreadPoolExecutor(10) as editors:
        made = list(editors.map(lambda i: desk.save(draft(f"k{i}", f"N{i}"))[0], range(60)))
    log = Log(database, REGISTERS)
    assert sorted(entry.number for entry in made) == list(range(1, 61))
    assert log.count("agencies") == 60
    assert list(log.faults()) == []


def test_a_save_that_fails_takes_no_other_with_it(database) -> None:
    with Together(database, REGISTERS) as desk, ThreadPoolExecutor(4) as editors:
        answers = [editors.submit(desk.save, draft(k, k)) for k in ("a", "a", "b", "c")]
        failed = [answer for answer in answers if answer.exception()]
    assert len(failed) == 1
    assert isinstance(failed[0].exception(), BadInput)
    assert Log(database, REGISTERS).count("agencies") == 3


def test_whoever_waits_is_told_when_nothing_can_be_written(database) -> None:
    def clock() -> datetime:
        return datetime.now(UTC)

    with Together(database, REGISTERS, clock) as desk:
        database.close()
        with database.writing("ana") as connection:
            connection.exec_driver_sql("DROP TABLE version")
        with pytest.raises(Exception, match="version"):
            desk.save(draft("a", "A"))
        with pytest.raises(Exception, match="version"):
            desk.save(draft("b", "B"))

"""The verdicts on a register's entries, all at once."""

import pytest
from sqlalchemy import insert
from tests.unit.store.log.test_log import draft, write

from cauce.store.log.passed import verdicts_on
from cauce.store.log.review import Verdict
from cauce.store.log.schema import approval


@pytest.mark.parametrize("last", list(Verdict))
def test_the_last_verdict_on_an_entry_counts(database, last) -> None:
    write(database, draft("a", "A"), draft("b", "B"))
    first = next(verdict for verdict in Verdict if verdict is not last)
    said = {"entry": 1, "actor": "eva", "at": "2026-01-02", "note": ""}
    with database.writing("eva") as connection:
        for verdict in (first, last):
            connection.execute(insert(approval).values(verdict=str(verdict), **said))
    assert verdicts_on(database, "agencies") == {1: last}

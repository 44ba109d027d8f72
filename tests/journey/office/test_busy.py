"""When somebody writes for longer than a save may wait."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from .quotas import QUOTA

BASE = "/api/v1/registers/quotas/records"


@pytest.fixture
def impatient(database) -> None:
    """Saves wait 10 milliseconds instead of half a minute."""
    database.engine.dispose()
    event.listen(database.engine, "connect", lambda made, _: made.execute("PRAGMA busy_timeout=10"))


def test_a_save_that_waited_too_long_is_told_what_to_do(impatient, database, desk_of) -> None:
    ana = desk_of("ana")
    with database.writing("somebody else"):
        for language, words in (("en", "send it again"), ("es", "envíelo otra vez")):
            page = ana.post(f"/{language}/registers/quotas/new", data={"csrf": "x"})
            assert page.status_code == 503
            assert words in page.text
            assert page.headers["retry-after"] == "60"
        told = ana.post(BASE, json={"record": QUOTA, "reason": "x", "valid_from": "2026-01-01"})
        assert told.status_code == 503
        assert told.headers["content-type"] == "application/problem+json"
    assert ana.get(BASE).json()["records"] == []


def test_a_table_that_is_missing_is_a_bug_and_keeps_its_traceback(database, desk_of) -> None:
    with database.writing("root") as connection:
        connection.exec_driver_sql("ALTER TABLE entry RENAME TO lost")
    with pytest.raises(OperationalError, match="no such table"):
        desk_of("ana").get("/es/registers/quotas")

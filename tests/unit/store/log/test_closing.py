"""An office that stops leaves nothing open, not even what a thread was still using."""

import sqlite3
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import text

from cauce.store.log import Database


@pytest.mark.parametrize("begun", ["before", "after"])
def test_what_a_thread_still_uses_is_closed_when_it_gives_it_back(
    database: Database, begun: str
) -> None:
    if begun == "after":
        database.close()
    with database.reading("ana") as connection:
        held = connection.connection.dbapi_connection
        database.close()
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    with closing(held), pytest.raises((sqlite3.Error, psycopg.Error), match="closed"):
        held.execute("SELECT 1")

"""What people told in confidence is looked for exactly, slowly, and with a note of why."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.looked import (
    FREE,
    Asked,
    TooMany,
    looked,
    note_purpose,
    search,
    times_looked,
    wait_to_search,
)

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ASKED = Asked("GTM", "cases", "document", "DPI 2345 67890")


@pytest.fixture
def keys(tmp_path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def test_a_search_is_kept_with_how_many_it_found_and_never_with_its_words(database, keys) -> None:
    with database.writing("ana") as connection:
        assert search(connection, keys, ASKED, "ana", NOW) == frozenset()
        row = connection.execute(select(looked)).one()
        assert (row.actor, row.purpose, row.found) == ("ana", "SEARCH document", 0)
        assert "67890" not in str(tuple(row))
        note_purpose(connection, "cases", "k1", "GTM", "ana", "FOLLOW", NOW)
        assert times_looked(connection, "cases", "GTM") == {"FOLLOW": 1, "SEARCH document": 1}


def test_who_searches_again_and_again_waits_longer_and_longer(database, keys) -> None:
    with database.writing("ana") as connection:
        for _ in range(FREE):
            wait_to_search(connection, keys, "ana", NOW)
        with pytest.raises(TooMany) as told:
            wait_to_search(connection, keys, "ana", NOW)
        assert told.value.seconds == 1
        wait_to_search(connection, keys, "beto", NOW)
        wait_to_search(connection, keys, "ana", NOW + timedelta(hours=1, seconds=1))


def test_why_somebody_looked_is_signed_and_never_altered(database) -> None:
    with pytest.raises(DBAPIError), database.writing("ana") as connection:
        note_purpose(connection, "cases", "k1", "GTM", "beto", "FOLLOW", NOW)
    with database.writing("ana") as connection:
        note_purpose(connection, "cases", "k1", "GTM", "ana", "FOLLOW", NOW)
    with pytest.raises(DBAPIError), database.writing("ana") as connection:
        connection.execute(update(looked).values(purpose="OTHER"))

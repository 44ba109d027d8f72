"""Devices are known by their keys until they are ended, and cards by whose permit they are."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.store.log import Database
from cauce.store.log.card_keys import make_key
from cauce.store.log.cards import Why, issue, revoke
from cauce.store.log.devices import Device, device_of_key, devices_of, end, enrol
from cauce.store.log.holders import card_named, cards_of, give, issued_cards, opened_by
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.schema import metadata

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = date(2026, 1, 1), date(2026, 6, 30)
POST = Device("", "XCA", "Peñas Blancas 😀", "POST", "P-1", "", "")
FARM = Device("", "XCA", "Farm", "FARM", "F-7", "FARM-7", "")


def test_a_device_is_known_by_its_key_until_it_is_ended(database: Database) -> None:
    with database.writing("ana") as connection:
        made, key = enrol(connection, POST, "ana", NOW)
        other, _ = enrol(connection, FARM, "ana", NOW)
    assert device_of_key(database, key) == made
    assert made.name == "Peñas Blancas 😀"
    wrong = key[:-1] + ("A" if key[-1] != "A" else "B")
    for none in (wrong, key.replace(made.id, other.id), "cauce_x_y", "", key.upper()):
        assert device_of_key(database, none) is None
    with database.writing("beto") as connection:
        end(connection, made.id, "XCA", "beto", NOW)
        with pytest.raises(BadInput, match="ended before"):
            end(connection, made.id, "XCA", "beto", NOW)
    assert device_of_key(database, key) is None
    with database.reading() as connection:
        told = {one.id: bool(one.ended_at) for one in devices_of(connection, None)}
        assert told == {made.id: True, other.id: False}
        assert devices_of(connection, frozenset({"XCB"})) == ()
        kept = connection.execute(text("SELECT secret_hash FROM card_device")).scalars().all()
    assert not any(key.split("_", 2)[2] in one for one in kept), "no key is kept"


@pytest.mark.parametrize(
    ("device", "says"),
    [
        (Device("", "XCA", " ", "POST", "P-1", "", ""), "has a name"),
        (Device("", "XCA", "x" * 81, "POST", "P-1", "", ""), "at most 80"),
        (Device("", "XCA", "x", "DRONE", "P-1", "", ""), "of a post or a farm"),
        (Device("", "XCA", "x", "POST", "10.123,-84.5", "", ""), "A place is a code"),
        (Device("", "XCA", "x", "POST", "P-1", "FARM-1", ""), "a post's names none"),
        (Device("", "XCA", "x", "FARM", "P-1", "", ""), "names the code of its employer"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_no_device_is_refused_and_says_what_to_do(database, device, says) -> None:
    with database.writing("ana") as connection, pytest.raises(BadInput, match=says):
        enrol(connection, device, "ana", NOW)


def test_a_holder_opens_their_card_with_the_secret_and_nobody_elses(
    database: Database, tmp_path: Path
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing("ana") as c:
        make_key(c, keys, "TEMPORAL", "XCA", Text("A", "A"), "ana", NOW)
        made = [issue(c, keys, "TEMPORAL", "W-1", DAYS, "ana", NOW)[0] for _ in range(2)]
        secrets = [give(c, one.token, "XCA", "permit-1", "ana", NOW) for one in made]
        revoke(c, made[0].token, Why.REPLACED, "ana", NOW)
    with database.reading() as c:
        mine = opened_by(c, made[0].token, f" {secrets[0].lower()} ")
        assert mine is not None
        assert (mine.permit, mine.mechanism, mine.revoked_why) == (
            "permit-1", "TEMPORAL", "REPLACED",
        )  # fmt: skip
        for token, secret in ((made[0].token, secrets[1]), ("0" * 16, secrets[0]), ("0" * 16, "")):
            assert opened_by(c, token, secret) is None
        assert {one.token for one in cards_of(c, frozenset({"permit-1"}))} == {
            one.token for one in made
        }
        assert cards_of(c, frozenset({"permit-2"})) == ()
        assert len(cards_of(c)) == 2
        assert card_named(c, "0" * 16) is None
        known = issued_cards(c)
        assert known[made[0].token].revoked_at == NOW
        assert known[made[1].token].revoked_at is None


def test_what_was_written_of_a_device_or_holder_is_signed_and_never_altered(
    database: Database,
) -> None:
    with database.writing("ana") as connection:
        enrol(connection, POST, "ana", NOW)
    with pytest.raises(DatabaseError, match="whoever signs"), database.writing("ana") as c:
        enrol(c, FARM, "beto", NOW)
    for change in ("UPDATE card_device SET place = 'X'", "DELETE FROM card_device"):
        with pytest.raises(DatabaseError, match="never altered"), database.writing("ana") as c:
            c.execute(text(change))


PLACES = frozenset(("lat", "lon", "lng", "latitude", "longitude", "gps", "geo", "coordinates"))


def test_no_column_of_the_database_can_hold_where_somebody_is_but_a_code() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            words = set(column.name.lower().split("_"))
            assert not words & PLACES, f"{table.name}.{column.name}"

"""Cards are issued, revoked and signed for; what was written of them is never altered."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from cauce.model.card import Verdict
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.registers.cards.check import check
from cauce.registers.cards.revoked import read_list
from cauce.store.log import Database
from cauce.store.log.card_keys import make_key, ring_of, sign_with, signed, withdraw_key
from cauce.store.log.cards import Why, issue, lists_of, read_lists, revoke, sign_list
from cauce.store.log.key_folder import KeyFolder

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS = date(2026, 1, 1), date(2026, 6, 30)
ISSUER = Text("A ministry", "Un ministerio")


def test_cards_live_through_a_rotation_and_die_by_the_list(
    database: Database, tmp_path: Path
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing("ana") as c:
        first = make_key(c, keys, "TEMPORAL", "XCA", ISSUER, "ana", NOW)
        one, code = issue(c, keys, "TEMPORAL", "W-1", DAYS, "ana", NOW)
        second = make_key(c, keys, "TEMPORAL", "XCA", ISSUER, "ana", NOW + timedelta(1))
        two, other = issue(c, keys, "TEMPORAL", "W-2", DAYS, "ana", NOW)
        assert (one.key, two.key) == (first.id, second.id)
        before = sign_list(c, keys, "TEMPORAL", "ana", NOW)
        assert revoke(c, one.token, Why.LOST, "ana", NOW) == "TEMPORAL"
        sign_list(c, keys, "TEMPORAL", "ana", NOW)
    with database.reading() as c:
        ring, [listed] = ring_of(c), read_lists(c)
    assert listed.number == read_list(before, ring, signed).number + 1 == 2
    assert check(code, ring, [listed], NOW, signed).verdict is Verdict.REVOKED
    assert check(other, ring, [listed], NOW, signed).verdict is Verdict.VALID

    with database.writing("ana") as c:
        withdraw_key(c, second.id, "ana", NOW)
        assert sign_with(c, keys, "TEMPORAL")[0].id == first.id
        assert check(other, ring_of(c), [], NOW, signed).verdict is Verdict.WITHDRAWN
        assert lists_of(c) == (), "signed by it, so no list at all and none is told as none"
        sign_list(c, keys, "TEMPORAL", "ana", NOW)
        assert [one.number for one in read_lists(c)] == [3]
        with pytest.raises(BadInput, match="no key"):
            withdraw_key(c, second.id, "ana", NOW)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_makes_no_sense_is_refused_and_says_what_to_do(
    database: Database, tmp_path: Path
) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing("ana") as c:
        with pytest.raises(BadInput, match="cauce card key"):
            issue(c, keys, "TEMPORAL", "W-1", DAYS, "ana", NOW)
        make_key(c, keys, "TEMPORAL", "XCA", ISSUER, "ana", NOW)
        with pytest.raises(BadInput, match="another country"):
            make_key(c, keys, "TEMPORAL", "XCB", ISSUER, "ana", NOW)
        with pytest.raises(BadInput, match="by their token"):
            issue(c, keys, "TEMPORAL", "Ana María 😀", DAYS, "ana", NOW)
        with pytest.raises(BadInput, match="no card of this token"):
            revoke(c, "0" * 16, Why.LOST, "ana", NOW)
        made, _ = issue(c, keys, "TEMPORAL", "W-1", DAYS, "ana", NOW)
        revoke(c, made.token, Why.LOST, "ana", NOW)
        with pytest.raises(BadInput, match="revoked before"):
            revoke(c, made.token, Why.LOST, "ana", NOW)
        with pytest.raises(BadInput, match="1 to 255 days"):
            sign_list(c, keys, "TEMPORAL", "ana", NOW, fresh_days=0)
        listed = sign_list(c, keys, "TEMPORAL", "ana", NOW + timedelta(days=200))
        assert not read_list(listed, ring_of(c), signed).tokens, "long expired: off the list"
    (tmp_path / "keys" / "card-TEMPORAL.key").write_text("00" * 32)
    with database.reading() as c, pytest.raises(BadInput, match="not the key the database knows"):
        sign_with(c, keys, "TEMPORAL")


@pytest.mark.parametrize("verb", ["UPDATE card SET worker = 'x'", "DELETE FROM card_revoked"])
def test_the_database_alters_no_card(database: Database, tmp_path: Path, verb: str) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing("ana") as c:
        make_key(c, keys, "TEMPORAL", "XCA", ISSUER, "ana", NOW)
        made, _ = issue(c, keys, "TEMPORAL", "W-1", DAYS, "ana", NOW)
        revoke(c, made.token, Why.LOST, "ana", NOW)
        assert lists_of(c) == ()
    with pytest.raises(DatabaseError, match="never altered"), database.writing("ana") as c:
        c.execute(text(verb))


def test_no_table_of_cards_or_events_knows_a_name_or_a_nationality() -> None:
    """Nobody can ask for people by nationality and place: no column could answer."""
    from cauce.store.log.card_schema import TABLES

    columns = {column.name for table in TABLES for column in table.c}
    for word in ("nation", "citizen", "origin", "name_", "birth", "sex", "lat", "lon", "document"):
        assert not {column for column in columns if word in column}, word

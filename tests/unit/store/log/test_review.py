"""Verdicts, drafts and what must be unique, in both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.registers.declaration import parse_registers
from cauce.store.log import Database, append, drafts, review
from cauce.store.log.drafts import Sheet
from cauce.store.log.key_folder import KeyFolder
from cauce.store.log.review import Verdict
from cauce.store.log.schema import approval
from cauce.store.log.shelf import Reach, countries_in, shelf
from cauce.store.log.unique import repeated

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DECLARED = """
id = "agencies"
name = { en = "Agencies", es = "Agencias" }
one = { en = "agency", es = "agencia" }
about = { en = "Who recruits.", es = "Quien recluta." }
title = { en = "name", es = "name" }
country = "country"
[[field]]
id = "name"
name = { en = "Name", es = "Nombre" }
kind = "text"
[[field]]
id = "country"
name = { en = "Country", es = "País" }
kind = "code"
codelist = "COUNTRY"
[[field]]
id = "since"
name = { en = "Since", es = "Desde" }
kind = "date"
[[rule]]
id = "once"
kind = "unique"
fields = ["name", "since"]
message = { en = "It is there.", es = "Ya existe." }
"""
CODES = tuple(Code(code, Text(code, code)) for code in ("GTM", "HND"))
REGISTERS = parse_registers(
    {"agencies.toml": DECLARED}, {"COUNTRY": Codelist("COUNTRY", Text("C", "P"), CODES)}
)
AGENCIES = REGISTERS["agencies"]


def draft(
    key: str, name: str, action: Action = Action.OPEN, country: str = "GTM", actor: str = "ana"
) -> Draft:
    record = None if action is Action.END else {"name": name, "since": date(2020, 1, 2)}
    start = None if action is Action.OPEN else date(2024, 1, 1)
    return Draft("agencies", key, country, action, record, start, None, actor, "why", 0)


def write(database: Database, *made: Draft) -> tuple[Entry, ...]:
    with database.writing("ana") as connection:
        return append(connection, REGISTERS, made, NOW)


def judge(database: Database, number: int, verdict: Verdict, actor="beto", note="x") -> None:
    with database.writing(actor) as connection:
        review.judge(connection, number, verdict, actor, note, NOW)


def titles(database: Database, reach: Reach, words: str = "", **asked: object) -> list[str]:
    with database.reading("ana") as connection:
        page = shelf(connection, "agencies", reach, words, **asked)
    return [found.title for found in page.found]


def test_an_entry_waits_until_a_second_person_has_judged_it(database) -> None:
    write(database, draft("a", "Alfa"), draft("b", "Beta", country="HND"))
    with database.reading() as connection:
        assert [w.found.key for w in review.waiting(connection, {"agencies": None})] == ["a", "b"]
        mine = review.waiting(connection, {"agencies": frozenset({"HND"})})
        assert [line.found.key for line in mine] == ["b"]
        assert review.waiting(connection, {}) == ()
    judge(database, 1, Verdict.APPROVED)
    with database.reading() as connection:
        assert [w.found.key for w in review.waiting(connection, {"agencies": None})] == ["b"]
        said = review.verdicts(connection, [1, 2])
    assert (said[1].verdict, said[1].actor, said[1].at) == (Verdict.APPROVED, "beto", NOW)
    assert 2 not in said


def test_approving_the_latest_approves_what_it_rests_on_and_nothing_else(database) -> None:
    write(database, draft("a", "Alfa"), draft("b", "Beta"), draft("a", "Alfa 2", Action.CORRECTION))
    with pytest.raises(BadInput, match="does not wait"):
        judge(database, 1, Verdict.APPROVED)
    judge(database, 3, Verdict.APPROVED)
    with database.reading() as connection:
        assert set(review.verdicts(connection, [1, 2, 3])) == {1, 3}
    with pytest.raises(BadInput, match="does not wait"):
        judge(database, 3, Verdict.APPROVED)


def test_one_that_went_back_leaves_those_before_it_waiting(database) -> None:
    write(database, draft("a", "Alfa"), draft("a", "Alfa 2", Action.CORRECTION))
    judge(database, 2, Verdict.RETURNED)
    with database.reading() as connection:
        assert [w.found.number for w in review.waiting(connection, {"agencies": None})] == [1]
        assert [line.found.number for line in review.returned(connection, "ana")] == [2]
        assert review.submitted(connection, "ana") == ()
        assert review.returned(connection, "beto") == ()
    judge(database, 1, Verdict.APPROVED)


def test_nobody_judges_their_own_nor_sends_back_without_a_word(database) -> None:
    write(database, draft("a", "Alfa"))
    with pytest.raises(BadInput, match="their own"):
        judge(database, 1, Verdict.APPROVED, actor="ana")
    with pytest.raises(BadInput, match="what is to be done"):
        judge(database, 1, Verdict.RETURNED, note=" ")
    with pytest.raises(DatabaseError), database.writing("ana") as connection:
        connection.execute(
            approval.insert().values(entry=1, verdict="approved", actor="ana", at="x", note="")
        )


def test_what_is_not_approved_is_not_listed_for_who_sees_only_that(database) -> None:
    write(
        database,
        draft("a", "Alfa"),
        draft("b", "Beta", country="HND"),
        draft("c", "Gama", country="HND"),
    )
    judge(database, 2, Verdict.APPROVED)
    write(database, draft("b", "Beta nueva", Action.CORRECTION, country="HND"))
    reach = Reach(frozenset({"GTM"}), None)
    assert titles(database, Reach(None, None)) == ["alfa", "beta nueva", "gama"]
    assert titles(database, reach) == ["alfa", "beta"]
    assert titles(database, reach, "nueva") == []
    assert titles(database, reach, country="HND") == ["beta"]
    assert titles(database, Reach(frozenset(), frozenset({"GTM"}))) == []
    with database.reading() as connection:
        assert countries_in(connection, "agencies") == ("GTM", "HND")


def test_a_list_goes_on_where_it_stopped(database) -> None:
    write(database, *(draft(str(n), f"Agencia {n}") for n in range(5)))
    with database.reading() as connection:
        first = shelf(connection, "agencies", Reach(None, None), size=3)
        second = shelf(connection, "agencies", Reach(None, None), after=first.after, size=3)
    assert [f.key for f in (*first.found, *second.found)] == ["0", "1", "2", "3", "4"]
    assert second.after == ""


def test_an_end_is_named_by_what_it_ended(database) -> None:
    write(database, draft("a", "Alfa"), draft("a", "", Action.END))
    with database.reading() as connection:
        found = review.records(connection, REGISTERS, [2])
    assert found[2].record == {"name": "Alfa", "since": date(2020, 1, 2)}


def test_what_must_be_unique_is_found_among_all_others_and_among_those_kept_together(
    database,
) -> None:
    write(database, draft("a", "Alfa"), draft("b", "Beta"), draft("c", "Gama"))
    write(database, draft("c", "", Action.END))
    one = {"name": "Alfa", "since": date(2020, 1, 2)}
    with database.reading() as connection:

        def found(**records: dict[str, object]) -> set[str]:
            return set(repeated(connection, AGENCIES, records))

        assert found(n=one) == {"n"}
        assert found(a=one) == set()
        assert found(n={**one, "since": date(2021, 1, 1)}) == set()
        assert found(n={"name": "Alfa"}) == set()
        assert found(n={**one, "name": "Gama"}) == set()
        assert found(n={**one, "name": 'Ñandú "x" %_'}) == set()
        assert found(m={**one, "name": "Delta"}, n={**one, "name": "Delta"}) == {"m", "n"}
        assert found(m=one, n={**one, "name": "Delta"}) == {"m"}
        (fault,) = repeated(connection, AGENCIES, {"n": one})["n"]
    assert (fault.field, fault.message.es, fault.rule) == ("name", "Ya existe.", "once")


@pytest.fixture
def keys(tmp_path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def kept(database: Database, keys: KeyFolder, sheet: Sheet, now: datetime = NOW) -> Sheet:
    with database.writing(sheet.author) as connection:
        return drafts.keep(connection, keys, sheet, now)


TYPED = '{"values": {"name": "Agencia inventada"}}'
SHEET = Sheet("agencies", "k", "GTM", Action.OPEN, "ana", TYPED)


def test_a_draft_is_kept_as_it_was_typed_and_sealed(database, keys) -> None:
    sheet = kept(database, keys, SHEET)
    with database.reading() as connection:
        assert drafts.sheet_of(connection, keys, sheet.id) == sheet
        assert drafts.sheets(connection, keys, "ana") == (sheet,)
        assert drafts.sheets(connection, keys, "beto") == ()
        assert drafts.sheet_of(connection, keys, "d0") is None
        rows = connection.exec_driver_sql("SELECT typed FROM draft").scalars().all()
    assert all("inventada" not in row for row in rows)


def test_a_draft_saved_elsewhere_meanwhile_is_kept_beside_the_other(database, keys) -> None:
    sheet = kept(database, keys, SHEET)
    later = NOW + timedelta(minutes=1)
    one = kept(database, keys, replace(sheet, typed="{}"), later)
    other = kept(database, keys, replace(sheet, typed="[]"), later)
    assert (one.id, one.saved) == (sheet.id, 2)
    assert other.id != sheet.id
    with database.reading() as connection:
        assert {each.typed for each in drafts.sheets(connection, keys, "ana")} == {"{}", "[]"}


def test_a_draft_thrown_away_is_gone(database, keys) -> None:
    sheet = kept(database, keys, SHEET)
    with database.writing("ana") as connection:
        drafts.throw_away(connection, sheet.id)
    with database.reading() as connection:
        assert drafts.sheet_of(connection, keys, sheet.id) is None

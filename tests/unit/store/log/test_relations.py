"""What analysts read in SQL is what the log says in Python, on both databases."""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record, Sealed
from cauce.model.text import Text
from cauce.pipeline.registers import read_registers
from cauce.pipeline.relations import renew_relations
from cauce.registers.declaration import parse_registers
from cauce.registers.log import as_of
from cauce.registers.relations import relations
from cauce.store.log import Database, Log, append, open_database
from cauce.store.log.database import acting
from cauce.store.log.relations import existing, name_of, renew, stale
from cauce.store.log.review import Verdict, judge
from cauce.store.log.row_security import login
from cauce.store.log.rows import moment
from cauce.store.log.verdicts import approved

ROOT = Path(__file__).parents[4]
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = {"KIND": Codelist("KIND", Text("k", "k"), tuple(Code(c, Text(c, c)) for c in "ABC"))}


def field(id_: str, kind: str, more: str = "") -> str:
    return f'[[field]]\nid = "{id_}"\nname = {{ en = "x", es = "x" }}\nkind = "{kind}"\n{more}\n'


HEAD = """id = "quotas"
name = { en = "Quotas", es = "Cuotas" }
one = { en = "q", es = "c" }
about = { en = "x", es = "x" }
title = { en = "name", es = "name" }
country = "country"
"""
CODED = 'codelist = "KIND"'
DECLARED = HEAD + "".join(
    (
        field("name", "text"),
        field("country", "code", CODED),
        field("order", "codes", CODED),
        field("places", "number"),
        field("fee", "money"),
        field("opens", "date"),
        field("is_open", "flag"),
        field("phone", "text", 'sensitivity = "P2"'),
        field("accused", "text", 'sensitivity = "P3"'),
        field("parts", "rows")
        + "".join(
            field(*one).replace("[[field]]", "[[field.column]]")
            for one in (
                ("size", "number"),
                ("until", "date"),
                ("kinds", "codes", CODED),
                ("who", "note", 'sensitivity = "P3"'),
            )
        ),
    )
)
REGISTERS = parse_registers({"quotas.toml": DECLARED}, LISTS)
QUOTAS = REGISTERS["quotas"]


def draft(
    key: str, record: Record | None, action: Action, period: tuple[date | None, ...]
) -> Draft:
    return Draft("quotas", key, "A", action, record, *period, "ana", "why", 0)


def keep(connection: Connection, one: Draft, now: datetime, judged: Verdict | None) -> None:
    with acting(connection, "ana", "eva"):
        (entry,) = append(connection, REGISTERS, (one,), now)
        if judged is not None:
            judge(connection, entry.number, judged, "eva", "see", now + timedelta(hours=1))


def some_record(chance: random.Random) -> Record:
    """Every field with a value, a reason why it has none, or not there."""
    row = {
        "size": chance.choice([0, 5, Absent.UNKNOWN]),
        "until": date(2025, 1, chance.randint(1, 28)),
        "kinds": ("A", "C"),
        "who": Sealed("0" * 64),
    }
    full = {
        "name": 'Ñandú\'s "50 %": a',
        "country": "A",
        "order": ("A", "B"),
        "places": chance.randint(0, 2**53 - 1),
        "fee": chance.choice([0.0, 12.5, 20000.25]),
        "opens": date(2024, 2, 29),
        "is_open": chance.random() < 0.5,
        "phone": "2222-2222",
        "accused": Sealed("f" * 64),
        "parts": tuple(
            {name: value for name, value in row.items() if chance.random() < 0.8}
            for _ in range(chance.randint(1, 3))
        ),
    }
    found: dict[str, object] = {}
    for name, value in full.items():
        drawn = chance.random()
        if drawn < 0.7:
            found[name] = value
        elif drawn < 0.85 and name != "parts":
            found[name] = chance.choice(list(Absent))
    return found  # type: ignore[return-value] # values of the kinds of a record


def some_life(connection: Connection, chance: random.Random, key: str) -> None:
    """Entries of one record in any order of days, some approved, some sent back, some waiting."""
    there = False
    for step in range(chance.randint(1, 6)):
        action = chance.choice(list(Action)[1:]) if there else Action.OPEN
        day = date(2020 + chance.randint(0, 8), 1, 1)
        end = day + timedelta(days=400) if action is Action.CORRECTION else None
        if chance.random() < 0.3:
            end = None
        record = None if action is Action.END else some_record(chance)
        judged = chance.choice([Verdict.APPROVED, Verdict.APPROVED, Verdict.RETURNED, None])
        now = BEGAN + timedelta(days=10 * step)
        keep(connection, draft(key, record, action, (day, end)), now, judged)
        there = True


def lives(database: Database, known_at: datetime | None = None) -> dict[str, tuple[Entry, ...]]:
    """The entries by key that were approved by a moment, as Python has them."""
    with database.reading() as connection:
        numbers = approved(connection, ["quotas"], known_at).get("quotas", {})
    groups = Log(database, REGISTERS).latest("quotas", known_at)
    return {g[0].key: tuple(e for e in g if e.number in numbers) for g in groups}


def rows(database: Database, asked: str, **told: object) -> list[Mapping[str, object]]:
    schema = "analysis." if database.dialect == "postgresql" else ""
    with database.reading() as connection:
        found = connection.execute(text(asked.replace("@", schema)), told).mappings().all()
    return [dict(row) for row in found]


def plain(value: object) -> object:
    """A value as both databases would give it."""
    match value:
        case bool():
            return int(value)
        case date():
            return value.isoformat()
        case tuple():
            return ";".join(value)
        case str() | None:
            return value
        case _:
            return float(str(value))


def as_sql(fields: tuple[str, ...], record: Mapping[str, object]) -> dict[str, object]:
    """What a relation should show of a record."""
    found: dict[str, object] = {}
    for name in fields:
        value = record.get(name)
        why = str(value) if isinstance(value, Absent) else None
        found |= {name: None if why else plain(value), f"{name}_absent": why}
    return found


def shown(row: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in row.items() if not name.startswith("_")}


@pytest.fixture
def full(database: Database) -> Database:
    chance = random.Random(20230602)  # noqa: S311 - lives of records, no secrets
    with database.writing("upgrade") as connection:
        for number in range(15):
            some_life(connection, chance, f"k{number}")
        assert len(renew(connection, REGISTERS.values())) == 4
    return database


RECORDS, PARTS = (tuple(c.id for c in one.columns) for one in relations(QUOTAS))


def test_the_latest_approved_state_is_that_of_the_log(full: Database) -> None:
    found = {row["_key"]: row for row in rows(full, "SELECT * FROM @register_quotas")}
    expected = {key: p for key, entries in lives(full).items() if (p := as_of(entries))}
    assert len(expected) > 5
    assert found.keys() == expected.keys()
    for key, period in expected.items():
        assert found[key]["_entry"] == period.entry
        assert shown(found[key]) == as_sql(RECORDS, period.record)


def test_rows_are_a_relation_of_their_own(full: Database) -> None:
    found = rows(full, "SELECT * FROM @register_quotas__parts ORDER BY _key, _row")
    expected = [
        (key, place, as_sql(PARTS, row))
        for key, entries in sorted(lives(full).items())
        if (period := as_of(entries))
        for place, row in enumerate(period.record.get("parts", ()), start=1)  # type: ignore[arg-type]
    ]
    assert len(expected) > 5
    assert [(row["_key"], row["_row"], shown(row)) for row in found] == expected


def test_any_day_as_known_at_any_moment_is_asked_as_the_page_says(full: Database) -> None:
    page = (ROOT / "docs" / "reference" / "relations.md").read_text("utf-8")
    asked = page.split("```sql as-of\n")[1].split("```")[0].replace("log_quotas", "@log_quotas")
    some = 0
    for known in (BEGAN + timedelta(days=days) for days in (0, 15, 35, 90)):
        then = lives(full, known)
        for day in (date(year, 6, 1) for year in range(2019, 2030)):
            told = {"day": day.isoformat(), "moment": moment(known)}
            found = {row["_key"]: row["_entry"] for row in rows(full, asked, **told)}
            expected = {key: p.entry for key, entries in then.items() if (p := as_of(entries, day))}
            assert found == expected
            some += len(expected)
    assert some > 50


def test_what_is_sealed_or_too_sensitive_is_in_no_view(full: Database) -> None:
    columns = {name for row in rows(full, "SELECT * FROM @log_quotas LIMIT 1") for name in row}
    assert {"phone", "accused"} & columns == set()
    columns = {n for row in rows(full, "SELECT * FROM @log_quotas__parts LIMIT 1") for n in row}
    assert "who" not in columns


def test_values_of_an_earlier_declaration_are_told_apart_from_none(database: Database) -> None:
    """Text that became a number, a sealed field that was opened, days that are none."""
    record = {"name": "x", "country": "A", "places": 7, "accused": Sealed("f" * 64)}
    with database.writing("upgrade") as connection:
        keep(connection, draft("k", record, Action.OPEN, (None, None)), BEGAN, Verdict.APPROVED)
    changed = (
        DECLARED.replace('id = "name"\nname = { en = "x", es = "x" }\nkind = "text"',
                         'id = "name"\nname = { en = "x", es = "x" }\nkind = "date"')
        .replace('sensitivity = "P3"', "")
        .replace('id = "places"\nname = { en = "x", es = "x" }\nkind = "number"',
                 'id = "places"\nname = { en = "x", es = "x" }\nkind = "text"')
    )  # fmt: skip
    with database.writing("upgrade") as connection:
        renew(connection, parse_registers({"quotas.toml": changed}, LISTS).values())
    (row,) = rows(database, "SELECT * FROM @register_quotas")
    assert (row["name"], row["name_absent"]) == (None, "OTHER")
    assert (row["places"], row["places_absent"]) == (None, "OTHER")
    assert (row["accused"], row["accused_absent"]) == (None, "SEALED")
    assert (row["fee"], row["fee_absent"]) == (None, None), "nobody filled it in"


def test_views_follow_the_declarations_and_nothing_else(database: Database) -> None:
    with database.writing("upgrade") as connection:
        renew(connection, REGISTERS.values())
        assert renew(connection, REGISTERS.values()) == ()
        connection.execute(text("CREATE VIEW mine AS SELECT 1 AS one"))
    more = parse_registers({"quotas.toml": DECLARED + field("extra", "text")}, LISTS)
    with database.writing("upgrade") as connection:
        assert set(stale(connection, more.values())) == {"log_quotas", "register_quotas"}
        renew(connection, more.values())
        assert stale(connection, more.values()) == ()
        assert set(renew(connection, ())) == {
            "log_quotas", "register_quotas", "log_quotas__parts", "register_quotas__parts",
        }  # fmt: skip
        assert existing(connection) == {}
        assert connection.execute(text("SELECT one FROM mine")).scalar() == 1


def test_a_long_name_is_not_cut_in_silence() -> None:
    long = replace(QUOTAS, id="a" * 40)
    part = next(one for one in relations(long) if one.rows)
    longer = type(part)(part.register, "b" * 40, part.name, part.columns)
    other = type(part)(part.register, "b" * 39 + "c", part.name, part.columns)
    assert len(name_of("register", longer)) == 63
    assert name_of("register", longer) != name_of("register", other)


def test_every_register_of_ours_can_be_read(database: Database) -> None:
    ours = read_registers(ROOT / "packs" / "registers").registers
    with database.writing("upgrade") as connection:
        made = renew(connection, ours.values())
    assert len(made) > 2 * len(ours)
    for name in made:
        assert rows(database, f"SELECT * FROM @{name}") == []  # noqa: S608 - names of our own


@pytest.fixture
def analyst(postgresql: str, tmp_path: Path) -> Iterator[Database]:
    """The database as a login sees it that was given the views and nothing else."""
    name = f"v{abs(hash(tmp_path)):x}"
    server = create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'invented'"))
    address = postgresql.replace("/postgres?", f"/{name}?")
    owner = open_database(address)
    with owner.writing("upgrade") as connection:
        for key, country in (("a", "A"), ("b", "B")):
            record = {"name": key}
            one = Draft("quotas", key, country, Action.OPEN, record, None, None, "ana", "", 0)
            keep(connection, one, BEGAN, Verdict.APPROVED)
        page = (ROOT / "docs" / "reference" / "relations.md").read_text("utf-8")
        for line in page.split("```sql grants\n")[1].split("```")[0].splitlines():
            if line.strip():
                connection.execute(text(re.sub(r"\bana\b", name, line)))
        renew(connection, REGISTERS.values())
    owner.close()
    login_of_theirs = make_url(address).set(username=name, password="invented")  # noqa: S106
    opened = Database(create_engine(login_of_theirs))
    yield opened
    opened.close()


def test_an_analyst_sees_the_countries_told_and_nothing_behind_the_views(analyst) -> None:
    asked = text("SELECT _key FROM analysis.register_quotas ORDER BY _key")
    with analyst.engine.begin() as connection:
        assert connection.execute(asked).all() == [], "nothing was told"
    for countries, keys in (("A", ["a"]), ("B,C", ["b"]), ("*", ["a", "b"])):
        with analyst.reading("", countries) as connection:
            assert list(connection.execute(asked).scalars()) == keys
            # Under their own search_path, every column is worked out.
            whole = connection.execute(text("SELECT * FROM register_quotas")).mappings().all()
            assert {row["name"] for row in whole} == set(keys)
            assert connection.execute(text("SELECT * FROM log_quotas__parts")).all() == []
    for behind in ("entry", "approved_entry", "sealed", "account"):
        with pytest.raises(DatabaseError, match="permission denied"), analyst.reading() as c:
            c.execute(text(f"SELECT * FROM public.{behind}"))  # noqa: S608 - names of our own


def test_a_login_that_owns_no_view_leaves_them_and_says_so(analyst) -> None:
    assert renew_relations(analyst, REGISTERS)
    more = parse_registers({"quotas.toml": DECLARED + field("extra", "text")}, LISTS)
    assert not renew_relations(analyst, more)
    assert not renew_relations(analyst, {})
    assert not renew_relations(analyst, {**REGISTERS, "other": replace(QUOTAS, id="other")})


def test_a_view_somebody_built_on_ours_is_not_dropped_with_it(postgresql, tmp_path) -> None:
    name = f"w{abs(hash(tmp_path)):x}"
    server = create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    database = open_database(postgresql.replace("/postgres?", f"/{name}?"))
    with database.writing("upgrade") as connection:
        renew(connection, REGISTERS.values())
        connection.execute(text("CREATE VIEW mine AS SELECT name FROM analysis.register_quotas"))
        with pytest.raises(BadInput, match="something rests on it"):
            renew(connection, ())
    database.close()


def test_the_office_may_read_the_relations(postgresql) -> None:
    assert any("SCHEMA analysis" in statement for statement in login("x"))

"""A register of 100,000 records with ten versions each: CPU of what is asked of it, and saves a
second of ten editors beside a bare INSERT of the same row, as JSON.

`python bench/registers.py [RECORDS]`. Times are of the processor; on a busy machine compare ratios.
"""

import json
import os
import sys
import tempfile
import threading
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

from sqlalchemy import MetaData, Table, insert, text

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Draft
from cauce.model.house import House
from cauce.model.pack import Rules
from cauce.model.text import Text
from cauce.registers.count import count_register, records_as_of
from cauce.registers.declaration import parse_registers
from cauce.registers.log import FIRST, entry_of
from cauce.store.log import Database, Log, Together, append, open_database, writer
from cauce.store.log.relations import renew
from cauce.store.log.rows import to_row
from cauce.store.log.schema import entry
from cauce.store.log.shelf import Reach, shelf

VERSIONS, EDITORS, SECONDS, BATCH = 10, 10, 6, 500
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
T = Text("x", "x")
COUNTRIES = ("CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV", "DOM")
LISTS = {"COUNTRY": Codelist("COUNTRY", T, tuple(Code(c, T) for c in COUNTRIES))}
DECLARED = """
id = "agreements"
name = { en = "Agreements", es = "Acuerdos" }
one = { en = "agreement", es = "acuerdo" }
about = { en = "What was agreed.", es = "Lo acordado." }
title = { en = "title", es = "title" }
country = "country"
[[field]]
id = "title"
name = { en = "Title", es = "Título" }
kind = "text"
[[field]]
id = "country"
name = { en = "Country", es = "País" }
kind = "code"
codelist = "COUNTRY"
[[field]]
id = "signed_on"
name = { en = "Signed", es = "Firma" }
kind = "date"
[[field]]
id = "places"
name = { en = "Places", es = "Plazas" }
kind = "number"
[[field]]
id = "notes"
name = { en = "Notes", es = "Notas" }
kind = "note"
[[count]]
id = "DF_AGREEMENTS"
name = { en = "Agreements", es = "Acuerdos" }
by = ["country"]
"""
REGISTERS = parse_registers({"agreements.toml": DECLARED}, LISTS)
WORDS = ("trabajo", "agrícola", "temporal", "regional", "servicios", "cuidado", "construcción")


def draft(key: str, number: int, version: int) -> Draft:
    record = {
        "title": f"{WORDS[number % 7]} {WORDS[number // 7 % 7]} {number:06} {version}",
        "country": COUNTRIES[number % 8],
        "signed_on": date(2019, 1, 1) + timedelta(days=number % 365),
        "places": number + version,
        "notes": f"Texto de {number}: " + "el convenio fija plazas y condiciones. " * 5,
    }
    opens = version == 0
    action = Action.OPEN if opens else Action.CHANGE
    start = date(2020 + version, 1, 1)
    return Draft("agreements", key, record["country"], action, record, start, None, "ana", "why", 0)


def fill(url: str, records: int) -> float:
    """All versions, each recorded a day after the one before; entries a second."""
    # The log stamps a batch with one moment; here each version has its own.
    writer._later = lambda now, before: now + timedelta(days=len(before))
    database, began = open_database(url), perf_counter()
    for first in range(0, records, BATCH):
        numbers = range(first, min(first + BATCH, records))
        drafts = [draft(f"k{n}", n, v) for n in numbers for v in range(VERSIONS)]
        with database.writing("ana") as connection:
            append(connection, REGISTERS, drafts, BEGAN)
    rate = records * VERSIONS / (perf_counter() - began)
    approve(database)
    database.close()
    return rate


def approve(database: Database) -> None:
    """All but one in seventy, among them the last versions of one in seven records."""
    said = "SELECT number, 'approved', 'eva', recorded_at, '' FROM entry"
    with database.writing("eva") as connection:
        into = "INSERT INTO approval (entry, verdict, actor, at, note)"
        connection.execute(text(f"{into} {said} WHERE number % 10 <> 0 OR number % 7 <> 0"))


def cpu_ms(ask, times=7):
    """The median of some runs after a first one, in ms of the processor."""
    ask()
    taken = []
    for _ in range(times):
        began = process_time()
        ask()
        taken.append(1000 * (process_time() - began))
    return round(median(taken), 2)


def reading(url: str, records: int) -> dict[str, float]:
    database = open_database(url)
    log, then = Log(database, REGISTERS), BEGAN + timedelta(days=4, hours=12)
    middle = log.page("agreements", "servicios", size=1).after
    asked = {
        "list": lambda: log.page("agreements"),
        "deep_list": lambda: log.page("agreements", after=middle),
        "search": lambda: log.page("agreements", "temporal agricola"),
        "search_rare": lambda: log.page("agreements", f"{records - 1:06}"),
        "as_of_list": lambda: log.page("agreements", known_at=then),
        "as_of_search": lambda: log.page("agreements", "temporal agricola", known_at=then),
        "as_of_search_rare": lambda: log.page("agreements", f"{records - 1:06}", known_at=then),
        "count": lambda: log.count("agreements"),
        "as_of_count": lambda: log.count("agreements", then),
        "one_record_with_history": lambda: log.entries("agreements", f"k{records // 2}"),
    }
    found = {name: cpu_ms(ask) for name, ask in asked.items()}
    database.close()
    return found


def of_one_country(url: str, records: int) -> dict[str, float]:
    """The same for an account of one country that sees the region's own once approved."""
    database, then = open_database(url), BEGAN + timedelta(days=4, hours=12)
    mine = frozenset({"GTM", ""})
    own, other = Reach(mine, mine), Reach(frozenset({""}), frozenset({"", "GTM"}))
    log = Log(database, REGISTERS, mine)

    def ask(reach: Reach, words: str = "", **more: str) -> None:
        with database.reading() as connection:
            shelf(connection, "agreements", reach, words, **more)

    asked = {
        "list": lambda: ask(own),
        "search": lambda: ask(own, "temporal agricola"),
        "search_rare": lambda: ask(own, f"{records - 1:06}"),
        "approved_of_another_list": lambda: ask(other),
        "approved_of_another_search": lambda: ask(other, "temporal agricola"),
        "approved_of_another_search_rare": lambda: ask(other, f"{records - 1:06}"),
        "as_of_list": lambda: log.page("agreements", known_at=then),
        "as_of_search": lambda: log.page("agreements", "temporal agricola", known_at=then),
        "as_of_search_rare": lambda: log.page("agreements", f"{records - 1:06}", known_at=then),
        "count": lambda: log.count("agreements"),
    }
    found = {name: cpu_ms(ask) for name, ask in asked.items()}
    database.close()
    return found


def analysts(url: str) -> dict[str, float]:
    """What an analyst asks in SQL, in seconds of the processor."""
    database = open_database(url)
    with database.writing("upgrade") as connection:
        renew(connection, REGISTERS.values())

    def ask(statement: str) -> float:
        with database.reading() as connection:
            return round(cpu_ms(lambda: connection.execute(text(statement)).all(), 1) / 1000, 3)

    one = "SELECT * FROM register_agreements WHERE _key = 'k5'"
    by = "SELECT country, count(*), sum(places) FROM register_agreements GROUP BY country"
    found = {"one_record": ask(one), "places_by_country": ask(by)}
    database.close()
    return found


def counting(url: str) -> float:
    """Counting every record as of a day into cells, in seconds of the processor."""
    rules = Rules("ilo", (), 0, 0.0, "")
    database, began = open_database(url), process_time()
    records = records_as_of(Log(database, REGISTERS).latest("agreements"), date(2025, 6, 1))
    house = House("REG", T, "", rules, rules)
    count_register(REGISTERS["agreements"], records, LISTS, house, date(2025, 6, 1))
    database.close()
    return round(process_time() - began, 2)


def saves_a_second(url: str) -> float:
    """Ten editors, each saving the next record when the last was acknowledged."""
    database, done, stop = open_database(url), [0] * EDITORS, threading.Event()
    with Together(database, REGISTERS) as desk:

        def edit(editor: int) -> None:
            for number in count():
                if stop.is_set():
                    return
                desk.save(draft(f"e{editor}-{number}-{id(stop)}", number, 0))
                done[editor] += 1

        return _run(edit, EDITORS, done, stop, database)


def alone_a_second(url: str) -> float:
    """The same saves as the office makes them: each in a transaction of its own."""
    database, done, stop = open_database(url), [0] * EDITORS, threading.Event()

    def edit(editor: int) -> None:
        for number in count():
            if stop.is_set():
                return
            made = draft(f"a{editor}-{number}-{id(stop)}", number, 0)
            with database.writing(made.actor) as connection:
                append(connection, REGISTERS, [made], datetime.now(UTC))
            done[editor] += 1

    return _run(edit, EDITORS, done, stop, database)


def inserts_a_second(url: str, editors: int) -> float:
    """The same row by bare INSERTs, each in a transaction of its own, as durable."""
    database, done, stop = open_database(url), [0] * editors, threading.Event()
    bare = Table(f"bare_{editors}", MetaData(), *(c._copy() for c in entry.columns))
    with database.writing("ana") as connection:
        bare.drop(connection, checkfirst=True)
        bare.create(connection)

    def edit(editor: int) -> None:
        for number in count():
            if stop.is_set():
                return
            made = entry_of(draft(f"e{editor}-{number}", number, 0), number, FIRST, BEGAN)
            row = {**to_row(made), "number": number * editors + editor}
            with database.engine.execution_options(cauce_writes=True).begin() as connection:
                connection.execute(insert(bare), row)
            done[editor] += 1

    return _run(edit, editors, done, stop, database)


def _run(edit, editors, done, stop, database) -> float:
    threads = [threading.Thread(target=edit, args=(n,)) for n in range(editors)]
    for thread in threads:
        thread.start()
    sleep(1)
    before, began = sum(done), perf_counter()
    sleep(SECONDS)
    rate = (sum(done) - before) / (perf_counter() - began)
    stop.set()
    for thread in threads:
        thread.join()
    database.close()
    return round(rate, 1)


def writing(url: str) -> dict[str, float]:
    """Saves beside bare inserts, one after the other in the same run."""
    found = {
        "bare_insert_one_connection": inserts_a_second(url, 1),
        "saves_of_ten_editors": saves_a_second(url),
        "saves_of_ten_editors_each_alone": alone_a_second(url),
    }
    found["saves_per_bare_insert"] = round(
        found["saves_of_ten_editors"] / found["bare_insert_one_connection"], 2
    )
    return found


def on_postgresql(folder: Path) -> dict[str, float]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pgserver

    server = pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        return {**writing(url), "bare_insert_ten_connections": inserts_a_second(url, EDITORS)}
    finally:
        server.cleanup()


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pg").mkdir()
        url = f"sqlite:///{folder / 'registers.sqlite'}"
        entries = round(fill(url, records))
        found = {
            "records": records,
            "versions": VERSIONS,
            "entries_a_second_while_filling": entries,
            "cpu_ms": reading(url, records),
            "cpu_ms_of_one_country": of_one_country(url, records),
            "in_sql_cpu_s": analysts(url),
            "counted_cpu_s": counting(url),
            "sqlite_a_second": writing(f"sqlite:///{folder / 'written.sqlite'}"),
            "sqlite_beside_the_full_register_a_second": {
                "saves_of_ten_editors": saves_a_second(url)
            },
            "postgresql_a_second": on_postgresql(folder),
        }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

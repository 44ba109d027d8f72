"""One series and one slice as JSON and CSV: processor time a request, ours beside Datasette's.

6,000 invented monthly series of 168 observations lie in a store and, the same rows with the same
columns of codes and numbers, in an SQLite file with an index on the key and one on each dimension.
Every series and every slice is asked for once, in an order that jumps about. Ours is told
several times, because it keeps more than Datasette does:

- `first`: nothing of it was asked before; the table is in memory, its numbers are not yet text;
- `new`: another answer (in Spanish) of rows whose numbers were written for the first;
- `new_compressed`: the first answers, compressed as browsers ask for it; Datasette never does;
- `again`: an answer that was given before, as it stands in memory: what it costs to send it.

Prints JSON. Run: python bench/portal.py [--datasette PYTHON] [--seconds S], where PYTHON is an
interpreter that has datasette; Cauce does not need it.
"""

import csv
import http.client
import io
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from cauce.publish import DATA_FORMATS, DataSet, Options, Rows, message_of
from cauce.store import Reader
from invented_table import INDICATOR, KINDS, MONTHS, PLACES, SEXES, million, publish
from served import CAUCE, PLAIN, cpu_seconds, free_port, get, served

Found = dict[str, Any]
Asked = Callable[..., Iterator[str]]
FLOW = "XAA_BENCH_MILLION"
SEX = ("_T", "F")


SERIES = [(place, own, sex) for place in range(PLACES) for own in range(KINDS) for sex in SEX]
SLICES = [(place, 0, sex) for place in range(PLACES) for sex in SEX]
SETTLED = 1.0
"""Seconds until a server has done what a first request gave it to do."""
JUMP = 7_919
"""A prime: who goes through a list in steps of it comes to all of it."""
SPANISH = {**PLAIN, "Accept-Language": "es"}
SMALL = {"Accept-Encoding": "gzip"}


def asked(kind: str) -> Iterator[tuple[str, str, str]]:
    """The codes of every series or slice, once."""
    some = SERIES if kind == "series" else SLICES
    for turn in range(len(some)):
        place, own, sex = some[turn * JUMP % len(some)]
        yield f"P{place:03}", f"K{own:02}" if kind == "series" else "*", sex


def ours(kind: str, form: str, language: str = "en") -> Iterator[str]:
    for place, own, sex in asked(kind):
        yield f"/{language}/tables/{FLOW}.{form}?PLACE={place}&KIND={own}&SEX={sex}&TIME_PERIOD=*"


def ours_sdmx(kind: str, form: str, _: str = "") -> Iterator[str]:
    for place, own, sex in asked(kind):
        key = f"M.XAA.{INDICATOR.id}.{place}.{own}.{sex}"
        yield f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/{key}?format={form}"


def theirs(kind: str, form: str) -> Iterator[str]:
    for place, own, sex in asked(kind):
        path = f"/bench/obs.{form}?PLACE={place}&SEX={sex}&_size=max&_nocount=1&_nofacet=1"
        path += f"&KIND={own}" if kind == "series" else ""
        yield path + ("&_stream=on" if form == "csv" else "&_shape=array")


def measured(
    pid: int,
    port: int,
    paths: Iterable[str],
    seconds: float,
    headers: Mapping[str, str] = PLAIN,
) -> Found:
    """Milliseconds of processor time a request, over so many seconds after a first request."""
    connection, asked = http.client.HTTPConnection("127.0.0.1", port, timeout=600), iter(paths)
    get(connection, next(asked), headers)
    time.sleep(SETTLED)
    before, began, done, size = cpu_seconds(pid), time.monotonic(), 0, 0
    for path in asked:
        status, body = get(connection, path, headers)
        assert status == 200, (status, body[:200])
        done, size = done + 1, len(body)
        if time.monotonic() - began > seconds and done > 3:
            break
    took = (cpu_seconds(pid) - before) / done * 1_000
    return {"cpu_ms": round(took, 2), "requests": done, "bytes": size}


def sqlite_of(store: Path, file: Path) -> None:
    """The rows of the table as SDMX-CSV has them, in SQLite, indexed."""
    snapshot = Reader(store).snapshot()
    message = message_of(snapshot.manifest(FLOW))
    sets = [DataSet(Rows.all(snapshot.observations(FLOW)))]
    written = DATA_FORMATS["csv-2.0"].write(sets, message, Options())
    text = io.StringIO(b"".join(written).decode())
    rows = csv.reader(text)
    names = next(rows)
    data = sqlite3.connect(file)
    real = {"OBS_VALUE", "SE", "CV", "CI_LOW", "CI_HIGH", "ESS", "DEFF"}
    columns = ", ".join(
        f"[{n}] {'REAL' if n in real else 'INTEGER' if n[:2] in ('N_', 'DF') else 'TEXT'}"
        for n in names
    )
    data.execute(f"CREATE TABLE obs ({columns})")
    data.executemany(f"INSERT INTO obs VALUES ({', '.join('?' * len(names))})", rows)
    data.execute("CREATE INDEX by_key ON obs (PLACE, KIND, SEX, TIME_PERIOD)")
    for name in ("KIND", "SEX", "TIME_PERIOD"):
        data.execute(f"CREATE INDEX by_{name} ON obs ({name})")
    data.execute("ANALYZE")
    data.commit()
    data.close()


@contextmanager
def datasette(python: str, store: Path, folder: Path) -> Iterator[tuple[int, int] | None]:
    """Process id and port of Datasette over the same rows; None without it."""
    if not Path(python).is_file():
        yield None
        return
    sqlite_of(store, folder / "bench.db")
    port = free_port()
    settings = {"sql_time_limit_ms": 60_000, "max_returned_rows": 20_000, "max_csv_mb": 0}
    told = [word for name, value in settings.items() for word in ("--setting", name, str(value))]
    command = [python, "-m", "datasette", "-i", str(folder / "bench.db"), *told]
    with served([*command, "--port", str(port)], port, folder / "theirs.log") as pid:
        yield pid, port


def of_ours(pid: int, port: int, asked: Asked, kind: str, form: str, seconds: float) -> Found:
    first = measured(pid, port, asked(kind, form), seconds)
    other = islice(asked(kind, form, "es"), first["requests"])
    return {
        "first": first,
        "new": measured(pid, port, other, seconds, SPANISH),
        "new_compressed": measured(pid, port, asked(kind, form), seconds, SMALL),
        "again": measured(pid, port, repeat(next(asked(kind, form))), seconds),
    }


def side_by_side(store: Path, other: tuple[int, int] | None, kind: str, seconds: float) -> Found:
    """Theirs right before ours, so that what else the machine does weighs on both.

    The server is one that has written nothing of what the other kind asks for.
    """
    port, found = free_port(), {}
    command = [*CAUCE, "serve", "--store", str(store), "--workers", "1", "--answers", "512"]
    with served([*command, "--port", str(port)], port, store / "../ours.log") as pid:
        for way, asked in (("pages", ours), ("sdmx", ours_sdmx)):
            for form in ("json", "csv"):
                them = other and measured(*other, theirs(kind, form), seconds)
                mine = of_ours(pid, port, asked, kind, form, seconds)
                ratios = them and {
                    how: round(one["cpu_ms"] / them["cpu_ms"], 4) for how, one in mine.items()
                }
                found[f"{kind}_{form}_{way}"] = {**mine, "datasette": them, "ratios": ratios}
    return found


def word(name: str, default: str) -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def main() -> None:
    seconds, python = float(word("--seconds", "5")), word("--datasette", "")
    found: Found = {"bench": "portal", "rows": PLACES * KINDS * SEXES * len(MONTHS)}
    found["aims"] = {"series": 0.5, "slice": 0.02}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "store"
        publish(store, "2023", million())
        with datasette(python, store, folder) as other:
            for kind in ("series", "slice"):
                found |= side_by_side(store, other, kind, seconds)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

"""One series and one slice as JSON and CSV: processor time a request, ours beside Datasette's.

6,000 invented monthly series of 168 observations lie in a store and, the same rows with the same
columns of codes and numbers, in an SQLite file with an index on the key and one on each dimension.
Every request asks for another series or slice, so that nobody answers from memory of the answer.
Prints JSON. Run: python bench/portal.py [--datasette PYTHON] [--seconds S], where PYTHON is an
interpreter that has datasette; Cauce does not need it.
"""

import csv
import http.client
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from cauce.publish import Rows, message_of, sdmx_csv
from cauce.store import Reader
from invented_table import INDICATOR, KINDS, MONTHS, PLACES, SEXES, million, publish
from served import CAUCE, cpu_seconds, free_port, get, served

FLOW = "XAA_BENCH_MILLION"
SEX = ["_T", "F"]


def series(turn: int) -> tuple[str, str, str]:
    return f"P{turn % PLACES:03}", f"K{turn * 7 % KINDS:02}", SEX[turn % SEXES]


def ours(kind: str, form: str) -> Iterator[str]:
    for turn in count():
        place, own, sex = series(turn)
        own = own if kind == "series" else "*"
        yield f"/en/tables/{FLOW}.{form}?PLACE={place}&KIND={own}&SEX={sex}&TIME_PERIOD=*"


def ours_sdmx(kind: str, form: str) -> Iterator[str]:
    for turn in count():
        place, own, sex = series(turn)
        key = f"M.XAA.{INDICATOR.id}.{place}.{own if kind == 'series' else '*'}.{sex}"
        yield f"/sdmx/v2/data/dataflow/CAUCE/{FLOW}/1.0/{key}?format={form}"


def theirs(kind: str, form: str) -> Iterator[str]:
    for turn in count():
        place, own, sex = series(turn)
        path = f"/bench/obs.{form}?PLACE={place}&SEX={sex}&_size=max&_nocount=1&_nofacet=1"
        path += f"&KIND={own}" if kind == "series" else ""
        yield path + ("&_stream=on" if form == "csv" else "&_shape=array")


def measured(pid: int, port: int, paths: Iterator[str], seconds: float) -> dict[str, Any]:
    """Milliseconds of processor time a request, over so many seconds after a first request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    status, body = get(connection, next(paths))
    before, began, done = cpu_seconds(pid), time.monotonic(), 0
    while time.monotonic() - began < seconds or done < 3:
        status, body = get(connection, next(paths))
        assert status == 200, (status, body[:200])
        done += 1
    took = (cpu_seconds(pid) - before) / done * 1_000
    return {"cpu_ms": round(took, 2), "requests": done, "bytes": len(body)}


def sqlite_of(store: Path, file: Path) -> None:
    """The rows of the table as SDMX-CSV has them, in SQLite, indexed."""
    snapshot = Reader(store).snapshot()
    message = message_of(snapshot.manifest(FLOW))
    text = io.StringIO(b"".join(sdmx_csv(Rows.all(snapshot.observations(FLOW)), message)).decode())
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


def of_ours(store: Path, seconds: float) -> dict[str, Any]:
    port = free_port()
    # The least memory for answers: the slices come round again after 200 of them.
    command = [*CAUCE, "serve", "--store", str(store), "--workers", "1", "--answers", "1"]
    ways = {"pages": ours, "sdmx": ours_sdmx}
    with served([*command, "--port", str(port)], port, store / "../ours.log") as pid:
        return {
            f"{kind}_{form}_{way}": measured(pid, port, paths(kind, form), seconds)
            for way, paths in ways.items()
            for kind in ("series", "slice")
            for form in ("json", "csv")
        }


def of_datasette(python: str, store: Path, folder: Path, seconds: float) -> dict[str, Any]:
    if not Path(python).is_file():
        return {"skipped": "say --datasette PYTHON with an interpreter that has it: Cauce has not"}
    sqlite_of(store, folder / "bench.db")
    port = free_port()
    settings = {"sql_time_limit_ms": 60_000, "max_returned_rows": 20_000, "max_csv_mb": 0}
    told = [word for name, value in settings.items() for word in ("--setting", name, str(value))]
    command = [python, "-m", "datasette", "-i", str(folder / "bench.db"), *told]
    version = subprocess.run(
        [python, "-m", "datasette", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    with served([*command, "--port", str(port)], port, folder / "theirs.log") as pid:
        found: dict[str, Any] = {
            f"{kind}_{form}": measured(pid, port, theirs(kind, form), seconds)
            for kind in ("series", "slice")
            for form in ("json", "csv")
        }
    return {"version": version, **found}


def word(name: str, default: str) -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def main() -> None:
    seconds = float(word("--seconds", "5"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        publish(folder / "store", "2023", million())
        mine = of_ours(folder / "store", seconds)
        other = of_datasette(word("--datasette", ""), folder / "store", folder, seconds)
    found = {"bench": "portal", "rows": PLACES * KINDS * SEXES * len(MONTHS)}
    found |= {"ours": mine, "datasette": other}
    if "skipped" not in other:
        found["ours_by_datasette"] = {
            name: round(own["cpu_ms"] / other[name.rsplit("_", 1)[0]]["cpu_ms"], 4)
            for name, own in mine.items()
        }
        found["aims"] = {"series": 0.5, "slice": 0.02}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

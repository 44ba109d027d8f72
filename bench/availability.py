"""What there is of a dataflow with 6,000 series: processor time of a whole answer, side by side.

6,000 invented monthly series of 168 observations lie in a store. Every question is another one, so
that nothing is answered from memory; the series were read once before.

- `whole`, `one_place`, `in_a_year`, `available`, `with_codelists`: the SDMX service, all of it:
  routing, negotiation, the constraint as SDMX-ML 2.1 or SDMX-JSON 2.1, compressed never;
- `catalogue`: reading the series of the vintage, which happens once in a process;
- `duckdb_distincts`: the distinct codes of every dimension and the two counts, asked of DuckDB
  about the same million rows in memory, without any answer being written.

Prints JSON. Run: python bench/availability.py [--turns N].
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa
from starlette.testclient import TestClient

from cauce.model.observation import Observations
from cauce.portal import create_app
from cauce.store import Reader
from invented_table import INDICATOR, PLACES, million, publish

FLOW = "XAA_BENCH_MILLION"
V1, V2 = f"/sdmx/v1/availableconstraint/{FLOW}", f"/sdmx/v2/availability/dataflow/CAUCE/{FLOW}/1.0"
TURNS = 40


def cpu_ms(turns: int, ask: Callable[[int], object]) -> dict[str, float]:
    """Milliseconds of processor time of one question, by all threads of the process."""
    found = []
    for turn in range(turns):
        begun = time.process_time()
        ask(turn)
        found.append(1_000 * (time.process_time() - begun))
    return {"median_cpu_ms": round(median(found), 2), "worst_cpu_ms": round(max(found), 2)}


def asked(client: TestClient, turns: int, path: Callable[[int], str]) -> dict[str, float]:
    sizes = set()

    def ask(turn: int) -> None:
        answer = client.get(path(turn), headers={"accept-encoding": "identity"})
        assert answer.status_code == 200, answer.text
        sizes.add(len(answer.content))

    return {**cpu_ms(turns, ask), "bytes": max(sizes)}


def place(turn: int) -> str:
    return f"M.XAA.{INDICATOR.id}.P{turn % PLACES:03}"


def ours(root: Path, turns: int) -> dict[str, dict[str, float]]:
    begun = time.process_time()
    Reader(root).snapshot().series(FLOW)
    read = round(1_000 * (time.process_time() - begun), 1)
    with TestClient(create_app(root)) as client:
        client.get(f"{V1}?references=all")
        return {
            "whole": asked(client, turns, lambda turn: f"{V1}?n={turn}"),
            "whole_json": asked(client, turns, lambda turn: f"{V2}?n={turn}"),
            "one_place": asked(client, turns, lambda turn: f"{V1}/{place(turn)}"),
            "in_a_year": asked(client, turns, lambda turn: f"{V1}?startPeriod=2015&n={turn}"),
            "available": asked(client, turns, lambda turn: f"{V1}/{place(turn)}?mode=available"),
            "with_codelists": asked(client, turns, lambda turn: f"{V1}?references=all&n={turn}"),
            "catalogue": {"cpu_ms_once": read},
        }


def theirs(table: Observations, turns: int) -> dict[str, float]:
    columns = {
        dimension.id: pa.array([code.id for code in dimension.codes]).take(
            pa.array(table.key[:, j])
        )
        for j, dimension in enumerate(table.dataflow.dimensions)
    }
    names = [*columns]
    with duckdb.connect() as database:
        database.register("told", pa.table(columns))
        database.execute("create table rows as select * from told")
        each = [f"(select list(distinct {name}) from rows)" for name in names]
        key = ", ".join(names[:-1])
        query = f"select {', '.join(each)}, count(*), count(distinct ({key})) from rows"
        return cpu_ms(min(turns, 5), lambda _: database.execute(query).fetchall())


def main() -> None:
    turns = int(sys.argv[sys.argv.index("--turns") + 1]) if "--turns" in sys.argv else TURNS
    table = million()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        publish(root, "v1", table)
        found = {
            "series": 6_000,
            "observations": len(table.value),
            "aim_cpu_ms": 10,
            **ours(root, turns),
            "duckdb_distincts": theirs(table, turns),
        }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

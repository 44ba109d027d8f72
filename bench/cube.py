"""The cube side by side: ours, DuckDB and Polars by hand, DuckDB's totals alone, R.

1 total, 2 rates and 1 mean, each with its standard error, for all two-way combinations of six
classifiers. Prints JSON; the ratios are of the least seconds of many rounds in which every way has
its turn. Run from the repository: python bench/cube.py [PEOPLE …] [--no-r] [--read] [--profile]

--read sets ours beside DuckDB reading the same columns once from Parquet, and nothing else, so that
ten million people fit; --profile tells the seconds of each step besides.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq

from cauce.estimate import Estimates, cube
from cauce.model.design import Design
from cauce.model.sample import Score
from cube_by_hand import STATISTICS, compare, duckdb_errors, duckdb_totals, polars_errors
from cube_in_r import in_r
from cube_people import PAIRS, SIZES, arrays, people
from cube_read import against_reading, profiled


def ours(data: tuple[Design, list[Any], list[Score]], threads: int) -> tuple[Estimates, ...]:
    design, codes, scores = data
    return cube(design, codes, SIZES, PAIRS, scores, threads)


def interleaved(ways: dict[str, Callable[[], Any]], repeats: int) -> dict[str, list[float]]:
    """Seconds of each way, all of them in every round."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - began)
    return times


def measure(count: int, repeats: int, folder: Path) -> dict[str, Any]:
    table = people(count)
    file = folder / f"{count}.parquet"
    pq.write_table(table, file)
    data, frame = arrays(table), pl.from_arrow(table)
    mixed = arrays(table.take(np.random.default_rng(2).permutation(count)))
    connection = duckdb.connect(config={"threads": 2})
    connection.register("people", table)
    ways: dict[str, Callable[[], Any]] = {
        "ours, two threads": lambda: ours(data, 2),
        "ours, one thread": lambda: ours(data, 1),
        "ours, rows in no order, two threads": lambda: ours(mixed, 2),
        "ours, from Parquet, two threads": lambda: ours(arrays(pq.read_table(file)), 2),
        "DuckDB, totals without errors": lambda: duckdb_totals(connection, "people"),
        "DuckDB, totals without errors, from Parquet": lambda: duckdb_totals(
            connection, f"'{file}'"
        ),
        "DuckDB by hand, with errors": lambda: duckdb_errors(connection, "people"),
        "Polars by hand, with errors": lambda: polars_errors(frame),
    }
    mine = ours(data, 2)
    differences = {
        "DuckDB": compare(mine, duckdb_errors(connection, "people")),
        "Polars": compare(mine, polars_errors(frame)),
    }
    interleaved(ways, 1)
    rounds = interleaved(ways, repeats)
    # The least of many rounds is what a way takes while nobody else wants the processor.
    seconds = {name: min(times) for name, times in rounds.items()}
    first = seconds["ours, two threads"]
    by_hand = min(seconds[name] for name in seconds if "by hand" in name)
    totals = min(seconds[name] for name in seconds if "totals" in name)
    return {
        "people": count,
        "cells": sum(SIZES[a] * SIZES[b] for a, b in PAIRS),
        "rounds": repeats,
        "least_seconds": {name: round(value, 4) for name, value in seconds.items()},
        "median_seconds": {
            name: round(statistics.median(times), 4) for name, times in rounds.items()
        },
        "times_slower_than_ours": {name: round(v / first, 1) for name, v in seconds.items()},
        "best_by_hand_over_ours": round(by_hand / first, 1),
        "totals_without_errors_over_ours": round(totals / first, 2),
        "largest_relative_difference": differences,
        "memory": memory(file),
    }


def memory(file: Path) -> dict[str, Any]:
    """Peak of one pass in a process of its own, over what it held before the pass."""
    command = [sys.executable, __file__, "--memory", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(answer)
    return found


def resident(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise LookupError(field)


def child(file: str) -> None:
    """What a pass adds to the memory of a process that has the arrays and the compiled code."""
    ours(arrays(people(20_000)), 2)
    data = arrays(pq.read_table(file))
    design, codes, scores = data
    # Scores may share an array; each is counted once.
    held = {id(a): a.nbytes for a in (design.stratum, design.psu, design.weight, *codes)}
    held |= {id(a): a.nbytes for score in scores for a in (score.inside, score.numerator)}
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    ours(data, 2)
    columns, added = sum(held.values()), resident("VmHWM") - before
    print(
        json.dumps(
            {
                "how": "VmHWM after the pass, reset before it, minus VmRSS before it (Linux)",
                "columns_mib": round(columns / 2**20, 1),
                "added_by_the_pass_mib": round(added / 2**20, 1),
                "added_over_columns": round(added / columns, 2),
            }
        )
    )


def read(counts: list[int], profile: bool) -> None:
    """Print how many times the reading of its columns the cube takes, and its steps if wanted."""
    sizes = []
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            found = against_reading(count, Path(folder))
            if profile:
                found["seconds_of_steps_one_thread"] = profiled(count, Path(folder))
            sizes.append(found)
    print(json.dumps({"bench": "cube", "beside": "DuckDB reading once", "sizes": sizes}, indent=2))


def main() -> None:
    if "--memory" in sys.argv:
        child(sys.argv[-1])
        return
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [100_000, 1_000_000]
    if "--read" in sys.argv or "--profile" in sys.argv:
        read(counts, "--profile" in sys.argv)
        return
    with tempfile.TemporaryDirectory() as folder:
        report = {
            "bench": "cube",
            "statistics": list(STATISTICS),
            "sizes": [measure(n, 25 if n <= 100_000 else 9, Path(folder)) for n in counts],
            "r_survey": {"skipped": "by request"} if "--no-r" in sys.argv else in_r(Path(folder)),
        }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()

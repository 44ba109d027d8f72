"""The cube side by side: ours, DuckDB and Polars by hand, DuckDB's totals alone, R.

1 total, 2 rates and 1 mean, each with its standard error, for all two-way combinations of six
classifiers. Prints JSON; the ratios are of the least seconds of many rounds in which every way has
its turn. Run from the repository: python bench/cube.py [PEOPLE …] [--no-r]
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.estimate import Estimates, cube
from cauce.model.design import Design
from cauce.model.sample import Score

SIZES = (2, 8, 12, 20, 24, 38)
CODES = [f"c{i}" for i in range(len(SIZES))]
PAIRS = list(combinations(range(len(SIZES)), 2))
STRATA, PEOPLE_IN_PSU = 200, 50
# Numerator and denominator of each statistic as SQL over a person; a total has no denominator.
STATISTICS = {
    "employed": ("CAST(employed AS DOUBLE)", None),
    "unemployment": ("CAST(NOT employed AND active AS DOUBLE)", "CAST(active AS DOUBLE)"),
    "informality": ("CAST(informal AND employed AS DOUBLE)", "CAST(employed AS DOUBLE)"),
    "wage": ("CASE WHEN employed THEN wage ELSE 0 END", "CAST(employed AS DOUBLE)"),
}
R_PAIR = (0, 2)
R_SECONDS = 100


def people(count: int) -> pa.Table:
    """Invented people sorted by stratum and PSU."""
    random = np.random.default_rng(1)
    psu = np.arange(count) // PEOPLE_IN_PSU
    psus = int(psu[-1]) + 1
    active = random.random(count) < 0.65
    employed = active & (random.random(count) < 0.9)
    columns = {
        "stratum": (psu * STRATA // psus).astype(np.int32),
        "psu": psu.astype(np.int32),
        "weight": random.uniform(50, 400, count),
        "active": active,
        "employed": employed,
        "informal": employed & (random.random(count) < 0.45),
        "wage": np.where(employed, random.lognormal(6, 0.7, count), 0.0),
    }
    for name, size in zip(CODES, SIZES, strict=True):
        columns[name] = random.integers(0, size, count).astype(np.int32)
    return pa.table(columns)


def arrays(table: pa.Table) -> tuple[Design, list[Any], list[Score]]:
    """The table as the estimator takes it."""

    def column(name: str) -> Any:
        return table.column(name).combine_chunks().to_numpy(zero_copy_only=False)

    active, employed = column("active"), column("employed")
    everyone = np.ones(len(table), dtype=np.bool_)
    at_work, informal = employed.astype(np.float64), column("informal").astype(np.float64)
    design = Design(
        column("stratum").astype(np.int64), column("psu").astype(np.int64), column("weight")
    )
    scores = [
        Score("employed", everyone, at_work, None, 0, False, "total"),
        Score("unemployment", active, 1.0 - at_work, None, 0, False, "rate"),
        Score("informality", employed, informal, None, 0, False, "rate"),
        Score("wage", employed, column("wage"), None, 0, True, "mean"),
    ]
    return design, [column(name) for name in CODES], scores


def ours(data: tuple[Design, list[Any], list[Score]], threads: int) -> tuple[Estimates, ...]:
    design, codes, scores = data
    return cube(design, codes, SIZES, PAIRS, scores, threads)


def sets(*more: str) -> str:
    return ", ".join(f"({', '.join((*more, CODES[a], CODES[b]))})" for a, b in PAIRS)


def weighted() -> str:
    """Weighted numerators y0 … and denominators x1 … of every person."""
    parts = []
    for s, (y, x) in enumerate(STATISTICS.values()):
        parts.append(f"weight * {y} AS y{s}")
        parts += [] if x is None else [f"weight * {x} AS x{s}"]
    return ", ".join(parts)


def names() -> list[str]:
    return ["y0"] + [f"{part}{s}" for s in range(1, len(STATISTICS)) for part in "yx"]


def products() -> list[tuple[str, str]]:
    """The moments that are needed: of a total yy, of a ratio yy, yx and xx."""
    return [("y0", "y0")] + [
        (f"{a}{s}", f"{b}{s}") for s in range(1, len(STATISTICS)) for a, b in ("yy", "yx", "xx")
    ]


def duckdb_totals(connection: Any, source: str) -> Any:
    sums = ", ".join(f"sum({name}) AS {name}" for name in names())
    return connection.sql(
        f"SELECT {', '.join(CODES)}, GROUPING_ID({', '.join(CODES)}) AS g, {sums} "
        f"FROM (SELECT {', '.join(CODES)}, {weighted()} FROM {source}) "
        f"GROUP BY GROUPING SETS ({sets()})"
    ).to_arrow_table()


def duckdb_errors(connection: Any, source: str) -> list[Any]:
    """One GROUPING SETS query to PSU and cell, then the algebra in SQL, then the ratios."""
    codes = ", ".join(CODES)
    sums = ", ".join(f"sum({name}) AS {name}" for name in names())
    squares = ", ".join(f"sum({a} * {b}) AS {a}{b}" for a, b in products())
    moments = ", ".join(
        f"sum(m / (m - 1) * ({a}{b} - {a} * {b} / m)) AS v{a}{b}" for a, b in products()
    )
    found = connection.sql(
        f"WITH person AS (SELECT stratum, psu, {codes}, {weighted()} FROM {source}), "
        f"size AS (SELECT stratum, count(DISTINCT psu)::DOUBLE AS m FROM {source} GROUP BY ALL), "
        f"unit AS (SELECT stratum, psu, {codes}, GROUPING_ID({codes}) AS g, {sums} FROM person "
        f"GROUP BY GROUPING SETS ({sets('stratum', 'psu')})), "
        f"layer AS (SELECT stratum, {codes}, g, {sums}, {squares} FROM unit "
        f"GROUP BY stratum, g, {codes}) "
        f"SELECT {codes}, g, {sums}, {moments} FROM layer JOIN size USING (stratum) "
        f"GROUP BY g, {codes}"
    ).fetchnumpy()
    which = found["g"]
    tables = []
    for a, b in PAIRS:
        # GROUPING_ID has a 1 for every classifier that is not in the set, the first highest.
        mine = which == sum(1 << (len(SIZES) - 1 - i) for i in range(len(SIZES)) if i not in (a, b))
        cell = np.asarray(found[CODES[a]][mine]) * SIZES[b] + np.asarray(found[CODES[b]][mine])
        part = {k: np.asarray(v[mine]) for k, v in found.items() if k not in (*CODES, "g")}
        tables.append((cell, *ratios(part)))
    return tables


def polars_errors(frame: pl.DataFrame) -> list[Any]:
    """Every pair to PSU level by one whole-number key, then the algebra; all in one plan."""
    wide = frame.lazy().with_columns(
        y0=pl.col("weight") * pl.col("employed"),
        y1=pl.col("weight") * (~pl.col("employed") & pl.col("active")),
        x1=pl.col("weight") * pl.col("active"),
        y2=pl.col("weight") * (pl.col("informal") & pl.col("employed")),
        x2=pl.col("weight") * pl.col("employed"),
        y3=pl.col("weight") * pl.when("employed").then("wage").otherwise(0.0),
        x3=pl.col("weight") * pl.col("employed"),
    )
    size = wide.group_by("stratum").agg(m=pl.col("psu").n_unique().cast(pl.Float64))
    plans = []
    for a, b in PAIRS:
        cells = SIZES[a] * SIZES[b]
        cell = pl.col(CODES[a]) * SIZES[b] + pl.col(CODES[b])
        unit = wide.group_by(key=pl.col("psu").cast(pl.Int64) * cells + cell).agg(
            pl.col("stratum").first(), *(pl.col(name).sum() for name in names())
        )
        layer = unit.group_by(
            key=pl.col("stratum").cast(pl.Int64) * cells + pl.col("key") % cells
        ).agg(
            pl.col("stratum").first(),
            *(pl.col(name).sum() for name in names()),
            *((pl.col(x) * pl.col(y)).sum().alias(x + y) for x, y in products()),
        )
        m = pl.col("m")
        plans.append(
            layer.join(size, on="stratum")
            .group_by(cell=pl.col("key") % cells)
            .agg(
                *(pl.col(name).sum() for name in names()),
                *(
                    (m / (m - 1) * (pl.col(x + y) - pl.col(x) * pl.col(y) / m))
                    .sum()
                    .alias(f"v{x}{y}")
                    for x, y in products()
                ),
            )
        )
    tables = []
    for found in pl.collect_all(plans):
        part = {name: found[name].to_numpy() for name in found.columns}
        tables.append((part.pop("cell"), *ratios(part)))
    return tables


def ratios(part: dict[str, Any]) -> tuple[Any, Any]:
    """Values and standard errors, each of shape (cells, statistics)."""
    values, errors = [part["y0"]], [np.sqrt(part["vy0y0"])]
    for s in range(1, len(STATISTICS)):
        x, r = part[f"x{s}"], part[f"y{s}"] / part[f"x{s}"]
        yy, yx, xx = (part[f"v{a}{s}{b}{s}"] for a, b in ("yy", "yx", "xx"))
        values.append(r)
        errors.append(np.sqrt(np.maximum(yy - 2 * r * yx + r**2 * xx, 0)) / x)
    return np.stack(values, axis=1), np.stack(errors, axis=1)


def compare(mine: tuple[Estimates, ...], other: list[Any]) -> float:
    """The largest relative difference of a value or a standard error."""
    worst = 0.0
    for table, (cell, value, se) in zip(mine, other, strict=True):
        assert len(cell) == (table.n.max(axis=1) > 0).sum()
        for a, b in ((table.value[cell], value), (table.se[cell], se)):
            known = np.isfinite(a) & np.isfinite(b) & (np.abs(a) > 1e-7)
            assert known.mean() > 0.9
            worst = max(worst, float((np.abs(a[known] - b[known]) / np.abs(a[known])).max()))
    assert worst < 1e-9, worst
    return worst


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


R_SCRIPT = """
library(survey)
d <- read.csv(commandArgs(TRUE)[1])
s <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
by <- as.formula(commandArgs(TRUE)[2])
took <- system.time({
  svyby(~employed, by, s, svytotal)
  svyby(~unemployed, by, subset(s, active == 1), svymean)
  svyby(~informal, by, subset(s, employed == 1), svymean)
  svyby(~wage, by, subset(s, employed == 1), svymean)
})
cat(took[["elapsed"]])
"""


def in_r(folder: Path, count: int = 100_000) -> dict[str, Any]:
    """One of the 15 tables by R's svyby; the others are extrapolated, never measured."""
    if shutil.which("Rscript") is None:
        return {"skipped": "R is not installed"}
    table = people(count).to_pydict()
    rows = {k: np.array(v) * 1 for k, v in table.items()}
    rows["unemployed"] = rows["active"] - rows["employed"]
    file, script = folder / "people.csv", folder / "cube.R"
    pl.DataFrame(rows).write_csv(file)
    script.write_text(R_SCRIPT)
    a, b = R_PAIR
    command = ["Rscript", str(script), str(file), f"~{CODES[a]} + {CODES[b]}"]
    cells, every = SIZES[a] * SIZES[b], sum(SIZES[i] * SIZES[j] for i, j in PAIRS)
    about = {"people": count, "measured": f"1 of {len(PAIRS)} tables, {cells} of {every} cells"}
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=R_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return about | {"seconds_of_one_table": f"more than {R_SECONDS}"}
    if ran.returncode:
        return {"skipped": ran.stderr.strip().splitlines()[-1]}
    seconds = float(ran.stdout)
    return about | {
        "seconds_of_one_table": round(seconds, 2),
        "seconds_of_all_by_extrapolation_per_cell": round(seconds / cells * every),
    }


def main() -> None:
    if "--memory" in sys.argv:
        child(sys.argv[-1])
        return
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [100_000, 1_000_000]
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

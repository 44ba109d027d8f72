"""The cube beside DuckDB reading the same columns once from Parquet, and where its seconds go."""

import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from cauce.estimate import cube, kernel
from cube_people import PAIRS, SIZES, arrays, people

ROUNDS = 3
# The module, which its own function hides.
whole = importlib.import_module("cauce.estimate.cube")
# A step by its name, and where the function stands that makes it. PSUs and strata are closed while
# rows are added; what is closed at the end is told apart.
STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    "ordering": ((whole, "rows_of"),),
    "bringing": ((kernel, "bring"),),
    "adding": ((kernel, "add_everywhere"),),
    "closing": ((kernel, "close_all"),),
    "algebra": ((whole, "sums_of"), (whole, "estimates_from")),
}


def against_reading(count: int, folder: Path) -> dict[str, Any]:
    """Least seconds of some rounds: our pass with two threads, and a sum of every column."""
    file = folder / f"{count}.parquet"
    table = people(count)
    pq.write_table(table, file)
    data, columns = arrays(table), table.column_names
    connection = duckdb.connect(config={"threads": 2})
    sums = ", ".join(f"sum(CAST({name} AS DOUBLE))" for name in columns)
    ways: dict[str, Callable[[], Any]] = {
        "ours": lambda: cube(data[0], data[1], SIZES, PAIRS, data[2], 2),
        "DuckDB reads once": lambda: connection.sql(f"SELECT {sums} FROM '{file}'").fetchall(),
    }
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            least[name] = min(least[name], time.perf_counter() - began)
    ours, reading = least.values()
    return {
        "people": count,
        "cells": sum(SIZES[a] * SIZES[b] for a, b in PAIRS),
        "least_seconds": {name: round(value, 4) for name, value in least.items()},
        "ours_over_reading": round(ours / reading, 2),
        "microseconds_per_row": round(ours / count * 1e6, 3),
    }


def profiled(count: int, folder: Path) -> dict[str, float]:
    """Seconds of each step of one pass with one thread, from the file on."""
    few = arrays(people(20_000))
    cube(few[0], few[1], SIZES, PAIRS, few[2], 1)  # compiled before a step is timed
    spent: dict[str, float] = defaultdict(float)
    file = folder / f"{count}.parquet"
    began = time.perf_counter()
    design, codes, scores = arrays(pq.read_table(file))
    spent["reading"] = time.perf_counter() - began
    kept = [(module, name, getattr(module, name)) for own in STEPS.values() for module, name in own]
    try:
        for step, own in STEPS.items():
            for module, name in own:
                setattr(module, name, timed(getattr(module, name), step, spent))
        began = time.perf_counter()
        cube(design, codes, SIZES, PAIRS, scores, 1)
        spent["the whole pass"] = time.perf_counter() - began
    finally:
        for module, name, own in kept:
            setattr(module, name, own)
    return {step: round(seconds, 4) for step, seconds in spent.items()}


def timed(way: Callable[..., Any], step: str, spent: dict[str, float]) -> Callable[..., Any]:
    def made(*args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return way(*args, **named)
        finally:
            spent[step] += time.perf_counter() - began

    return made

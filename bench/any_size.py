"""A census of any size: seconds and memory of `cauce release` as its rows grow.

Invented census rows in Parquet, 18 columns, sorted by stratum and PSU, written some rows at a time;
the largest file comes in parts. Each release runs in a process of its own, whose peak of resident
memory the kernel tells (VmHWM of the process and of the reader it starts). Prints a table, writes
JSON to bench/results/any_size.json. Run from the repository:
python bench/any_size.py [ROWS …] [--in-memory ROWS]
"""

import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from any_size_pack import PACK, REGION

AT_ONCE = 1_000_000
PART = 10_000_000
STRATA, PEOPLE_IN_PSU = 400, 500
RESULT = Path(__file__).parent / "results" / "any_size.json"


def rows(first: int, count: int, total: int) -> pa.Table:
    """Some rows of a census of so many people, the same whatever is asked at once."""
    random = np.random.default_rng((7, first))
    psu = np.arange(first, first + count) // PEOPLE_IN_PSU
    psus = -(-total // PEOPLE_IN_PSU)
    age = np.minimum(random.gamma(2.2, 14, count), 98).astype(np.int8)
    status = np.where(age < 15, 0, random.choice([1, 1, 1, 2, 3, 3], count)).astype(np.int8)
    hours = np.where(status == 1, random.integers(1, 80, count), -1)
    pay = np.where(status == 1, random.integers(100, 9000, count), -1)
    columns: dict[str, Any] = {
        "stratum": (psu * STRATA // psus).astype(np.int16),
        "psu": psu.astype(np.int32),
        "weight": (1 + (psu * 7919 % 13) / 8).astype(np.float64),
        "sex": random.integers(1, 3, count).astype(np.int8),
        "age": age,
        "status": status,
        "hours": pa.array(hours.astype(np.int16), mask=hours < 0),
        "pay": pa.array(pay.astype(np.int32), mask=pay < 0),
        "region": (psu * 24 // psus + 1).astype(np.int8),
        "birth": random.choice([1, 1, 1, 1, 1, 2, 3, 4, 9], count).astype(np.int8),
        "citizen": random.integers(1, 3, count).astype(np.int8),
        "education": random.integers(0, 9, count).astype(np.int8),
        "zone": random.integers(1, 3, count).astype(np.int8),
        "industry": random.integers(1, 22, count).astype(np.int8),
        "occupation": random.integers(1, 11, count).astype(np.int8),
        "married": random.integers(1, 6, count).astype(np.int8),
        "children": random.integers(0, 9, count).astype(np.int8),
        "dwelling": random.integers(1, 8, count).astype(np.int8),
    }
    return pa.table(columns)


def write(total: int, folder: Path) -> str:
    """The census in one file, or in parts of ten million; returns the pattern of its names."""
    in_parts = total > PART
    for number, start in enumerate(range(0, total, PART if in_parts else total), 1):
        name = f"part-{number}.parquet" if in_parts else "census.parquet"
        stop = min(start + PART, total) if in_parts else total
        writer = None
        for first in range(start, stop, AT_ONCE):
            table = rows(first, min(AT_ONCE, stop - first), total)
            writer = writer or pq.ParquetWriter(folder / name, table.schema)
            writer.write_table(table)
        if writer:
            writer.close()
    return "part-*.parquet" if in_parts else "census.parquet"


def region_of(folder: Path) -> Path:
    for name, text in REGION.items():
        path = folder / "region" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "region"


def measure(total: int, stream: str, memory: int) -> dict[str, Any]:
    """One release in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="cauce-bench-") as name:
        folder = Path(name)
        pack = folder / "pack"
        pack.mkdir()
        began = time.perf_counter()
        pattern = write(total, pack)
        written = time.perf_counter() - began
        (pack / "pack.toml").write_text(PACK.replace("@FILE@", pattern), "utf-8")
        size = sum(path.stat().st_size for path in pack.glob("*.parquet"))
        region = region_of(folder)
        command = [sys.executable, __file__, "--child", str(pack), str(region), stream]
        began = time.perf_counter()
        done = subprocess.run(
            [*command, str(memory)], capture_output=True, text=True, env={**os.environ}, check=False
        )
        seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    return {
        "rows": total,
        "stream": stream,
        "parts": -(-total // PART) if total > PART else 1,
        "bytes": size,
        "seconds_to_invent": round(written, 1),
        "seconds": round(seconds, 1),
        "microseconds_per_row": round(seconds / total * 1e6, 2),
        **json.loads(done.stdout.splitlines()[-1]),
    }


def child(pack: str, region: str, stream: str, memory: str) -> None:
    """A release, where its seconds went, and its peak of memory."""
    from cauce.pipeline.release import release_pack
    from cauce.pipeline.streaming import Streaming

    steps: list[tuple[str, float]] = []
    release = release_pack(
        Path(pack),
        Path(region),
        progress=lambda step: steps.append((step, time.perf_counter())),
        streaming=Streaming(stream, int(memory)),  # type: ignore[arg-type]
    )
    steps.append(("end", time.perf_counter()))
    spent: dict[str, float] = {}
    for (step, begun), (_, ended) in itertools.pairwise(steps):
        word = step.split()[0]
        spent[word] = round(spent.get(word, 0.0) + ended - begun, 1)
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    told = {
        "cells": sum(len(flow.value) for flow in release.flows),
        "spent": spent,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "reader_peak_mib": reader // 1024,
    }
    print(json.dumps(told))


def main() -> None:
    if "--child" in sys.argv:
        child(*sys.argv[2:])
        return
    words = sys.argv[1:]
    small = int(words[words.index("--in-memory") + 1]) if "--in-memory" in words else 0
    asked = [int(word) for word in words if word.isdigit() and int(word) != small]
    report: list[dict[str, Any]] = []
    RESULT.parent.mkdir(exist_ok=True)
    runs = [(n, "always", 1024) for n in asked or [1_000_000, 10_000_000, 100_000_000]]
    runs += [(small, "never", 4096)] if small else []
    print(f"{'rows':>12} {'stream':>7} {'seconds':>8} {'µs/row':>7} {'peak MiB':>9} {'reader':>7}")
    for total, stream, memory in runs:
        found = measure(total, stream, memory)
        report.append(found)
        print(
            f"{total:>12,} {stream:>7} {found['seconds']:>8} {found['microseconds_per_row']:>7} "
            f"{found['peak_mib']:>9,} {found['reader_peak_mib']:>7,}",
            flush=True,
        )
        RESULT.write_text(json.dumps({"bench": "any_size", "runs": report}, indent=2) + "\n")


if __name__ == "__main__":
    main()

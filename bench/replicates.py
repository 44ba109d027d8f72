"""200 bootstrap replicates of a rate beside linearisation of the same cells, and beside `svy`.

Four ways in every round: linearisation; replicates made of the PSUs, drawn in the call or before
it; the same weights as 200 given columns; and, with --svy PYTHON (an interpreter that has the
package `svy`), those columns there. Seconds are the least of the rounds; beside them the processor
time of all threads, which others on the machine disturb less. Prints JSON and writes it to
bench/results. Run from the repository: python bench/replicates.py [PEOPLE] [--svy PYTHON]
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.estimate import cube, design_of
from cauce.estimate.grouping import Grouping
from cauce.estimate.replicated_blocks import weights_of
from cauce.estimate.rows import rows_of
from cauce.estimate.sweep import Sweep
from cauce.model.design import Design
from cauce.model.drawn import Drawn
from cauce.model.replication import Replicates, Replication
from cauce.model.sample import Score

REPLICATES, STRATA, OF_A_PSU = 200, 200, 50
CELLS = (1, 16, 192)
ROUNDS = 5
PEER = """
import sys, time, warnings, json
warnings.simplefilter("ignore")
import polars as pl, svy
data = pl.read_parquet(sys.argv[1])
weights = svy.BootstrapWgts(prefix="r", n_reps=int(sys.argv[2]))
sample = svy.Sample(data, svy.Design(wgt="w", rep_wgts=weights))
for line in sys.stdin:
    began, busy = time.perf_counter(), time.process_time()
    found = sample.estimation.mean("y", by=line.strip(), method="replication")
    took = time.perf_counter() - began, time.process_time() - busy
    errors = [float(one.se) for one in found.estimates]
    print(json.dumps([*took, errors]), flush=True)
"""


class Peer:
    """`svy` in a process of its own, which has read the columns before anything is timed."""

    def __init__(self, python: str, file: Path) -> None:
        command = [python, "-c", PEER, str(file), str(REPLICATES)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, by: str) -> tuple[float, float, list[float]]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{by}\n")
        self.process.stdin.flush()
        seconds, busy, errors = json.loads(self.process.stdout.readline())
        return seconds, busy, errors


def timed(way: Callable[[], Any]) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.process_time()
    way()
    return time.perf_counter() - began, time.process_time() - busy


def measure(people: int, python: str, folder: Path) -> dict[str, Any]:
    rng = np.random.default_rng(7)
    psu = np.sort(rng.integers(0, people // OF_A_PSU, people))
    psu = psu[np.argsort(psu % STRATA, kind="stable")]
    weight = rng.uniform(50, 150, people)
    y = (rng.random(people) < 0.07).astype(np.float64)
    score = Score("rate", np.ones(people, dtype=np.bool_), y, None, 0, False, "rate")
    said = Replication(Replicates(made="bootstrap", count=REPLICATES, seed=3))
    plain = design_of(Drawn(psu % STRATA, psu, weight))
    made = design_of(Drawn(psu % STRATA, psu, weight, replicates=said))
    replicas = rows_of(made, ()).replication
    assert replicas is not None
    columns = weights_of(replicas, weight, made.psu, 0, REPLICATES)
    own = Replication(Replicates("bootstrap"), columns)
    given = design_of(Drawn(psu % STRATA, psu, weight, replicates=own))
    groups = {c: rng.integers(0, c, people).astype(np.int32) for c in CELLS}
    peer = None
    if python:
        table = {"w": weight, "y": y, **{f"g{c}": g for c, g in groups.items()}}
        table |= {f"r{r + 1}": columns[:, r] for r in range(REPLICATES)}
        pq.write_table(pa.table(table), folder / "people.parquet")
        peer = Peer(python, folder / "people.parquet")
    designs = {"linearised": plain, "made and drawn": made, "given columns": given}
    sweeps = {"linearised, once in order": Sweep(plain), "made, once drawn": Sweep(made)}
    found = {f"{c} cells": of_cells(c, groups[c], score, designs, sweeps, peer) for c in CELLS}
    return {
        "people": people,
        "replicates": REPLICATES,
        "PSUs": int(made.psu.max()) + 1,
        "strata": STRATA,
        "rounds": ROUNDS,
        "bytes_of_given_columns": columns.nbytes,
        "bytes_of_made": replicas.made.counts.nbytes,  # type: ignore[union-attr]
        "cells": found,
    }


def of_cells(
    cells: int,
    group: Any,
    score: Score,
    designs: dict[str, Design],
    sweeps: dict[str, Sweep],
    peer: Peer | None,
) -> dict[str, Any]:
    grouping = Grouping((0,), group, np.arange(cells))

    def by_cube(design: Design) -> Any:
        return cube(design, [group], [cells], [(0,)], [score])[0]

    ways: dict[str, Callable[[], Any]] = {
        name: lambda design=design: by_cube(design)  # type: ignore[misc]
        for name, design in designs.items()
    }
    ways |= {
        name: lambda sweep=sweep: sweep.run([grouping], [score])  # type: ignore[misc]
        for name, sweep in sweeps.items()
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    theirs: list[tuple[float, float, list[float]]] = []
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(timed(way))
        if peer and len(theirs) < 3:
            theirs.append(peer.ask(f"g{cells}"))
    seconds = {name: min(t for t, _ in own) for name, own in times.items()}
    busy = {name: min(t for _, t in own) for name, own in times.items()}
    if peer:
        seconds["svy, given columns"] = min(t for t, _, _ in theirs)
        busy["svy, given columns"] = min(t for _, t, _ in theirs)
    base, again = "linearised", "linearised, once in order"
    told: dict[str, Any] = {
        "least_seconds": {name: round(t, 4) for name, t in seconds.items()},
        "least_processor_seconds": {name: round(t, 4) for name, t in busy.items()},
        "made_over_linearised": round(seconds["made and drawn"] / seconds[base], 2),
        "made_once_drawn_over_linearised": round(seconds["made, once drawn"] / seconds[again], 2),
        "given_over_linearised": round(seconds["given columns"] / seconds[base], 2),
    }
    if peer:
        ours = np.sort(by_cube(designs["given columns"]).se[:, 0])
        told["svy_over_given"] = round(seconds["svy, given columns"] / seconds["given columns"], 2)
        told["svy_over_made"] = round(seconds["svy, given columns"] / seconds["made and drawn"], 2)
        off = np.abs(np.sort(theirs[0][2]) / ours - 1).max()
        told["largest_relative_difference_of_errors_from_svy"] = float(off)
    return told


def main() -> None:
    words = sys.argv[1:]
    python = words[words.index("--svy") + 1] if "--svy" in words else ""
    people = next((int(word) for word in words if word.isdigit()), 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(people, python, Path(folder))
    text = json.dumps(found, indent=2)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "replicates.json").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()

"""What a second and a third stage of the draw cost, and R's survey beside them.

The cube of `bench/cube.py` (four statistics with errors by all pairs of six classifiers) for one
draw, taken as one, two and three stages, all with an fpc; ratios are of the least seconds of rounds
in which every way has its turn. R: one table, at 20,000 people. Prints JSON.
Run from the repository: python bench/stages.py [PEOPLE] [--no-r]
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from cauce.estimate import cube, design_of
from cauce.model.drawn import Drawn, DrawnStage
from cube_people import CODES, PAIRS, SIZES, arrays, people

ROUNDS, R_PEOPLE, R_SECONDS, R_PAIR = 7, 20_000, 500, (0, 1)
IN_DWELLING = 4
R_SCRIPT = """
suppressMessages(library(survey))
d <- read.csv(commandArgs(TRUE)[1])
d$person <- seq_len(nrow(d))
took <- function(...) {
  s <- svydesign(..., weights = ~weight, data = d, nest = TRUE)
  began <- proc.time()[["elapsed"]]
  found <- svyby(~employed, ~c0 + c1, s, svytotal)
  took <- proc.time()[["elapsed"]] - began
  cat(format(c(took, sqrt(sum(SE(found)^2))), digits = 15), "\\n")
}
took(ids = ~psu, strata = ~stratum, fpc = ~n1)
took(ids = ~psu + ssu, strata = ~stratum, fpc = ~n1 + n2)
"""


def drawn(count: int) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """The columns of the draw by name, the classifiers and the scores."""
    table = people(count)
    plain, codes, scores = arrays(table)
    ssu = np.arange(count) // IN_DWELLING
    psus = np.bincount(plain.stratum[np.unique(plain.psu, return_index=True)[1]])
    columns = {
        "stratum": plain.stratum,
        "psu": plain.psu,
        "ssu": ssu,
        "weight": plain.weight,
        "n1": (psus * 2.0)[plain.stratum],
        "n2": np.full(count, 60.0),
        "n3": np.full(count, 4.0 * 2),
    }
    return columns, codes, scores


def ours(count: int) -> dict[str, Any]:
    """Seconds of the design and of the cube, by the number of stages."""
    columns, codes, scores = drawn(count)
    further = (
        DrawnStage(columns["ssu"], None, columns["n2"]),
        DrawnStage(np.arange(count), None, columns["n3"]),
    )
    times: dict[str, dict[int, list[float]]] = {"design": {}, "cube": {}}
    for at in range(ROUNDS + 1):
        for stages in (1, 2, 3):
            began = time.perf_counter()
            own = (columns["stratum"], columns["psu"], columns["weight"], columns["n1"])
            design = design_of(Drawn(*own, stages=further[: stages - 1]))
            ready = time.perf_counter()
            cube(design, codes, SIZES, PAIRS, scores, 2)
            if at:  # the first round compiles
                times["design"].setdefault(stages, []).append(ready - began)
                times["cube"].setdefault(stages, []).append(time.perf_counter() - ready)
    least = {what: {n: min(own) for n, own in by.items()} for what, by in times.items()}
    return {
        "people": count,
        "seconds": {what: {n: round(s, 3) for n, s in by.items()} for what, by in least.items()},
        "cube_times_one_stage": {
            n: round(s / least["cube"][1], 2) for n, s in least["cube"].items()
        },
    }


def in_r(folder: Path) -> dict[str, Any]:
    """One total by two classifiers, by R's svyby, as one stage and as two; and ours of the same."""
    if shutil.which("Rscript") is None:
        return {"skipped": "R is not installed"}
    columns, codes, scores = drawn(R_PEOPLE)
    named = dict(zip(CODES, codes, strict=True))
    file, script = folder / "people.csv", folder / "stages.R"
    pl.DataFrame(columns | named | {"employed": scores[0].numerator}).write_csv(file)
    script.write_text(R_SCRIPT)
    command = ["Rscript", str(script), str(file)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=R_SECONDS, check=True)
    except subprocess.TimeoutExpired:
        return {"people": R_PEOPLE, "seconds": f"more than {R_SECONDS}"}
    found = [tuple(map(float, line.split())) for line in ran.stdout.splitlines()]
    told: dict[str, Any] = {"people": R_PEOPLE, "cells": SIZES[0] * SIZES[1]}
    for stages, (seconds, error) in enumerate(found, 1):
        stage = (DrawnStage(columns["ssu"], None, columns["n2"]),)[: stages - 1]
        own = (columns["stratum"], columns["psu"], columns["weight"], columns["n1"])
        design = design_of(Drawn(*own, stages=stage))
        cube(design, codes, SIZES, [R_PAIR], scores[:1], 2)
        began = time.perf_counter()
        (cells,) = cube(design, codes, SIZES, [R_PAIR], scores[:1], 2)
        took = time.perf_counter() - began
        told[f"stages_{stages}"] = {
            "r_seconds": round(seconds, 2),
            "our_seconds": round(took, 4),
            "errors_differ_by": abs(float(np.nansum(cells.se**2) ** 0.5) / error - 1),
        }
    return told


def main() -> None:
    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000_000]
    found: dict[str, Any] = {"ours": [ours(count) for count in counts]}
    if "--no-r" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            found["r"] = in_r(Path(folder))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

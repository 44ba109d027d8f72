"""One table of the cube by R's survey package."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from cube_people import CODES, PAIRS, SIZES, people

R_PAIR = (0, 2)
R_SECONDS = 100

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

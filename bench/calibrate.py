"""What it costs to raise the weights of a million people to 60 totals. Prints JSON.

    python bench/calibrate.py [PEOPLE] [--no-r] [--svy PYTHON] [--runs N]

An invented sample of 20 people a PSU and 50 PSUs a stratum; margins are sex by age (30), region
(22) and education (8), 30 % off at most. `ours` is `calibrate` on the columns of codes, with all
that the errors need; beside it R's `calibrate` and `rake` of `survey` on factors, and those
of svy on a Polars frame, where PYTHON is an interpreter that has svy from PyPI. Everybody has the
data in memory; only the call is timed. `total` and `se` are of y after calibration, `se_seconds`
what they cost. `apart` is how far a peer's are from ours; `times_our_cpu` compares processor time,
which other work on the machine does not lengthen.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cauce.estimate import Target, calibrate, cube
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.sample import Score

MARGINS = {"sexage": 30, "region": 22, "education": 8}
R_SECONDS = 1500

R = r"""
suppressMessages({library(survey); library(jsonlite)})
a <- commandArgs(TRUE); n <- as.integer(a[2]); folder <- a[1]
read <- function(name, what) readBin(file.path(folder, name), what, n)
margins <- c("sexage", "region", "education")
d <- data.frame(stratum = read("stratum", "integer"), psu = read("psu", "integer"),
  weight = read("weight", "double"), y = read("y", "double"))
for (m in margins) d[[m]] <- factor(read(m, "integer"))
t <- lapply(fromJSON(file.path(folder, "totals.json")), unlist)
s <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
own <- lapply(margins, function(m)
  setNames(t[[m]][-1], paste0(m, seq_along(t[[m]])[-1] - 1)))
pop <- c(`(Intercept)` = sum(t$sexage), unlist(own))
out <- list(version = as.character(packageVersion("survey")))
took <- function(e) { t <- system.time(e)
  list(seconds = t[["elapsed"]], cpu_seconds = t[["user.self"]] + t[["sys.self"]]) }
for (m in c("linear", "raking", "logit")) {
  b <- if (m == "logit") c(0.2, 5) else c(-Inf, Inf)
  f <- ~sexage + region + education
  each <- took(k <- calibrate(s, f, pop, calfun = m, bounds = b))
  se <- took(v <- svytotal(~y, k))
  out[[m]] <- c(each, list(se_seconds = se$seconds, total = as.numeric(coef(v)),
    se = as.numeric(SE(v))))
  rm(k); gc() }
f <- function(m)
  setNames(data.frame(factor(seq_along(t[[m]]) - 1), as.numeric(t[[m]])), c(m, "Freq"))
by <- list(~sexage, ~region, ~education)
each <- took(k <- rake(s, by, lapply(margins, f), control = list(maxit = 100, epsilon = 1e-3)))
out$rake <- c(each, total = sum(weights(k) * d$y))
cat(toJSON(out, auto_unbox = TRUE, digits = I(15)))
"""

SVY = r"""
import json, sys, time
from pathlib import Path
import polars as pl, svy
folder = Path(sys.argv[1]); d = pl.read_parquet(folder / "people.parquet")
t = json.loads((folder / "totals.json").read_text())
names = ("sexage", "region", "education")
d = d.with_columns([pl.col(m).cast(pl.String) for m in names])
margins = {m: {str(at): total for at, total in enumerate(t[m])} for m in names}
out = {"version": svy.__version__}
def run(name, call):
    s = svy.Sample(d, svy.Design(stratum="stratum", psu="psu", wgt="weight"))
    begin, cpu = time.perf_counter(), time.process_time()
    try:
        found = call(s)
    except Exception as error:
        out[name] = {"error": f"{type(error).__name__}: {error}"[:300]}
        return
    seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu
    w = found.data[name + "_w"]
    total = float((w * found.data["y"]).sum())
    out[name] = {"seconds": seconds, "cpu_seconds": cpu, "total": total}
run("raking", lambda s: s.weighting.rake(controls=margins, wgt_name="raking_w", tol=1e-9))
cats = {svy.Cat(m): margins[m] for m in names}
run("linear", lambda s: s.weighting.calibrate(controls=cats, wgt_name="linear_w"))
print(json.dumps(out))
"""


def people(n: int) -> tuple[dict[str, np.ndarray], dict[str, list[float]]]:
    rng = np.random.default_rng(10)
    psu = np.arange(n) // 20
    d: dict[str, np.ndarray] = {
        "stratum": (psu // 50).astype(np.int32),
        "psu": psu.astype(np.int32),
    }
    d["weight"] = rng.uniform(10, 30, n)
    d |= {name: rng.integers(0, size, n).astype(np.int32) for name, size in MARGINS.items()}
    of_psu = rng.normal(0, 0.2, psu[-1] + 1)[psu]
    d["y"] = np.exp(rng.normal(0, 0.5, n) + 0.02 * d["sexage"] + of_psu)
    totals = {}
    for name, size in MARGINS.items():
        off = np.bincount(d[name], d["weight"], size) * np.exp(0.3 * np.sin(np.arange(size)))
        totals[name] = (off * d["weight"].sum() / off.sum()).tolist()
    return d, totals


def ours(d: dict[str, np.ndarray], totals: dict[str, list[float]], runs: int) -> dict[str, Any]:
    labels = {name: tuple(map(str, range(size))) for name, size in MARGINS.items()}
    targets = [Target(m, d[m], labels[m], np.array(totals[m])) for m in MARGINS]
    stratum, psu = d["stratum"].astype(np.int64), d["psu"].astype(np.int64)
    design = Design(stratum, psu, d["weight"])
    score = Score("y", np.ones(len(psu), dtype=np.bool_), d["y"], None, 0, True, "total")
    found: dict[str, Any] = {}
    for distance in (Distance("linear"), Distance("raking"), Distance("logit", 0.2, 5)):
        calibrate(design, targets, distance)  # compiles, or loads what is compiled
        times, cpu = [], []
        for _ in range(runs):
            begin, before = perf_counter(), process_time()
            after = calibrate(design, targets, distance)
            times.append(perf_counter() - begin)
            cpu.append(process_time() - before)
        cube(after.design, [], [], [()], [score])
        begin = perf_counter()
        (total,) = cube(after.design, [], [], [()], [score])
        found[distance.method] = {
            "seconds": float(np.median(times)),
            "cpu_seconds": float(np.median(cpu)),
            "se_seconds": perf_counter() - begin,
            "total": float(total.value[0, 0]),
            "se": float(total.se[0, 0]),
            "steps": after.steps,
            "combinations": after.combinations,
            "misfit": after.misfit,
        }
    return found


def asked(command: list[str], seconds: int) -> dict[str, Any]:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        return {"error": f"{type(error).__name__}: {getattr(error, 'stderr', '') or error}"[-400:]}
    return json.loads(done.stdout)


def beside(mine: dict[str, Any], peer: dict[str, Any]) -> dict[str, Any]:
    """The peer's numbers with how many times longer it took and how far it is from ours."""
    for name, of in peer.items():
        own = mine.get("raking" if name == "rake" else name)
        if own is None or not isinstance(of, dict) or "seconds" not in of:
            continue
        of["times_ours"] = round(of["seconds"] / own["seconds"], 1)
        of["times_our_cpu"] = round(of["cpu_seconds"] / own["cpu_seconds"], 1)
        of["apart"] = {
            part: abs(of[part] / own[part] - 1) for part in ("total", "se") if part in of
        }
    return peer


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--no-r", action="store_true")
    parser.add_argument("--svy", default="")
    parser.add_argument("--runs", type=int, default=5)
    asks = parser.parse_args()
    d, totals = people(asks.people)
    mine = ours(d, totals, asks.runs)
    out: dict[str, Any] = {"people": asks.people, "margins": sum(MARGINS.values()), "ours": mine}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "totals.json").write_text(json.dumps(totals))
        for name, column in d.items():
            column.tofile(folder / name)
        pq.write_table(pa.table(d), folder / "people.parquet")
        if asks.svy:
            (folder / "by_svy.py").write_text(SVY)
            out["svy"] = beside(
                mine, asked([asks.svy, str(folder / "by_svy.py"), place], R_SECONDS)
            )
        if not asks.no_r:
            (folder / "r.R").write_text(R)
            command = ["Rscript", str(folder / "r.R"), place, str(asks.people)]
            out["r"] = beside(mine, asked(command, R_SECONDS))
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()

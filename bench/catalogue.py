"""The whole catalogue for one wave of 100,000 people, with errors and verdicts, side by side.

The demo country's last wave, its PSUs taken again until there are 100,000 people, and every table
the region's catalogue declares of it. Beside it, on the subset each can do: Polars by hand (totals,
means, rates and ratios with their errors), R's survey and svy (a few tables, the rest extrapolated
by table). Seconds by the clock are of the machine as it is. Prints JSON. Run:
python bench/catalogue.py [PEOPLE] [--no-r] [--svy PYTHON], where PYTHON is an interpreter that has
svy from PyPI; Cauce does not need it.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from cauce.estimate import estimate
from cauce.estimate.tables import classified, groupings_of
from cauce.harmonise import dataflows
from cauce.model.dataflow import Dataflow
from cauce.model.design import Design
from cauce.model.indicator import LINEAR
from cauce.model.pack import Pack
from cauce.model.sample import Sample, Score
from cauce.pipeline.packs import read_pack, terms_of
from cauce.pipeline.waves import read_wave
from cauce.protect import protect
from cauce.sources.invented.files import write_wave

ROOT = Path(__file__).parent.parent
R_SECONDS = 240


def prepared(folder: Path, people: int) -> tuple[Sample, tuple[Dataflow, ...], Pack]:
    """The demo country's last wave with so many people, and every table of the catalogue."""
    own = folder / "lfs"
    shutil.copytree(ROOT / "packs" / "demo" / "lfs_2025", own)
    text = (own / "pack.toml").read_text()
    said = re.sub(r'^catalogue = (\[[^]]*\]|"[^"]*")\n', "", text, flags=re.MULTILINE)
    (own / "pack.toml").write_text(said.replace("[survey]", 'catalogue = "all"\n\n[survey]', 1))
    pack = read_pack(own, ROOT / "packs" / "region")
    wave = pack.waves[-1]
    write_wave(folder, int(wave.period))
    sample, _ = read_wave(pack, wave, folder / wave.file)
    return scaled(sample, people), dataflows(pack), pack


def scaled(sample: Sample, people: int) -> Sample:
    """The sample with whole PSUs taken again under new names, or left out, by their order."""
    count = len(sample.design.weight)
    turns = -(-people // count)
    rows = np.tile(np.arange(count), turns)[:people]
    turn = np.repeat(np.arange(turns), count)[:people]
    most = int(sample.design.psu.max()) + 1

    def of(column: Any) -> Any:
        return None if column is None else column[rows]

    design = sample.design
    scores = tuple(
        replace(
            score,
            inside=of(score.inside),
            numerator=of(score.numerator),
            denominator=of(score.denominator),
            missing_rows=of(score.missing_rows),
            first=of(score.first),
            second=of(score.second),
            factors=tuple(map(of, score.factors)),
            across=of(score.across),
        )
        for score in sample.scores
    )
    return Sample(
        sample.period,
        Design(
            of(design.stratum), of(design.psu) + turn * most, of(design.weight),
            of(design.population_psus), design.single_psu,
        ),
        {name: of(column) for name, column in sample.columns.items()},
        scores,
    )  # fmt: skip


def wanted(sample: Sample, flows: tuple[Dataflow, ...]) -> dict[tuple[str, ...], list[Score]]:
    """The linear scores of every grouping, each once, by the names of its dimensions."""
    names, _, _ = classified(sample, flows)
    scores = {score.indicator: score for score in sample.scores}
    found: dict[tuple[str, ...], dict[str, Score]] = {}
    for flow in flows:
        for indicator in flow.indicators:
            if indicator.estimator in LINEAR:
                for dims in groupings_of(flow, indicator, names):
                    own = found.setdefault(tuple(names[d] for d in dims), {})
                    own[indicator.id] = scores[indicator.id]
    return {dims: list(own.values()) for dims, own in found.items()}


def frame_of(sample: Sample, flows: tuple[Dataflow, ...]) -> pl.DataFrame:
    """Codes, and of every linear score the weighted numerator and denominator."""
    names, _, codes = classified(sample, flows)
    columns: dict[str, Any] = dict(zip(names, codes, strict=True))
    columns |= {"stratum": sample.design.stratum, "psu": sample.design.psu}
    for scores in wanted(sample, flows).values():
        for score in scores:
            y = np.where(score.inside, score.numerator, 0.0) * sample.design.weight
            x = score.inside.astype(float) if score.denominator is None else score.denominator
            columns[f"y:{score.indicator}"] = y
            columns[f"x:{score.indicator}"] = np.where(score.inside, x, 0.0) * sample.design.weight
    return pl.DataFrame(columns)


def by_polars(frame: pl.DataFrame, groupings: dict[tuple[str, ...], list[Score]]) -> int:
    """Sums by PSU, then moments, then ratios and errors, one plan a grouping; counts the cells."""
    size = frame.lazy().group_by("stratum").agg(m=pl.col("psu").n_unique().cast(pl.Float64))
    plans = []
    for dims, scores in groupings.items():
        ids = [score.indicator for score in scores]
        sums = [pl.col(f"{part}:{one}").sum() for one in ids for part in "yx"]
        units = frame.lazy().group_by("stratum", "psu", *dims).agg(*sums)
        products = [
            (pl.col(f"{a}:{one}") * pl.col(f"{b}:{one}")).sum().alias(f"{a}{b}:{one}")
            for one in ids
            for a, b in ("yy", "yx", "xx")
        ]
        layers = units.group_by("stratum", *dims).agg(*sums, *products).join(size, on="stratum")
        moments = [_moment(one, *ab) for one in ids for ab in ("yy", "yx", "xx")]
        grouped = layers.group_by(*dims) if dims else layers.group_by(pl.lit(0).alias("all"))
        plans.append(grouped.agg(*sums, *moments).with_columns(*map(_error, scores)))
    found = pl.collect_all(plans)
    return sum(len(one) * len(own) for one, own in zip(found, groupings.values(), strict=True))


def _moment(one: str, a: str, b: str) -> pl.Expr:
    m, products = pl.col("m"), pl.col(f"{a}{b}:{one}")
    centred = products - pl.col(f"{a}:{one}") * pl.col(f"{b}:{one}") / m
    return (m / (m - 1) * centred).sum().alias(f"v{a}{b}:{one}")


def _error(score: Score) -> pl.Expr:
    one = score.indicator
    if score.estimator == "total":
        return pl.col(f"vyy:{one}").sqrt().alias(f"se:{one}")
    r = pl.col(f"y:{one}") / pl.col(f"x:{one}")
    square = pl.col(f"vyy:{one}") - 2 * r * pl.col(f"vyx:{one}") + r**2 * pl.col(f"vxx:{one}")
    return (square.abs().sqrt() / pl.col(f"x:{one}")).alias(f"se:{one}")


def least(way: Callable[[], Any], rounds: int) -> tuple[dict[str, float], Any]:
    """The least seconds of some rounds, by the clock and of the processor; what the last gave."""
    clock, processor, found = [], [], None
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        found = way()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return {"clock": round(min(clock), 2), "processor": round(min(processor), 2)}, found


R_SCRIPT = """
library(survey)
d <- read.csv(commandArgs(TRUE)[1])
s <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
took <- function(e) system.time(e)[["elapsed"]]
a <- s; e <- subset(s, inside == 1)
gap <- function() {
  m <- svyby(~pay, ~SEX, e, svymean, covmat = TRUE)
  svycontrast(m, c(1, -1, rep(0, length(coef(m)) - 2)))
}
cat(jsonlite::toJSON(list(
  total = took(svyby(~employed, ~SEX + AGE, a, svytotal)),
  mean = took(svyby(~pay, ~SEX + AGE, e, svymean)),
  rate = took(svyby(~employed, ~SEX + AGE, a, svymean)),
  quantile = took(svyby(~pay, ~SEX, e, svyquantile, 0.5)),
  gap = took(gap())), auto_unbox = TRUE))
"""
SVY_SCRIPT = """
import json, sys, time
import polars as pl, svy
d = pl.read_csv(sys.argv[1])
s = svy.Sample(d, svy.Design(stratum="stratum", psu="psu", wgt="weight"))
out = {"version": svy.__version__}
def took(name, way):
    began = time.perf_counter()
    try:
        way()
        out[name] = time.perf_counter() - began
    except Exception as error:
        out[name] = f"failed: {type(error).__name__}"
for turn in range(2):
    took("total", lambda: s.estimation.total("employed", by=("SEX", "AGE")))
    took("mean", lambda: s.estimation.mean("pay", by=("SEX", "AGE"), where=pl.col("inside") == 1))
    took("rate", lambda: s.estimation.mean("employed", by=("SEX", "AGE")))
    took("quantile", lambda: s.estimation.median("pay", by="SEX", where=pl.col("inside") == 1))
print(json.dumps(out))
"""


def file_for_others(sample: Sample, folder: Path) -> Path:
    """A few columns for R and svy: design, two classifiers, a count and an amount."""
    scores = {score.indicator: score for score in sample.scores}
    pay, employed = scores["EAR_XEES"], scores["EMP_TEMP"]
    columns = {
        "stratum": sample.design.stratum,
        "psu": sample.design.psu,
        "weight": sample.design.weight,
        "SEX": sample.columns["SEX"],
        "AGE": sample.columns["AGE_BAND"],
        "employed": employed.numerator,
        "pay": pay.numerator,
        "inside": pay.inside.astype(int),
    }
    file = folder / "people.csv"
    pl.DataFrame(columns).write_csv(file)
    return file


def by_others(command: list[str], tables: int) -> dict[str, Any]:
    """Seconds of a few tables, and of as many as the catalogue has of their kinds."""
    if shutil.which(command[0]) is None:
        return {"skipped": f"{Path(command[0]).name} is not installed"}
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=R_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"seconds_of_a_table": f"more than {R_SECONDS} together"}
    if ran.returncode:
        return {"skipped": ran.stderr.strip().splitlines()[-1]}
    found: dict[str, Any] = json.loads(ran.stdout)
    plain = [found[name] for name in ("total", "mean", "rate") if isinstance(found[name], float)]
    if plain:
        found["linear_tables_by_extrapolation_seconds"] = round(sum(plain) / len(plain) * tables)
    return {"seconds_of_a_table": found}


def peak_mib(people: int) -> dict[str, Any]:
    """Peak of one estimate in a process of its own, over what it held before it (Linux)."""
    command = [sys.executable, __file__, str(people), "--memory"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(answer)
    return found


def resident(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def child(people: int, folder: Path) -> None:
    sample, flows, _ = prepared(folder, people)
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    estimate(sample, flows)
    peak = resident("VmHWM")
    print(json.dumps({"sample_mib": round(before), "peak_mib": round(peak)}))


def main() -> None:
    people = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "--memory" in sys.argv:
            child(people, folder)
            return
        print(json.dumps(measure(people, folder), indent=2))


def measure(people: int, folder: Path) -> dict[str, Any]:
    sample, flows, pack = prepared(folder, people)
    indicators = {one.id: one for flow in flows for one in flow.indicators}
    groupings, frame = wanted(sample, flows), frame_of(sample, flows)
    pairs = sum(len(scores) for scores in groupings.values())
    estimate(sample, flows[:1])
    ours, cells = least(lambda: estimate(sample, flows), 3)
    judging, _ = least(lambda: protect(cells, terms_of(pack)), 1)
    count = sum(len(table.value) for table in cells)
    linear = [replace_flow(flow) for flow in flows]
    plain, linear_cells = least(lambda: estimate(sample, [f for f in linear if f.indicators]), 3)
    polars, polars_cells = least(lambda: by_polars(frame, groupings), 2)
    file = file_for_others(sample, folder)
    (folder / "survey.R").write_text(R_SCRIPT)
    (folder / "with_svy.py").write_text(SVY_SCRIPT)
    svy = sys.argv[sys.argv.index("--svy") + 1] if "--svy" in sys.argv else ""
    return {
        "bench": "catalogue",
        "people": len(sample.design.weight),
        "indicators": len(indicators),
        "by_estimator": dict(Counter(one.estimator for one in indicators.values())),
        "tables": len(flows),
        "cells": count,
        "seconds": {"estimate_with_errors": ours, "verdicts_and_suppression": judging},
        "cells_a_second": round(count / (ours["clock"] + judging["clock"])),
        "aim_10_seconds_met": ours["clock"] + judging["clock"] < 10,
        "linear_only": {
            "indicators_by_groupings": pairs,
            "ours": plain | {"cells": sum(len(c.value) for c in linear_cells)},
            "polars_by_hand": polars
            | {
                "cells_some_tables_share_counted_once": polars_cells,
                "times_slower": round(polars["clock"] / plain["clock"], 1),
                "lacks": "n, cases, missing, df, intervals, design effects, largest contributors",
            },
        },
        "r_survey": {"skipped": "by request"}
        if "--no-r" in sys.argv
        else by_others(["Rscript", str(folder / "survey.R"), str(file)], pairs),
        "svy": by_others([svy, str(folder / "with_svy.py"), str(file)], pairs)
        if svy
        else {"skipped": "say --svy PYTHON with an interpreter that has it: Cauce has not"},
        "memory": peak_mib(people),
    }


def replace_flow(flow: Dataflow) -> Dataflow:
    """A dataflow with its totals, means, rates and ratios only."""
    plain = tuple(one for one in flow.indicators if one.estimator in LINEAR)
    return replace(flow, indicators=plain)


if __name__ == "__main__":
    main()

"""Secondary suppressions of ours beside the fewest there can be (pytauargus OPT), as JSON.

    python bench/suppression.py --tauargus VENV/bin/python [--seeds 20]

Random tables of up to 400 cells. `pytauargus` (EUPL-1.2, 0.6.0) is a yardstick only: install it in
an environment of its own and name its interpreter. Without it ours are counted alone.

OPT minimises a cost: with `unity` each cell costs 1, so that its suppressions are as few as can be;
by its default (`value`) a cell costs its value, and more cells go. Of both the protection asked is
the least, that no withheld number can be found. Ours also keeps people alone in their cell, and two
of one cell, from learning of the others; `alike` are the tables without such people, where both are
asked the same.
"""

import argparse
import json
import subprocess
import sys
from datetime import date
from itertools import product
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from cauce.model.audit import MOVED, REPAIRED, SECONDARY
from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import MinRespondents, Rules
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import protect
from cauce.protect.system.league import LEAGUE

T = Text("x", "x")
SHAPES = [((12, 12), 1500), ((5, 5, 4), 1500), ((15, 15), 2500), ((6, 6, 5), 2500)]
MINIMUM = 5
RULES = Rules("ilo", (MinRespondents(date(2000, 1, 1), MINIMUM, "bench"),), 0, 0.0, "")
TERMS = Terms("XAA_S", "2020", RULES)
COSTS = {"unity": "-2", "value": ""}

TAUARGUS = """
import json, sys
from collections import Counter
from pytauargus import protect
from pytauargus.engine import run_batch
asked = json.load(sys.stdin)
names = [f"D{at}" for at in range(len(asked["rows"][0]))]
data = {name: [f"c{row[at]:02}" for row in asked["rows"]] for at, name in enumerate(names)}
data["V"] = [1.0] * len(asked["rows"])
made = protect(data, names, response="V", safety_rules=f"FREQ({asked['minimum']},0)",
               suppress=f"OPT(1,{asked['minutes']})", workdir=asked["folder"], run=False)
batch = next(one for one in made.files.values() if str(one).endswith(".arb"))
text = open(batch).read().replace('|"V"||', '|"V"||' + asked["cost"])
open(batch, "w").write(text)
run_batch(batch)
table = asked["folder"] + "/tab1.tab"
status = Counter(line.rstrip().split(";")[-3] for line in open(table))
print("\\n" + json.dumps({"primary": status["U"], "secondary": status["M"]}))
"""


def people_of(seed, shape, people):
    """Codes of each person, drawn with uneven shares in every dimension."""
    rng = np.random.default_rng(seed)
    shares = [rng.dirichlet(np.ones(size) * 1.5) for size in shape]
    codes = [rng.choice(size, people, p=share) for size, share in zip(shape, shares, strict=True)]
    return np.column_stack(codes)


def without_lonely(people):
    """The same without those who are alone, or with one other, in an innermost cell."""
    _, cell, size = np.unique(people, axis=0, return_inverse=True, return_counts=True)
    return people[size[cell.reshape(-1)] > LEAGUE]


def dimension(name, codes, additive=False):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def dataflow(shape):
    own = [
        dimension(f"D{at}", ("_T", *map(str, range(size))), True) for at, size in enumerate(shape)
    ]
    fixed = (
        dimension("FREQ", ("A",)),
        dimension("REF_AREA", ("XAA",)),
        dimension("INDICATOR", ("P",)),
    )
    return Dataflow(
        "XAA_S_T",
        "1.0",
        T,
        (*fixed, *own, dimension("TIME_PERIOD", ("2020",))),
        (Indicator("P", T, T, "total", "TRUE", "1", "", "PERSONS", 1.0, 0, ""),),
        Source("S", "XAA", T, T, "", "", True),
        Method("CENSUS", "", "", "", "ilo", ""),
    )


def cells_of(shape, people):
    """The counts of every innermost domain and of every margin."""
    counts = np.zeros([size + 1 for size in shape], dtype=np.int64)
    np.add.at(counts, tuple(people.T + 1), 1)
    for axis in range(len(shape)):
        rolled = np.moveaxis(counts, axis, 0)
        rolled[0] = rolled[1:].sum(axis=0)
    n = counts.ravel()
    key = [(0, 0, 0, *codes, 0) for codes in product(*(range(size + 1) for size in shape))]
    real = dict.fromkeys(
        ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess", "weighted"), n / 1.0
    )
    whole = {"n": n, "cases": n, "df": n, "missing": n * 0, "psus": n, "strata": n}
    largest = np.full((len(n), 2), np.nan)
    return Cells(dataflow(shape), np.array(key, dtype=np.int32), largest=largest, **real, **whole)


def ours(shape, people):
    """How many cells are withheld for their own sake, to protect them, and for the attacker.

    OPT protects against subtraction alone, and so does `secondary`; what the audit asks for besides
    (`repaired`: bounds that are too narrow) has no counterpart in it.
    """
    start = perf_counter()
    release = protect([cells_of(shape, people)], TERMS, date(2020, 12, 31))
    seconds = perf_counter() - start
    why = [one.why for one in release.audit.withheld]
    found = {name: sum(name in one for one in why) for name in (SECONDARY, REPAIRED, MOVED)}
    return {"primary": len(why) - sum(found.values()), **found, "seconds": round(seconds, 2)}


def theirs(python, people, cost, minutes):
    """What OPT withholds, in an interpreter of its own."""
    with TemporaryDirectory() as folder:
        asked = {
            "rows": people.tolist(),
            "minimum": MINIMUM,
            "minutes": minutes,
            "cost": COSTS[cost],
            "folder": folder,
        }
        done = subprocess.run(
            [python, "-c", TAUARGUS],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


def measure(seed, shape, people, python, minutes):
    drawn = people_of(seed, shape, people)
    found = {"seed": seed, "shape": shape, "cells": int(np.prod([size + 1 for size in shape]))}
    for name, of in (("all", drawn), ("alike", without_lonely(drawn))):
        found[name] = {"ours": ours(shape, of)}
        if python:
            found[name] |= {cost: theirs(python, of, cost, minutes) for cost in COSTS}
    print(json.dumps(found), file=sys.stderr, flush=True)
    return found


def ratio(results, tables, cost):
    """Ours over theirs, all tables together."""
    known = [one[tables] for one in results if cost in one[tables]]
    fewest = sum(one[cost]["secondary"] for one in known)
    return round(sum(one["ours"]["secondary"] for one in known) / fewest, 3) if fewest else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tauargus", default="", help="an interpreter that has pytauargus")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--minutes", type=int, default=1, help="at most, of OPT for one table")
    asked = parser.parse_args()
    results = [
        measure(seed, *shape, asked.tauargus, asked.minutes)
        for shape in SHAPES
        for seed in range(asked.seeds)
    ]
    ratios = {
        f"{tables} over {cost}": {
            "together": ratio(results, tables, cost),
            **{
                "x".join(map(str, shape)): ratio(
                    [one for one in results if one["shape"] == shape], tables, cost
                )
                for shape, _ in SHAPES
            },
        }
        for tables in ("all", "alike")
        for cost in COSTS
    }
    print(json.dumps({"bench": "suppression", "ratios": ratios, "results": results}, indent=1))


if __name__ == "__main__":
    main()

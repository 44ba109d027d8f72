"""Random tables protected by the exact method, attacked, and mended: seconds and cells, as JSON.

    python bench/protect.py [--rates 1 4] [--sparse] [--large] [--budget 3600]

Dense tables by default: two cells of three are primary. `--sparse` measures one of 12,555 cells of
which one in eight is, `--large` one of 97,539. `seconds` are of the clock, `processor` of
processors, of which two are used where there are; on a machine that others use compare the latter.
"""

import argparse
import json
from itertools import product
from time import perf_counter, process_time

import numpy as np

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Rules
from cauce.model.text import Text
from cauce.protect.gate import Asked, tried
from cauce.protect.primary import primary
from cauce.protect.secondary import MANY as CELLS
from cauce.protect.secondary import guarded, spanning
from cauce.protect.system import united
from cauce.protect.system.frames import Judged
from cauce.protect.table import table

T = Text("x", "x")
DENSE = [((5, 6, 7, 5), 20_000), ((30, 26, 14), 100_000), ((11, 9, 9, 9), 50_000)]
SPARSE, LARGE = ((30, 26, 14), 400_000), ((60, 40, 38), 3_200_000)
MANY, FEW = 10, 5
"""The fewest respondents that may be told of in dense tables, and in the others."""


def dimension(name, codes, additive=False):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def dataflow(shape, indicators):
    names = [f"I{at}" for at in range(indicators)]
    own = [
        dimension(f"D{at}", ["_T", *map(str, range(size))], True) for at, size in enumerate(shape)
    ]
    fixed = [
        dimension("FREQ", ["A"]),
        dimension("REF_AREA", ["XAA"]),
        dimension("INDICATOR", names),
    ]
    return Dataflow(
        "XAA_S_T",
        "1.0",
        T,
        (*fixed, *own, dimension("TIME_PERIOD", ["2020"])),
        tuple(Indicator(name, T, T, "rate", "TRUE", name, "", "PT", 1, 1, "") for name in names),
        Source("S", "XAA", T, T, "", "", True),
        Method("TAYLOR", "refuse", "survey", "none", "ilo", ""),
    )


def cube(shape, people):
    """Counts of every innermost domain and margin."""
    counts = np.zeros([size + 1 for size in shape], dtype=np.int64)
    np.add.at(counts, tuple(people.T + 1), 1)
    for axis in range(len(shape)):
        rolled = np.moveaxis(counts, axis, 0)
        rolled[0] = rolled[1:].sum(axis=0)
    return counts.ravel()


def random_cells(shape, people, indicators, seed=1):
    """Rates over everybody and over the labour force, as far as asked for."""
    rng = np.random.default_rng(seed)
    shares = [rng.dirichlet(np.ones(size) * 1.5) for size in shape]
    codes = [rng.choice(size, people, p=share) for size, share in zip(shape, shares, strict=True)]
    domain, status = np.column_stack(codes), rng.integers(0, 6, people)
    everybody, force = status >= 0, status < 3
    asked = [
        (everybody, force),
        (everybody, status == 0),
        (force, status == 0),
        (force, status == 1),
    ]
    n = np.concatenate([cube(shape, domain[inside]) for inside, _ in asked[:indicators]])
    cases = np.concatenate(
        [cube(shape, domain[inside & has]) for inside, has in asked[:indicators]]
    )
    key = [
        (0, 0, at, *codes, 0)
        for at in range(indicators)
        for codes in product(*(range(size + 1) for size in shape))
    ]
    real = dict.fromkeys(
        ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess", "weighted"), n / 1.0
    )
    whole = {"n": n, "cases": cases, "df": n, "missing": n * 0, "psus": n, "strata": n}
    largest = np.full((len(n), 2), np.nan)
    flow = dataflow(shape, indicators)
    return Cells(flow, np.array(key, dtype=np.int32), largest=largest, **real, **whole)


def timed(work):
    """What work finds, and its seconds of the clock and of processors."""
    clock, processor = perf_counter(), process_time()
    found = work()
    spent = {"seconds": perf_counter() - clock, "processor": process_time() - processor}
    return found, {name: round(one, 1) for name, one in spent.items()}


def measure(shape, people, indicators, minimum, budget):
    """Protect a table by the exact method; then all that a release goes through, attacks too."""
    cells = table([random_cells(shape, people, indicators)])
    first = primary(cells.cells, cells.amount, minimum, Rules("ilo", (), 0, 0.0, ""))
    [(found, every)] = united([Judged(cells, first)])
    told = {"shape": shape, "people": people, "indicators": indicators, "cells": len(every)}
    told["primary"] = int(first.any.sum())
    second, told["exact method"] = timed(
        lambda: guarded(found, every, frozenset(), (), lambda *_: None)
    )
    told["secondary"] = len(second)
    try:
        done, told["in all"] = timed(lambda: tried(found, every, (), Asked(minimum, budget)))
    except BadInput as problem:
        return told | {"refused": str(problem)}
    widths = [(one.high - one.low) / one.width for one in done.bounds if one.primary and one.width]
    told["repaired"] = len(done.repaired)
    told["narrowest"] = round(min(widths, default=0.0), 2)
    return told


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--rates", type=int, nargs="*", default=[1, 4])
    asked.add_argument("--sparse", action="store_true")
    asked.add_argument("--large", action="store_true")
    asked.add_argument("--budget", type=float, default=3600.0)
    asked = asked.parse_args()
    spanning([], frozenset(), CELLS)  # the compiler is loaded before anything is measured
    tables = [(*one, rates, MANY) for one in DENSE for rates in asked.rates]
    if asked.sparse or asked.large:
        tables = [(*SPARSE, 1, FEW)] * asked.sparse + [(*LARGE, 1, FEW)] * asked.large
    for one in tables:
        print(json.dumps({"bench": "protect", **measure(*one, asked.budget)}), flush=True)


if __name__ == "__main__":
    main()

"""Secondary suppression on random tables: seconds and what is left, as JSON."""

import json
from itertools import product
from time import perf_counter

import numpy as np

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import Rules
from cauce.model.text import Text
from cauce.protect.gate import Asked, tried
from cauce.protect.primary import primary
from cauce.protect.secondary import guarded
from cauce.protect.system import united
from cauce.protect.system.frames import Judged
from cauce.protect.table import table

T = Text("x", "x")
SHAPES = [((5, 6, 7, 5), 20_000), ((30, 26, 14), 100_000), ((11, 9, 9, 9), 50_000)]
MINIMUM = 10


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


def measure(shape, people, indicators):
    """Protect a table by the exact method, then attack it and mend it: seconds of each."""
    cells = table([random_cells(shape, people, indicators)])
    first = primary(cells.cells, cells.amount, MINIMUM, Rules("ilo", (), 0, 0.0, ""))
    start = perf_counter()
    [(found, every)] = united([Judged(cells, first)])
    second = guarded(found, every, frozenset())
    exact = perf_counter() - start
    done = tried(found, every, (), Asked(MINIMUM))
    widths = [(one.high - one.low) / one.width for one in done.bounds if one.width]
    return {
        "shape": shape,
        "people": people,
        "indicators": indicators,
        "cells": len(every),
        "primary": int(first.any.sum()),
        "secondary": len(second),
        "repaired": len(done.repaired),
        "narrowest": round(min(widths, default=0.0), 2),
        "seconds": round(exact, 1),
        "attacker": round(done.seconds, 1),
        "in all": round(perf_counter() - start - exact, 1),
    }


if __name__ == "__main__":
    results = [measure(*shape, indicators) for shape in SHAPES for indicators in (1, 4)]
    print(json.dumps({"bench": "protect", "results": results}, indent=1))

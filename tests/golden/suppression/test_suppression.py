"""Our secondary pattern, that of R's GaussSuppression, and that of the algorithm as published.

Where options coincide all three are one: one count, the same order, and no cell of one or two, who
would know its count. So ours is asked for each table threefold, under a minimum that is threefold:
the same cells are too few, and none is of two.
"""

import csv
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import MinRespondents, Rules
from cauce.model.terms import Terms
from cauce.model.text import Text
from cauce.protect import protect

from .plain import pattern

HERE = Path(__file__).parent
TIMES = 3
T = Text("x", "x")


def rows_of(name):
    with (HERE / name).open(newline="", encoding="utf-8") as lines:
        return {row["table"]: row for row in csv.DictReader(lines)}


TABLES, PATTERNS = rows_of("tables.csv"), rows_of("patterns.csv")


def dimension(name, codes, additive=False):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def cells_of(shape, counts):
    own = [
        dimension(f"D{at}", ("_T", *(f"C{code}" for code in range(size))), True)
        for at, size in enumerate(shape)
    ]
    cube = np.zeros([size + 1 for size in shape], dtype=np.int64)
    cube[(slice(1, None),) * len(shape)] = np.array(counts).reshape(shape)
    for axis in range(len(shape)):
        rolled = np.moveaxis(cube, axis, 0)
        rolled[0] = rolled[1:].sum(axis=0)
    n = cube.ravel()
    fixed = (
        dimension("FREQ", ("A",)),
        dimension("REF_AREA", ("XAA",)),
        dimension("INDICATOR", ("P",)),
    )
    real = dict.fromkeys(("value", "se", "cv", "ci_low", "ci_high", "deff", "ess"), n * 1.0)
    return Cells(
        Dataflow(
            "XAA_S_T",
            "1.0",
            T,
            (*fixed, *own, dimension("TIME_PERIOD", ("2020",))),
            (Indicator("P", T, T, "total", "TRUE", "1", "", "PERSONS", 1.0, 0, ""),),
            Source("S", "XAA", T, T, "", "", True),
            Method("CENSUS", "", "", "", "ilo", ""),
        ),
        np.array([(0, 0, 0, *c, 0) for c in product(*map(range, cube.shape))], dtype=np.int32),
        **real,
        **dict.fromkeys(("n", "cases", "df", "psus", "strata"), n),
        missing=n * 0,
        weighted=n * 1.0,
        largest=np.full((len(n), 2), np.nan),
    )


def ours(shape, counts, minimum):
    rules = Rules("ilo", (MinRespondents(date(2000, 1, 1), minimum, "g"),), 0, 0.0, "")
    cells = cells_of(shape, counts)
    [flow] = protect([cells], Terms("XAA_S", "2020", rules), date(2020, 12, 31)).flows
    return "".join(
        "F" if status == "F" else "P" if 1 <= n < minimum else "S"
        for status, n in zip(flow.conf_status, cells.n, strict=True)
    )


@pytest.mark.parametrize("name", TABLES)
def test_three_programs_withhold_the_same_cells(name):
    row = TABLES[name]
    shape = tuple(map(int, row["shape"].split("x")))
    counts, minimum = [int(n) for n in row["counts"].split()], int(row["minimum"])

    expected = PATTERNS[name]["pattern"]

    assert pattern(shape, counts, minimum) == expected
    assert ours(shape, [TIMES * n for n in counts], TIMES * minimum) == expected


def test_the_pattern_of_the_first_table_is_worked_out_by_hand():
    """3 of a row of 53 and a column of 63, among 63, 120, 150 and 53, 115, 165.

     3  20  30      70, 60 and 50 stand in no sum with the 3 and are published first: 35 and 30
    25  40  50      follow from them and the margins. 40 would give 20 by its column, and then 3 by
    35  60  70      its row: withheld. So would 25 by the column of 3, and 20 by its row: both.
    """
    assert PATTERNS["by hand"]["pattern"] == "FFFF" + "FPSF" + "FSSF" + "FFFF"

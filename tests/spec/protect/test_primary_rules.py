"""Every primary rule at its boundaries, as the tables beside this file say."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cauce.model.cell import Cells
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.indicator import Indicator
from cauce.model.pack import Rules
from cauce.model.safeguards import (
    Estimable,
    Groups,
    Holdings,
    Remainders,
    Safeguards,
    TableRules,
    Zeros,
)
from cauce.model.text import Text
from cauce.protect.complete import complete
from cauce.protect.possible import with_possible
from cauce.protect.primary import primary, primary_of
from cauce.protect.safeguards import in_force
from cauce.protect.table import table

HERE = Path(__file__).parent
T = Text("x", "x")
NONE = Rules("ilo", (), 0, 0.0, "")
FLAGS = (
    *("few", "attribute", "rest", "silent", "dominated", "held", "estimable"),
    *("empty", "zero", "uniform", "whole", "remainder"),
)


def rows_of(name):
    with (HERE / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def dimension(name, codes, additive=False):
    return Dimension(name, T, tuple(Code(code, T) for code in codes), "", additive)


def cells(dimensions, key, n, cases, estimator="total", **more):
    n, cases = np.array(n), np.array(cases)
    real = dict.fromkeys(("value", "se", "cv", "ci_low", "ci_high", "deff", "ess"), n * 1.0)
    return Cells(
        Dataflow(
            "XAA_S_T",
            "1.0",
            T,
            (
                dimension("FREQ", ("A",)),
                dimension("REF_AREA", ("XAA",)),
                dimension("INDICATOR", ("I",)),
                *dimensions,
                dimension("TIME_PERIOD", ("2020",)),
            ),
            (Indicator("I", T, T, estimator, "TRUE", "1", "", "PT", 1.0, 1, ""),),
            Source("S", "XAA", T, T, "", "", True),
            Method("CENSUS", "", "", "", "ilo", ""),
        ),
        np.array([(0, 0, 0, *codes, 0) for codes in key], dtype=np.int32),
        **real,
        **dict.fromkeys(("df", "psus", "strata"), n),
        n=n,
        cases=cases,
        missing=n * 0,
        weighted=n * 1.0,
        **{"largest": np.full((len(n), 2), np.nan), **more},
    )


@pytest.mark.parametrize("row", rows_of("rules_people.csv"), ids=lambda row: row["rule"])
def test_a_cell_alone_is_withheld_where_its_rule_says_so(row):
    def real(column, without=0.0):
        return float(row[column] or without)

    shares = np.array([[real("largest", "nan"), real("second", "nan")]])
    amount = row["amount"] == "yes"
    one = cells(
        (),
        [()],
        [int(row["n"])],
        [int(row["cases"])],
        largest=shares if amount else np.full((1, 2), np.nan),
        holdings=np.array([int(row["holdings"] or -1)]),
        held=np.full((1, 2), np.nan) if amount else shares,
    )
    own = Safeguards(
        estimable=Estimable(real("p"), real("q"), "g") if row["p"] else None,
        holdings=Holdings(
            int(row["holding_minimum"]), int(real("holding_n")), real("holding_k"), "g"
        )
        if row["holding_minimum"]
        else None,
    )
    rules = replace(
        NONE, dominance_n=int(real("dominance_n")), dominance_k=real("dominance_k"), own=own
    )

    found = primary(one, np.array([amount]), int(row["minimum"]), rules)

    assert [name for name in FLAGS if getattr(found, name)[0]] == row["flag"].split()
    assert bool(found.any[0]) == (row["withheld"] == "yes")


SEX = dimension("SEX", ("_T", "M", "F"), additive=True)
STATE = dimension("STATE", ("_T", "GRANTED", "REFUSED", "_U"), additive=True)
RULES = {
    "": Safeguards(),
    "zeros": Safeguards(zeros=Zeros((), "g")),
    "zeros, men never refused": Safeguards(
        zeros=Zeros(((("SEX", "M"), ("STATE", "REFUSED")),), "g")
    ),
    "groups along STATE": Safeguards(groups=Groups((), ("STATE",), "g")),
    "groups of I": Safeguards(groups=Groups(("I",), (), "g")),
    "differences": Safeguards(remainders=Remainders("g")),
}


def crossed(grants, estimator="total"):
    """Sex by state from the four counts, margins included, cells of nobody left out."""
    inner = np.zeros((3, 4), dtype=int)
    inner[1, 1:3], inner[2, 1:3] = grants[:2], grants[2:]
    inner[0] = inner[1:].sum(axis=0)
    inner[:, 0] = inner[:, 1:].sum(axis=1)
    keys = [place for place in np.ndindex(3, 4) if inner[place]]
    n = [inner[place] for place in keys]
    return cells((SEX, STATE), keys, n, n, estimator)


@pytest.mark.parametrize("row", rows_of("rules_tables.csv"), ids=lambda row: row["case"])
def test_cells_together_are_withheld_where_a_rule_says_so(row):
    """Four counts: men granted, men refused, women granted, women refused; a minimum of 5."""
    made = crossed([int(count) for count in row["counts"].split()])
    asked = TableRules((), date.min, RULES[row["rules"]], None)
    rules = in_force(replace(NONE, tables=(asked,)), made.dataflow, date(2020, 12, 31))

    full = with_possible(complete(table([made])), rules.own)
    found = primary_of(full, 5, rules)

    codes = [[code.id for code in one.codes] for one in (SEX, STATE)]
    said = {
        ".".join(of[at] for of, at in zip(codes, key[3:5], strict=True)): flags
        for cell, key in enumerate(full.cells.key.tolist())
        if (flags := "+".join(name for name in FLAGS if getattr(found, name)[cell]))
    }
    expected = dict(part.split("=") for part in row["withheld"].split())
    assert said == expected

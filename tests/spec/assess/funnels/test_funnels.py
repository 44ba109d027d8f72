"""Ratios equal the table beside this file."""

import csv
from pathlib import Path

from cauce.assess.mechanisms.funnels import ratios
from cauce.model.funnel import StageCount

HERE = Path(__file__).parent
DECLARED = frozenset({frozenset({"consulate", "airport"})})


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_each_ratio_is_what_the_table_says():
    counts = [
        StageCount(
            "M",
            "XAA-XAB",
            "2024",
            row["stage"],
            int(row["count"]) if row["count"] else None,
            row["unit"],
            row["source"],
        )
        for row in rows("counts")
    ]
    expected = rows("ratios")
    for declared, comparable in (("no", frozenset()), ("yes", DECLARED)):
        found = {(each.earlier, each.later): each for each in ratios(counts, comparable)}
        assert len(found) == 6
        for row in expected:
            if row["comparable"] != declared:
                continue
            each = found[row["earlier"], row["later"]]
            assert ("" if each.ratio is None else f"{each.ratio:.2f}") == row["ratio"], row
            assert (each.refused.en if each.refused else "") == row["refused"], row
            assert (each.note is not None) == (row["ratio"] == "1.07" or declared == "yes")

"""Comparisons equal the table beside this file."""

import csv
from pathlib import Path

from cauce.assess.studies.comparing import side_by_side
from cauce.model.study import Study
from cauce.model.text import Text

HERE = Path(__file__).parent


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def study(row):
    first, _, last = row["horizon"].partition("-")
    values = {
        "title": Text(row["id"], row["id"]),
        "year": int(row["year"]),
        "sectors": frozenset(Text(name, name) for name in row["sectors"].split(";")),
        "horizon": (int(first), int(last)) if last else (None, None),
        **{
            key: Text(row[key], row[key]) if row[key] else None
            for key in ("measure", "method", "unit")
        },
        "value": float(row["value"]),
    }
    return Study(**(row | values))


def test_each_comparison_is_what_the_table_says():
    found = {
        (each.first, each.second): each for each in side_by_side(list(map(study, rows("studies"))))
    }
    for row in rows("comparisons"):
        each = found[row["first"], row["second"]]
        assert each.comparable == row["comparable"], row
        assert "; ".join(reason.en for reason in each.reasons) == row["reasons"], row
        cautions = "; ".join(caution.en.replace("; ", " / ") for caution in each.cautions)
        assert cautions == row["cautions"], row
        assert each.difference is None

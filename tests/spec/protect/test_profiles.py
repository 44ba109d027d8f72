"""Every profile at its boundaries, as the tables beside this file say."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cauce.protect.profiles import PROFILES, Evidence, judge, profile

HERE = Path(__file__).parent
LIMITS = (2500.0, 5000.0)


def rows_of(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def evidence(rows):
    def real(column):
        return np.array([float(row[column] or "nan") for row in rows])

    def whole(column):
        return np.array([int(row[column]) for row in rows])

    kind = np.array([row["kind"] for row in rows])
    return Evidence(
        **{name: real(name) for name in ("value", "se", "cv", "deff", "ess", "weighted")},
        **{name: whole(name) for name in ("df", "n", "missing")},
        cases=np.where(kind == "mean", whole("n"), whole("cases")),
        half_width=np.where(kind == "gap", 1.96 * real("se"), np.nan),
        proportion=kind == "rate",
        total=kind == "total",
        planned=np.zeros(len(rows), dtype=bool),
    )


@pytest.mark.parametrize("name", PROFILES)
def test_the_profile_says_what_its_table_says(name):
    rows = rows_of(name)

    verdicts = judge(profile(name, LIMITS), evidence(rows))

    said = [
        (verdict.value, reason.en)
        for verdict, reason in zip(verdicts.reliability, verdicts.reasons, strict=True)
    ]
    for line, (row, (verdict, reason)) in enumerate(zip(rows, said, strict=True), start=2):
        assert verdict == row["verdict"], f"{name}.csv, line {line}: {verdict}, {reason}"
        assert row["failed"] in reason, f"{name}.csv, line {line}: {reason}"


@pytest.mark.parametrize("name", PROFILES)
def test_the_table_has_every_verdict(name):
    expected = {"RELIABLE", "WEAK", "UNRELIABLE"}
    assert expected <= {row["verdict"] for row in rows_of(name)}

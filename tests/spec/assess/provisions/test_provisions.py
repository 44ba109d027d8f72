"""The share of texts that mention a protection is what the table beside this file says."""

import csv
from pathlib import Path

import pytest

from cauce.assess.mechanisms.mentions import mentions
from cauce.model.provision import Coding, Provision

with (Path(__file__).parent / "provisions.csv").open(newline="") as lines:
    ROWS = list(csv.DictReader(lines))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_text_that_nobody_read_is_never_counted_as_silent(row):
    codings = enumerate(row["codings"].split())
    found = mentions([Provision(f"text{n}", "T01", Coding(said)) for n, said in codings], ["T01"])
    shown = (found[0].share, found[0].low, found[0].high)
    expected = [float(row[name]) if row[name] else None for name in ("share", "low", "high")]
    assert [None if one is None else round(one, 4) for one in shown] == expected

"""Sums, obstacles and doubts equal the tables beside this file."""

import csv
from decimal import Decimal
from pathlib import Path

from cauce.assess.diaspora.ledgers import add
from cauce.assess.diaspora.magnitudes import amount_written, doubt
from cauce.model.contribution import Contribution, Plausible
from cauce.model.text import Text

HERE = Path(__file__).parent
GROUND = Text("stated", "declarado")


def rows(name):
    with (HERE / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def number(text):
    return Decimal(text) if text else None


def lines():
    return [
        Contribution(**(row | {"year": int(row["year"]), "amount": number(row["amount"])}))
        for row in rows("lines")
    ]


def test_each_sum_is_what_the_table_says():
    ledger = lines()
    for row in rows("sums"):
        ground = GROUND if row["ground"] == "yes" else None
        found = add(ledger, row["lines"].split(";"), ground)
        assert {
            "amount": found.amount,
            "at_least": found.at_least,
            "confidence": found.confidence or "",
            "obstacles": ";".join(obstacle.kind for obstacle in found.obstacles),
            "warnings": len(found.warnings),
        } == {
            "amount": number(row["amount"]),
            "at_least": row["at_least"] == "yes",
            "confidence": row["confidence"],
            "obstacles": row["obstacles"],
            "warnings": int(row["warnings"]),
        }, row


def test_each_magnitude_is_questioned_as_the_table_says():
    for row in rows("magnitudes"):
        plausible = Plausible(Decimal(row["low"]), Decimal(row["high"]), GROUND)
        found = doubt(amount_written(row["written"], row["language"]), plausible)
        assert (found is not None) == (row["doubted"] == "yes"), row
        assert (found and found.perhaps) == number(row["perhaps"]), row

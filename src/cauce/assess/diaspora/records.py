"""Contributions, as the register `diaspora_contributions` holds them, as lines of a ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cauce.assess.diaspora.samples import sampling_of
from cauce.assess.filled import codes, money, number, text, whole
from cauce.model.contribution import Confidence, Contribution, Share, Valuation, Way
from cauce.model.record import Record, Records
from cauce.model.study import BOUNDS

WAYS: Mapping[str, Way] = {"TO_ORIGIN": "TO_ORIGIN", "FROM_ORIGIN": "FROM_ORIGIN"}
VALUATIONS: Mapping[str, Valuation] = {
    "OBS": "OBS",
    "SUR": "SUR",
    "MOD": "MOD",
    "ADM": "ADM",
    "NM": "NM",
}
CLASSES: Mapping[str, Confidence] = {"A": "A", "B": "B", "C": "C", "D": "D"}
QUANTITY = "+"
"""Marks the line of a quantity where its record holds an amount of money, too."""


NO_SURVEYS: Records = {}


def lines_of(records: Records, surveys: Records = NO_SURVEYS) -> tuple[Contribution, ...]:
    """The lines of a ledger. A record with money and a quantity is two lines, never one.

    A share of GDP is no line: it is of another whole. A line that is part of a figure which is not
    there stands for itself. `surveys` are those that figures name as their source.

    Source: none, it computes nothing.
    """
    lines = [line for key, record in records.items() for line in _lines(key, record, surveys)]
    there = {line.id for line in lines}
    return tuple(line if line.inside in there else replace(line, inside="") for line in lines)


def _lines(key: str, record: Record, surveys: Records) -> Iterator[Contribution]:
    in_money = "amount" in record and text(record, "valuation") != "NM"
    if in_money:
        yield _line(key, record, surveys, "amount", "currency")
    if "quantity" in record:
        name = f"{key}{QUANTITY}" if in_money else key
        yield _line(name, record, surveys, "quantity", "quantity_unit")


def _line(name: str, record: Record, surveys: Records, amount: str, unit: str) -> Contribution:
    in_money = amount == "amount"
    return Contribution(
        id=name,
        country=whose(record),
        type=text(record, "type"),
        way=WAYS.get(text(record, "direction")),
        year=whole(record, "year"),
        unit=text(record, unit),
        amount=money(record, amount),
        valuation=VALUATIONS.get(text(record, "valuation"), "") if in_money else "NM",
        confidence=CLASSES.get(text(record, "confidence")),
        sampling=sampling_of(record, surveys),
        scope=text(record, "part"),
        residence=text(record, "residence"),
        initiative=text(record, "initiative"),
        inside=text(record, "inside"),
        source=text(record, "source"),
    )


def whose(record: Record) -> str:
    """The country a figure is about, or the countries it is about together.

    Source: none, it computes nothing.
    """
    return text(record, "country") or "+".join(sorted(codes(record, "countries")))


def shares_of(records: Records, surveys: Records = NO_SURVEYS) -> tuple[Share, ...]:
    """Contributions as shares of GDP, side by side.

    Source: none, it computes nothing.
    """
    return tuple(
        Share(
            id=key,
            country=whose(record),
            type=text(record, "type"),
            year=whole(record, "year"),
            percent=percent,
            bound=BOUNDS.get(text(record, "share_bound"), "ABOUT"),
            sampling=sampling_of(record, surveys),
            source=text(record, "source"),
        )
        for key, record in records.items()
        if (percent := number(record, "share_of_gdp_pct")) is not None
    )

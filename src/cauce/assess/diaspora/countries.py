"""The ledger of one country, straight from the records."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cauce.assess.diaspora.ledgers import ledger
from cauce.assess.diaspora.magnitudes import doubt, plausible_beside
from cauce.assess.diaspora.records import NO_SURVEYS, QUANTITY, lines_of, shares_of, whose
from cauce.model.contribution import Contribution, CountryLedger, Doubt
from cauce.model.record import Records

ENOUGH = 2
"""Other years needed to question an amount. Ours."""


def country_ledger(records: Records, country: str, surveys: Records = NO_SURVEYS) -> CountryLedger:
    """What is known of what a country's diaspora gives: added, not added, and why.

    Figures of several countries together stand beside it: how much of them is this country's is not
    known.

    Source: docs/explanation/judging.md, "Diasporas".
    """
    mine = {key: one for key, one in records.items() if whose(one) == country}
    among = {
        key: one
        for key, one in records.items()
        if key not in mine and country in whose(one).split("+")
    }
    own, beside = _ordered(lines_of(mine, surveys)), _ordered(lines_of(among, surveys))
    numbers = {line.id: str(at) for at, line in enumerate((*own, *beside), 1)}
    lines = [_numbered(line, numbers) for line in own]
    return CountryLedger(
        country=country,
        lines=tuple(lines),
        ledger=ledger(lines),
        region=tuple(_numbered(line, numbers) for line in beside),
        shares=shares_of({**mine, **among}, surveys),
        keys={number: id_.removesuffix(QUANTITY) for id_, number in numbers.items()},
        doubts=dict(_doubts(lines)),
    )


def _ordered(lines: Sequence[Contribution]) -> list[Contribution]:
    """By type, year and unit, as people look for them; what has no year comes first."""
    return sorted(lines, key=lambda line: (line.type, line.year or 0, line.unit, line.id))


def _numbered(line: Contribution, numbers: dict[str, str]) -> Contribution:
    return replace(line, id=numbers[line.id], inside=numbers[line.inside] if line.inside else "")


def _doubts(lines: Sequence[Contribution]) -> Iterator[tuple[str, Doubt]]:
    """Amounts of money far from those of the same kind in other years."""
    for line in lines:
        others = [
            other.amount
            for other in lines
            if other.amount is not None
            and (other.type, other.way, other.unit) == (line.type, line.way, line.unit)
            and other.year != line.year
        ]
        if line.amount is not None and line.valuation != "NM" and len(others) >= ENOUGH:
            found = doubt(line.amount, plausible_beside(others))
            if found is not None:
                yield line.id, found

"""Families of columns that look like replicate weights: a name and a number, many times."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.sources.inspection import ColumnSeen
from cauce.sources.toml_text import ASK, comment, text

FEWEST = 10
"""Fewer columns with a name and a number are answers rather than replicates."""

NUMBERED = re.compile(r"(.*?)(\d+)")
LIKE = re.compile(r"rep|bsr?w|boot|brr|jk|fay|pw(?!d)|wt|wgt|peso|fac|fexp|pond", re.IGNORECASE)


@dataclass(frozen=True)
class Family:
    """Columns prefix + number, from `first` on without a gap; `digits` of the shortest number."""

    prefix: str
    first: int
    count: int
    digits: int


def families(columns: Sequence[ColumnSeen]) -> tuple[Family, ...]:
    """The families of numeric columns whose name may be that of replicates, the largest first."""
    numbers: dict[str, list[str]] = {}
    for column in columns:
        match = NUMBERED.fullmatch(column.name)
        if match and column.kind in ("integer", "float") and LIKE.search(match[1]):
            numbers.setdefault(match[1], []).append(match[2])
    found = [family for prefix, own in numbers.items() if (family := _family(prefix, own))]
    return tuple(sorted(found, key=lambda family: -family.count))


def _family(prefix: str, written: Sequence[str]) -> Family | None:
    """The family of these numbers; None if they are few, or one is missing or written otherwise."""
    numbers = sorted(int(number) for number in written)
    first, count, digits = numbers[0], len(numbers), min(map(len, written))
    expected = {f"{number:0{digits}d}" for number in range(first, first + count)}
    if count < FEWEST or expected != set(written):
        return None
    return Family(prefix, first, count, digits)


def replicates(columns: Sequence[ColumnSeen]) -> Iterator[str]:
    """The line of a new pack for replicate weights, and what may be written in its place."""
    yield f"replicates = {{ none = {text(ASK)} }}"
    for family in families(columns)[:1]:
        last = f"{family.prefix}{family.first + family.count - 1:0{family.digits}d}"
        first = f"{family.prefix}{family.first:0{family.digits}d}"
        named = f"{comment(first)} … {comment(last)}"
        yield f"#   {family.count:,} columns {named} look like replicate weights."
        yield "#   Unsure: only the survey's manual says of which kind and scale. One of brr, fay,"
        yield "#   jk1, jk2, jkn, bootstrap, sdr and other: docs/reference/packs.md."
        yield (
            f"# replicates = {{ kind = {text(ASK)}, prefix = {text(family.prefix)}, "
            f"count = {family.count}, digits = {family.digits}, first = {family.first}, "
            "mse = false }"
        )

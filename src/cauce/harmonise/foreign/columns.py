"""Columns of words as numbers, codes and faults."""

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, nan

from cauce.declare.words import did_you_mean
from cauce.harmonise.foreign.held import HeldComponent
from cauce.model.foreign import Column, Fault, ForeignRows

ABSENT = frozenset({"", "NaN", "#N/A"})
"""How SDMX writes a number that is missing."""
SHOWN = 60


def column_of(rows: ForeignRows, component: str) -> Column:
    """A column, empty where the message has none."""
    return rows.columns.get(component) or Column((), (-1,) * len(rows.lines))


def words_of(column: Column) -> tuple[str, ...]:
    """The word of every row, "" where there is none; the same words are the same objects."""
    every = (*column.words, "")
    return tuple(map(every.__getitem__, column.at))


def used(column: Column) -> set[str]:
    """The words that are not empty."""
    every = (*column.words, "")
    return {every[at] for at in set(column.at)} - {""}


def missing(rows: ForeignRows, component: str) -> Iterator[Fault]:
    """The rows that lack a word they must have."""
    for row, word in enumerate(words_of(column_of(rows, component))):
        if word == "":
            yield fault(rows, row, component, "", "has no code, and every observation needs one.")


def unknown(rows: ForeignRows, component: HeldComponent) -> Iterator[Fault]:
    """The rows whose word is no code of the list."""
    codes = component.codes or {}

    def why(word: str) -> str:
        if word in codes or word == "":
            return ""
        return f"is no code of {component.listed_in}.{did_you_mean(word, codes)}"

    if component.codes is not None:
        yield from refused(rows, component.id, why)


def refused(rows: ForeignRows, component: str, why: Callable[[str], str]) -> Iterator[Fault]:
    """The rows whose word is refused, for a reason that depends on the word alone."""
    column = column_of(rows, component)
    reasons = [*map(why, column.words), ""]
    if any(reasons):
        for row, at in enumerate(column.at):
            if reasons[at]:
                yield fault(rows, row, component, column.words[at], reasons[at])


def no_number(word: str) -> str:
    """Why a word is no number of ours, "" if it is one or says that there is none."""
    return "" if word in ABSENT or _number(word) is not None else "is no number."


def numbers(column: Column) -> tuple[float, ...]:
    """The number of every row, NaN where there is none."""
    known = [_number(word) for word in column.words]
    every = [nan if one is None else one for one in (*known, None)]
    return tuple(map(every.__getitem__, column.at))


def _number(word: str) -> float | None:
    try:
        found = float(word)
    except ValueError:
        return None
    return found if isfinite(found) and "_" not in word else None


def twice(rows: ForeignRows, key: Sequence[tuple[int, ...]]) -> Iterator[Fault]:
    """The rows whose key an earlier one has."""
    first: dict[tuple[int, ...], int] = {}
    for row, own in enumerate(key):
        earlier = first.setdefault(own, row)
        if earlier != row:
            other = fault(rows, earlier, "", "", "")
            yield fault(rows, row, "", "", f"has the key of {other.place}.")


def unlike(rows: ForeignRows, component: HeldComponent) -> Iterator[Fault]:
    """The rows where an attribute says another thing than earlier of the same series or group."""
    known: dict[tuple[int, ...], str] = {}
    told = words_of(column_of(rows, component.id))
    for row, (series, word) in enumerate(zip(_series(rows, component), told, strict=True)):
        before = known.setdefault(series, word) if word else word
        if word != before:
            of = f"the group {component.group}" if component.group else "the same series"
            why = f"is said of {of} that is {before[:SHOWN]!r} elsewhere."
            if not component.dimensions:
                why = f"is said of the whole data set, which is {before[:SHOWN]!r} elsewhere."
            yield fault(rows, row, component.id, word, why)


def spread(rows: ForeignRows, component: HeldComponent) -> Column:
    """The column with what is said somewhere of a series, or group, in all of its rows."""
    column = column_of(rows, component.id)
    every = [*column.words, ""]
    known: dict[tuple[int, ...], int] = {}
    series = list(_series(rows, component))
    for own, at in zip(series, column.at, strict=True):
        if every[at]:
            known.setdefault(own, at)
    return Column(column.words, tuple(known.get(own, -1) for own in series))


def _series(rows: ForeignRows, component: HeldComponent) -> Iterator[tuple[int, ...]]:
    """Of every row, what the attribute depends on."""
    parts = [column_of(rows, name).at for name in component.dimensions]
    return zip(*parts, strict=True) if parts else iter([()] * len(rows.lines))


def fault(rows: ForeignRows, row: int, component: str, word: str, why: str) -> Fault:
    return Fault(rows.file, rows.lines[row], rows.numbers[row], component, word[:SHOWN], why)

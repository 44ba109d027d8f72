"""Columns of words as numbers, codes and faults."""

from collections.abc import Callable, Iterator
from math import isfinite, nan

import numpy as np

from cauce.declare.words import did_you_mean
from cauce.harmonise.foreign.held import HeldComponent
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.foreign import Column, Fault, ForeignRows

ABSENT = frozenset({"", "NaN", "#N/A"})
"""How SDMX writes a number that is missing."""
LONGEST = 1_000
SHOWN = 60


def column_of(rows: ForeignRows, component: str) -> Column:
    """A column, empty where the message has none."""
    nothing = Column((), np.full(len(rows.lines), -1, dtype=np.int64))
    return rows.columns.get(component, nothing)


def filled(column: Column) -> Flags:
    """Which rows have a word that is not empty."""
    there: Flags = np.append(np.array([word != "" for word in column.words], dtype=bool), False)
    found: Flags = there[column.at]
    return found


def words_of(column: Column) -> tuple[str, ...]:
    """The word of every row, "" where there is none; the same words are the same objects."""
    every = (*column.words, "")
    return tuple(map(every.__getitem__, column.at.tolist()))


def missing(rows: ForeignRows, component: str) -> Iterator[Fault]:
    """The rows that lack a word they must have."""
    for row in np.flatnonzero(~filled(column_of(rows, component))).tolist():
        yield _fault(rows, row, component, "", "has no code, and every observation needs one.")


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
    reasons = [why(word) for word in column.words]
    bad = np.append(np.array([reason != "" for reason in reasons], dtype=bool), False)
    for row in np.flatnonzero(bad[column.at]).tolist():
        at = int(column.at[row])
        yield _fault(rows, row, component, column.words[at], reasons[at])


def no_number(word: str) -> str:
    """Why a word is no number of ours, "" if it is one or says that there is none."""
    return "" if word in ABSENT or _number(word) is not None else "is no number."


def numbers(column: Column) -> Floats:
    """The number of every row, NaN where there is none."""
    known = [_number(word) for word in column.words]
    found = np.array([nan if one is None else one for one in known] + [nan])
    values: Floats = found[column.at]
    return values


def _number(word: str) -> float | None:
    try:
        found = float(word)
    except ValueError:
        return None
    return found if isfinite(found) and "_" not in word else None


def twice(rows: ForeignRows, key: Ints) -> Iterator[Fault]:
    """The rows whose key an earlier one has. `key` has shape (r, d)."""
    _, first, same = np.unique(key, axis=0, return_index=True, return_inverse=True)
    earlier = first[same.reshape(-1)]
    for row in np.flatnonzero(earlier != np.arange(len(key))).tolist():
        other = _fault(rows, int(earlier[row]), "", "", "")
        yield _fault(rows, row, "", "", f"has the key of {other.place}.")


def unlike(rows: ForeignRows, component: HeldComponent, parts: list[Column]) -> Iterator[Fault]:
    """The rows where an attribute says another thing than earlier of the same series or group.

    `parts` are the columns of the dimensions it depends on.
    """
    column = column_of(rows, component.id)
    there = np.flatnonzero(filled(column))
    series = _combined([part.at[there] for part in parts], len(there))
    own = column.at[there]
    _, first, place = np.unique(series, return_index=True, return_inverse=True)
    said = own[first][place.reshape(-1)]
    for at in np.flatnonzero(said != own).tolist():
        row, before = int(there[at]), column.words[int(said[at])]
        of = f"the group {component.group}" if component.group else "the same series"
        why = f"is said of {of} that is {before[:SHOWN]!r} elsewhere."
        if not component.dimensions:
            why = f"is said of the whole data set, which is {before[:SHOWN]!r} elsewhere."
        yield _fault(rows, row, component.id, column.words[int(own[at])], why)


def spread(column: Column, parts: list[Column]) -> Column:
    """The column with what is said somewhere of a series, or group, in all of its rows."""
    there = np.flatnonzero(filled(column))
    series = _combined([part.at for part in parts], len(column.at))
    known = np.full(int(series.max(initial=0)) + 1, -1, dtype=np.int64)
    known[series[there][::-1]] = column.at[there][::-1]
    return Column(column.words, known[series])


def _combined(parts: list[Ints], count: int) -> Ints:
    """One number for each combination of the parts."""
    found: Ints = np.zeros(count, dtype=np.int64)
    for part in parts:
        together = found * (int(part.max(initial=0)) + 2) + part + 1
        _, found = np.unique(together, return_inverse=True)
        found = found.reshape(-1)
    return found


def _fault(rows: ForeignRows, row: int, component: str, word: str, why: str) -> Fault:
    line, number = int(rows.lines[row]), int(rows.numbers[row])
    return Fault(rows.file, line, number, component, word[:SHOWN], why)

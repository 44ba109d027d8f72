"""What a data query asks for: keys, filters and periods, as flags over codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from cauce.model.arrays import Flags, Ints
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import first_and_last, in_time, span
from cauce.store.series import rows_of

WILD = {"", "*", "all", "ALL"}
TIME = "TIME_PERIOD"
Span = tuple[date, date]
TEXT_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda code, value: code == value,
    "ne": lambda code, value: code != value,
    "lt": lambda code, value: code < value,
    "le": lambda code, value: code <= value,
    "gt": lambda code, value: code > value,
    "ge": lambda code, value: code >= value,
    "co": lambda code, value: value in code,
    "nc": lambda code, value: value not in code,
    "sw": lambda code, value: code.startswith(value),
    "ew": lambda code, value: code.endswith(value),
}
# Periods by their first and last days: 2020-Q3 lies within ge:2020 and le:2020.
PERIOD_TESTS: Mapping[str, Callable[[Span, Span], bool]] = {
    "eq": lambda own, wanted: own == wanted,
    "ne": lambda own, wanted: own != wanted,
    "lt": lambda own, wanted: own[1] < wanted[0],
    "le": lambda own, wanted: own[1] <= wanted[1],
    "gt": lambda own, wanted: own[0] > wanted[1],
    "ge": lambda own, wanted: own[0] >= wanted[0],
}


@dataclass(frozen=True)
class Query:
    """A data query: keys (any of them), filters by dimension (all of them), periods, numbers."""

    keys: tuple[str, ...]
    filters: Mapping[str, str]
    start: str
    end: str
    first: int | None
    last: int | None


def asked(observations: Observations, query: Query, rows: Ints) -> Ints:
    """The rows a query asks for, in the order of messages."""
    return first_and_last(observations, in_time(observations, rows), query.first, query.last)


def rows_asked(observations: Observations, query: Query) -> Ints:
    """The rows a query asks for, ascending. Unknown codes match nothing and are no error.

    Raises:
        Refusal: a key has too many parts, or a filter or period cannot be understood.
    """
    flow = observations.dataflow
    filters = _filters(flow, query)
    found = [rows_of(observations, _both(_key(flow, key), filters)) for key in query.keys]
    return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def _both(one: Mapping[int, Flags], other: Mapping[int, Flags]) -> dict[int, Flags]:
    """The codes that both let through."""
    return {
        j: one[j] & other[j] if j in one and j in other else {**one, **other}[j]
        for j in {**one, **other}
    }


def _key(flow: Dataflow, key: str) -> dict[int, Flags]:
    """By position, the codes a key names; parts left out at its end are wild."""
    if key.strip() in WILD:
        return {}
    parts = key.split(".")
    dimensions = flow.dimensions[:-1]
    if len(parts) > len(dimensions):
        names = ".".join(d.id for d in dimensions)
        raise Refusal(400, f"The key has {len(parts)} parts; {flow.id} has {names}.")
    found = {}
    for position, part in enumerate(parts):
        if part not in WILD:
            found[position] = _among(dimensions[position], set(part.replace(" ", "+").split("+")))
    return found


def _among(dimension: Dimension, codes: set[str]) -> Flags:
    return np.array([code.id in codes for code in dimension.codes], dtype=np.bool_)


def _filters(flow: Dataflow, query: Query) -> dict[int, Flags]:
    """By the position of a dimension, the codes that all its filters let through."""
    by_id = {dimension.id: dimension for dimension in flow.dimensions}
    places = {dimension.id: j for j, dimension in enumerate(flow.dimensions)}
    wanted: dict[int, Flags] = {}
    for name, text in query.filters.items():
        if name not in by_id:
            names = ", ".join(by_id)
            raise Refusal(400, f"{flow.id} has no dimension {name[:60]}. It has: {names}.")
        wanted[places[name]] = _filter(by_id[name], text)
    bounds = (("ge", query.start), ("le", query.end))
    for operator, period in bounds:
        if period:
            flags = _compare(by_id[TIME], operator, period)
            time = places[TIME]
            wanted[time] = wanted.get(time, np.ones(len(flags), dtype=np.bool_)) & flags
    return wanted


def _filter(dimension: Dimension, text: str) -> Flags:
    """`,` means or, `+` means and: `ge:2020+le:2022,2015`."""
    if text in WILD:
        return np.ones(len(dimension.codes), dtype=np.bool_)
    found = np.zeros(len(dimension.codes), dtype=np.bool_)
    for alternative in text.split(","):
        together = np.ones(len(dimension.codes), dtype=np.bool_)
        for condition in alternative.replace(" ", "+").split("+"):
            operator, colon, value = condition.partition(":")
            if not colon:
                operator, value = "eq", condition
            together &= _compare(dimension, operator, value)
        found |= together
    return found


def _compare(dimension: Dimension, operator: str, value: str) -> Flags:
    if operator not in TEXT_TESTS:
        raise Refusal(
            400, f"There is no operator {operator[:20]}; there are {', '.join(TEXT_TESTS)}."
        )
    if dimension.id == TIME:
        return _compare_periods(dimension, operator, value)
    return np.array(
        [TEXT_TESTS[operator](code.id, value) for code in dimension.codes], dtype=np.bool_
    )


def _compare_periods(dimension: Dimension, operator: str, value: str) -> Flags:
    try:
        first, last = span(value)
    except BadInput as error:
        raise Refusal(
            400, f"{value[:40]} is no period such as 2020, 2020-Q3 or 2020-07."
        ) from error
    if operator not in PERIOD_TESTS:
        raise Refusal(400, f"{operator} cannot be asked of a period.")
    test, wanted = PERIOD_TESTS[operator], (first, last)
    return np.array([test(span(code.id), wanted) for code in dimension.codes], dtype=np.bool_)


def number(text: str | None, name: str) -> int | None:
    """A whole number from 1, or None where nothing is asked."""
    if text is None or not text.strip():
        return None
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise Refusal(400, f"{name} must be a whole number from 1.")
    return int(text)

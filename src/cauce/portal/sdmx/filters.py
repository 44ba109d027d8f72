"""Which rows of a table a query asks for: keys and conditions as flags over codes and rows."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.dataflow import Dataflow, Dimension
from cauce.model.observation import Observations
from cauce.portal.sdmx.query import TIME, WILD, Filter, Query, Span, is_plain, span_asked
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import ATTRIBUTES, Attribute, Message, span
from cauce.publish.columns import dataset_values, indicator_values
from cauce.publish.components import INDICATOR, VALUE, WORDED, attributes_of, worded
from cauce.publish.verdicts import verdicts_of
from cauce.store.series import Series, fitting, rows_in, series_of

TEXT_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": lambda own, value: own == value,
    "ne": lambda own, value: own != value,
    "lt": lambda own, value: own < value,
    "le": lambda own, value: own <= value,
    "gt": lambda own, value: own > value,
    "ge": lambda own, value: own >= value,
    "co": lambda own, value: value in own,
    "nc": lambda own, value: value not in own,
    "sw": lambda own, value: own.startswith(value),
    "ew": lambda own, value: own.endswith(value),
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
NUMBER_TESTS: Mapping[str, Callable[[Floats, float], Flags]] = {
    "eq": lambda own, value: own == value,
    "ne": lambda own, value: own != value,
    "lt": lambda own, value: own < value,
    "le": lambda own, value: own <= value,
    "gt": lambda own, value: own > value,
    "ge": lambda own, value: own >= value,
}
COLUMNS = {VALUE: "value"} | {
    a.id: a.field for a in ATTRIBUTES if a.level == "observation" and a not in WORDED
}
"""Numbers of an observation of ours by component."""


def columns_of(flow: Dataflow) -> Mapping[str, str]:
    """Numbers of an observation by component; of another agency's dataflow the value alone."""
    if flow.foreign is None:
        return COLUMNS
    return {flow.foreign.measure: "value"}


def rows_asked(observations: Observations, query: Query, message: Message) -> Ints:
    """The rows a query asks for, ascending. Unknown codes match nothing and are no error.

    Args:
        message: what the components of a whole data set say, for conditions on these.

    Raises:
        Refusal: a key has too many parts; a condition is on a component there is none of, or
            cannot be asked of it.
    """
    series, flow = series_of(observations), observations.dataflow
    periods = periods_wanted(flow, query)
    rows = rows_in(series, series_wanted(series, flow, query))
    if periods is not None:
        rows = rows[periods[observations.key[rows, -1]]]
    dimensions = {dimension.id for dimension in flow.dimensions}
    for name, wanted in query.filters.items():
        if name not in dimensions:
            rows = rows[_of_component(observations, rows, name, wanted, message)]
    return rows


def series_wanted(series: Series, flow: Dataflow, query: Query) -> Flags:
    """The series that any of the keys and all conditions on dimensions let through; shape (s,)."""
    inside = np.zeros(len(series.key), dtype=np.bool_)
    for key in dict.fromkeys(query.keys):
        inside |= fitting(series, key_wanted(flow, key))
    return inside & fitting(series, dimensions_wanted(flow, query))


def key_wanted(flow: Dataflow, key: str) -> dict[int, Flags]:
    """By position, the codes a key names; parts left out at its end are wild."""
    if key.strip().lower() in WILD:
        return {}
    parts, dimensions = key.split("."), flow.dimensions[:-1]
    if len(parts) > len(dimensions):
        names = ".".join(d.id for d in dimensions)
        raise Refusal(400, f"The key has {len(parts):,} parts; {flow.id} has {names}.")
    found = {}
    for position, part in enumerate(parts):
        if part not in WILD:
            found[position] = _among(dimensions[position], part.replace(" ", "+").split("+"))
    return found


def dimensions_wanted(flow: Dataflow, query: Query) -> dict[int, Flags]:
    """By the position of a dimension, the codes that the condition on it lets through; not time."""
    return {
        j: any_of(query.filters[d.id], _Words(_ids(d)))
        for j, d in enumerate(flow.dimensions[:-1])
        if d.id in query.filters
    }


def periods_wanted(flow: Dataflow, query: Query) -> Flags | None:
    """Which codes of time are asked for; None if all are."""
    time = flow.dimensions[-1]
    bounds: list[Filter] = [((("ge", query.start),),)] if query.start else []
    bounds += [((("le", query.end),),)] if query.end else []
    bounds += [query.filters[time.id]] if time.id in query.filters else []
    if not bounds:
        return None
    inside = np.ones(len(time.codes), dtype=np.bool_)
    for bound in bounds:
        inside &= any_of(bound, _Periods(_ids(time)) if time.id == TIME else _Words(_ids(time)))
    return inside


def check_components(flow: Dataflow, query: Query) -> None:
    """Raises Refusal if a condition is on a component that a dataflow has not."""
    numbers = columns_of(flow)
    known = {*(d.id for d in flow.dimensions), *numbers, *(a.id for a in attributes_of(flow))}
    for name in query.filters:
        if name not in known:
            names = ", ".join((*(d.id for d in flow.dimensions), next(iter(numbers))))
            raise Refusal(
                400, f"{flow.id} has no component {name[:60]}. It has {names} and its attributes."
            )


class Tested(Protocol):
    """What conditions are tried on, n of them."""

    def __len__(self) -> int: ...
    def among(self, values: Sequence[str]) -> Flags: ...
    def test(self, operator: str, value: str) -> Flags: ...


def any_of(wanted: Filter, tested: Tested) -> Flags:
    """What any alternative lets through, of each all conditions; shape (n,).

    However many plain values are named, they are looked for at once.
    """
    plain = [conditions[0][1] for conditions in wanted if is_plain(conditions)]
    found = tested.among(plain) if plain else np.zeros(len(tested), dtype=np.bool_)
    for conditions in wanted:
        if not is_plain(conditions):
            together = np.ones(len(tested), dtype=np.bool_)
            for operator, value in conditions:
                together &= tested.test(operator, value)
            found |= together
    return found


def _of_component(
    observations: Observations, rows: Ints, name: str, wanted: Filter, message: Message
) -> Flags:
    """Which rows a condition on a measure or an attribute lets through; shape (r,).

    What is withheld, or absent, no condition lets through, not even that it be something else:
    asking about a number that is not shown tells nothing of it.
    """
    flow = observations.dataflow
    if name in (columns := columns_of(flow)):
        values = np.asarray(getattr(observations, columns[name])[rows], dtype=np.float64)
        values = np.where(values < 0, np.nan, values) if _counted(name) else values
        shown = np.isfinite(values)
        return shown & any_of(wanted, _Numbers(name, values))
    attribute = next((a for a in attributes_of(flow) if a.id == name), None)
    if attribute is None:
        return np.zeros(len(rows), dtype=np.bool_)
    words, codes = _words(observations, rows, attribute, message)
    told = any_of(wanted, _Words(words))
    found: Flags = (told & np.array([word != "" for word in words], dtype=np.bool_))[codes]
    return found


def _words(
    observations: Observations, rows: Ints, attribute: Attribute, message: Message
) -> tuple[Sequence[str], Codes]:
    """The words of an attribute, and which of them each row has."""
    flow = observations.dataflow
    if attribute.level == "dataset":
        word = dataset_values(flow, message).get(attribute.id, "")
        return [word], np.zeros(len(rows), dtype=np.int32)
    if attribute.level == "indicator":
        place = [dimension.id for dimension in flow.dimensions].index(INDICATOR)
        return indicator_values(flow, attribute), observations.key[rows, place]
    verdicts = verdicts_of(observations, rows)
    place = worded(flow).index(attribute)
    return [words[place] for words in verdicts.words], verdicts.codes


def _counted(name: str) -> bool:
    return any(a.id == name and a.kind == "count" for a in ATTRIBUTES)


@dataclass(frozen=True)
class _Words:
    """Codes, or the words of an attribute."""

    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.words)

    def among(self, values: Sequence[str]) -> Flags:
        wanted = frozenset(values)
        return np.array([word in wanted for word in self.words], dtype=np.bool_)

    def test(self, operator: str, value: str) -> Flags:
        test = TEXT_TESTS[operator]
        return np.array([test(word, value) for word in self.words], dtype=np.bool_)


@dataclass(frozen=True)
class _Periods(_Words):
    """Codes of time, by their first and last days."""

    def among(self, values: Sequence[str]) -> Flags:
        wanted = {span_asked(value) for value in values}
        return np.array([span(word) in wanted for word in self.words], dtype=np.bool_)

    def test(self, operator: str, value: str) -> Flags:
        if operator not in PERIOD_TESTS:
            return super().test(operator, value)
        test, wanted = PERIOD_TESTS[operator], span_asked(value)
        return np.array([test(span(word), wanted) for word in self.words], dtype=np.bool_)


@dataclass(frozen=True)
class _Numbers:
    """The numbers of rows; NaN where there is none."""

    name: str
    values: Floats

    def __len__(self) -> int:
        return len(self.values)

    def among(self, values: Sequence[str]) -> Flags:
        return np.isin(self.values, [self._number(value) for value in values])

    def test(self, operator: str, value: str) -> Flags:
        if operator not in NUMBER_TESTS:
            raise Refusal(400, f"{operator} cannot be asked of the number {self.name[:60]}.")
        return NUMBER_TESTS[operator](self.values, self._number(value))

    def _number(self, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise Refusal(400, f"c[{self.name[:60]}]: {text[:40]} is no number such as 12.5.")
        return value


def _ids(dimension: Dimension) -> tuple[str, ...]:
    return tuple(code.id for code in dimension.codes)


def _among(dimension: Dimension, codes: Iterable[str]) -> Flags:
    places = _places(_ids(dimension))
    found = np.zeros(len(dimension.codes), dtype=np.bool_)
    found[[places[code] for code in codes if code in places]] = True
    return found


@lru_cache(maxsize=256)
def _places(codes: tuple[str, ...]) -> Mapping[str, int]:
    return {code: place for place, code in enumerate(codes)}

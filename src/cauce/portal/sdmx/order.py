"""In which order rows are sent, and which of them: first and last, sort, offset and limit."""

from typing import Any

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.portal.sdmx.filters import columns_of
from cauce.portal.sdmx.query import FLAT, Query
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import days_of, first_and_last, in_time
from cauce.publish.columns import indicator_values
from cauce.publish.components import INDICATOR, attributes_of, worded
from cauce.publish.select import together
from cauce.publish.verdicts import verdicts_of

SERIES_KEY = "series_key"


def ordered(observations: Observations, rows: Ints, query: Query) -> Ints:
    """The rows in the order they are sent: by series, then by what stands at the observation.

    What is sorted keeps the rows of one series, or of one section, together.

    Args:
        rows: ascending.

    Raises:
        Refusal: a component to sort by, or the dimension at the observation, is not there.
    """
    flow = observations.dataflow
    check_dimension(flow, query)
    rows = first_and_last(observations, in_time(observations, rows), query.first, query.last)
    if query.sort:
        rows = rows[np.lexsort(_keys(observations, rows, query)[::-1])]
    if query.dimension == FLAT or (not query.sort and query.dimension == flow.dimensions[-1].id):
        return rows
    return _together(observations, rows, query)


def page(rows: Ints, owners: Ints, offset: int, limit: int | None) -> Ints:
    """The rows of so many owners after so many; an owner is an observation or a series, (r,)."""
    end = None if limit is None else offset + limit
    return rows[(owners >= offset) & (owners < (end if end is not None else len(rows) + offset))]


def owners_of(observations: Observations, rows: Ints, query: Query) -> Ints:
    """What `offset` and `limit` count: observations, or series where only these are asked for."""
    if not query.keys_only or not len(rows):
        return np.arange(len(rows))
    key = observations.key[rows, :-1]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (key[1:] != key[:-1]).any(axis=1)
    found: Ints = np.cumsum(new) - 1
    return found


def check_dimension(flow: Dataflow, query: Query) -> None:
    known = (*(dimension.id for dimension in flow.dimensions), FLAT)
    if query.dimension not in known:
        raise Refusal(400, f"dimensionAtObservation can be {', '.join(known)}.")


def _together(observations: Observations, rows: Ints, query: Query) -> Ints:
    """The rows of one section after the other; sections by their first row, rows as they were."""
    names = [dimension.id for dimension in observations.dataflow.dimensions]
    return together(observations, rows, names.index(query.dimension))


def _keys(observations: Observations, rows: Ints, query: Query) -> list[Floats]:
    """What the rows are sorted by, the most important first; what is withheld comes last."""
    found = []
    for name, down in _spelled_out(observations.dataflow, query):
        ranks = _ranks(observations, rows, name)
        absent = ~np.isfinite(ranks)
        found += [absent.astype(np.float64), np.where(absent, 0.0, -ranks if down else ranks)]
    return found


def _spelled_out(flow: Dataflow, query: Query) -> list[tuple[str, bool]]:
    """The components to sort by, with those that `*` and `series_key` stand for."""
    found: dict[str, bool] = {}
    for name, down in query.sort:
        own = [dimension.id for dimension in flow.dimensions]
        if name == SERIES_KEY:
            own = [id_ for id_ in own if id_ != query.dimension]
        for id_ in own if name in ("*", SERIES_KEY) else [name]:
            # What was sorted by before has nothing left to sort.
            found.setdefault(id_, down)
    return [*found.items()]


def _ranks(observations: Observations, rows: Ints, name: str) -> Floats:
    """Numbers that sort as a component does; NaN where it is withheld or absent."""
    return np.asarray(_values(observations, rows, name), dtype=np.float64)


def _values(observations: Observations, rows: Ints, name: str) -> Any:
    flow = observations.dataflow
    ids = [dimension.id for dimension in flow.dimensions]
    if name == ids[-1]:
        return days_of(flow)[0][observations.key[rows, -1]]
    if name in ids:
        place = ids.index(name)
        return _of_texts([code.id for code in flow.dimensions[place].codes])[
            observations.key[rows, place]
        ]
    if name in (columns := columns_of(flow)):
        values = np.asarray(getattr(observations, columns[name])[rows], dtype=np.float64)
        counted = np.issubdtype(getattr(observations, columns[name]).dtype, np.integer)
        return np.where(values < 0, np.nan, values) if counted else values
    attribute = next((a for a in attributes_of(flow) if a.id == name), None)
    if attribute is None:
        raise Refusal(400, f"sort: {flow.id} has no component {name[:60]}.")
    if attribute.level == "dataset":
        return np.zeros(len(rows))
    if attribute.level == "indicator":
        words = indicator_values(flow, attribute)
        return _of_texts(words)[observations.key[rows, ids.index(INDICATOR)]]
    verdicts = verdicts_of(observations, rows)
    place = worded(flow).index(attribute)
    return _of_texts([words[place] for words in verdicts.words])[verdicts.codes]


def _of_texts(words: list[str]) -> Floats:
    """The rank of each word among all; NaN of none."""
    known = {word: at for at, word in enumerate(sorted(set(words)))}
    return np.array([known[word] if word else np.nan for word in words], dtype=np.float64)

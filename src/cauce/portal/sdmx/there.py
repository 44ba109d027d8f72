"""What there is of a dataflow: codes, periods and counts, told from its series without numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.dataflow import Dataflow
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.filters import (
    dimensions_wanted,
    key_wanted,
    periods_wanted,
    rows_asked,
    series_wanted,
)
from cauce.portal.sdmx.history import Changed, changed
from cauce.portal.sdmx.query import Query
from cauce.publish import Message, message_of
from cauce.store import Snapshot
from cauce.store.series import Series, Wanted, fitting

Named = tuple[tuple[str, tuple[str, ...]], ...]
"""By dimension, the codes that occur, in their order; of time the first and last of all series."""


@dataclass(frozen=True)
class There:
    """What there is: codes by dimension, and how many series and observations."""

    codes: Named
    series: int
    observations: int


def there_of(snapshot: Snapshot, manifest: Manifest, query: Query, mode: str) -> There:
    """What a data query would find, or (`mode` available) what could be chosen beside it.

    Only conditions on numbers and attributes, and what changed since a moment, need the table.

    Source: SDMX REST 2.2.2, availability queries, response mode.
    """
    flow = manifest.dataflow
    if needs_numbers(flow, query):
        return _from_rows(snapshot, manifest, query, mode)
    catalogue = snapshot.series(flow.id)
    periods = periods_wanted(flow, query)
    counts = catalogue.counts_in(periods)
    there = counts > 0
    inside = there & series_wanted(catalogue.series, flow, query)
    first, last = catalogue.bounds(periods)
    ends = np.append(first[inside], last[inside])
    own = _occurring(catalogue.series, inside, flow)
    if mode == "available":
        own = _available(catalogue.series, there, flow, query)
    return There(
        (*own, _named(flow, len(flow.dimensions) - 1, ends)),
        int(np.count_nonzero(inside)),
        int(counts[inside].sum()),
    )


def needs_numbers(flow: Dataflow, query: Query) -> bool:
    """Whether the keys of a dataflow are not enough to tell what there is."""
    return query.since is not None or bool(set(query.filters) - {d.id for d in flow.dimensions})


def _from_rows(snapshot: Snapshot, manifest: Manifest, query: Query, mode: str) -> There:
    """The same, told from the rows a query finds; what is deleted since a moment counts, too."""
    message = message_of(manifest)
    codes: dict[str, dict[str, None]] = {d.id: {} for d in manifest.dataflow.dimensions}
    series: set[tuple[str, ...]] = set()
    observations = 0
    for each in _tables(snapshot, manifest, query):
        flow, key = each.table.dataflow, each.table.key
        rows = _rows(each, query, message)
        observations += len(rows)
        alone = np.unique(key[rows, :-1], axis=0)
        series.update(_keys_of(flow, alone))
        own = tuple(_named(flow, j, alone[:, j]) for j in range(alone.shape[1]))
        if mode == "available":
            wide = np.unique(key[_rows(each, _unchosen(flow, query), message), :-1], axis=0)
            listed = Series(wide, np.arange(len(wide) + 1))
            own = _available(listed, np.ones(len(wide), dtype=np.bool_), flow, query)
        for id_, values in (*own, _named(flow, key.shape[1] - 1, key[rows, -1])):
            codes.setdefault(id_, {}).update(dict.fromkeys(values))
    return There(tuple((id_, tuple(own)) for id_, own in codes.items()), len(series), observations)


def _tables(snapshot: Snapshot, manifest: Manifest, query: Query) -> Iterator[Changed]:
    """The tables that are asked, with the rows of each that count."""
    if query.since:
        yield from changed(snapshot, manifest.dataflow.id, query)
        return
    table = snapshot.observations(manifest.dataflow.id)
    yield Changed(table, np.arange(len(table.value)), "Information")


def _rows(each: Changed, query: Query, message: Message) -> Ints:
    rows = rows_asked(each.table, query, message)
    return np.intersect1d(rows, each.rows, assume_unique=True)


def _unchosen(flow: Dataflow, query: Query) -> Query:
    """The query without what it chooses of the dimensions of a series."""
    own = {dimension.id for dimension in flow.dimensions[:-1]}
    left = {name: wanted for name, wanted in query.filters.items() if name not in own}
    return replace(query, keys=("",), filters=left)


def _keys_of(flow: Dataflow, key: Codes) -> Iterator[tuple[str, ...]]:
    """Keys by the names of their codes."""
    names = [[code.id for code in dimension.codes] for dimension in flow.dimensions[:-1]]
    for row in key.tolist():
        yield tuple(own[at] for own, at in zip(names, row, strict=True))


def _occurring(series: Series, inside: Flags, flow: Dataflow) -> Named:
    return tuple(_named(flow, j, series.key[inside, j]) for j in range(series.key.shape[1]))


def _available(series: Series, there: Flags, flow: Dataflow, query: Query) -> Named:
    """By dimension, the codes that occur where all the others are as they are chosen.

    Of several keys a dimension is chosen as any of them says.
    """
    chosen = _chosen(flow, query)
    return tuple(
        _named(flow, j, series.key[there & fitting(series, _but(chosen, j)), j])
        for j in range(series.key.shape[1])
    )


def _chosen(flow: Dataflow, query: Query) -> Wanted:
    keys = [key_wanted(flow, key) for key in query.keys]
    found = dimensions_wanted(flow, query)
    for j in range(len(flow.dimensions) - 1):
        if all(j in key for key in keys):
            own = np.any([key[j] for key in keys], axis=0)
            found[j] = found[j] & own if j in found else own
    return found


def _but(chosen: Wanted, place: int) -> Wanted:
    return {j: flags for j, flags in chosen.items() if j != place}


def _named(flow: Dataflow, place: int, positions: Codes | Ints) -> tuple[str, tuple[str, ...]]:
    """The codes at some positions of a dimension, in its order."""
    codes = flow.dimensions[place].codes
    present = np.bincount(positions, minlength=len(codes)) > 0
    return flow.dimensions[place].id, tuple(codes[at].id for at in np.flatnonzero(present))

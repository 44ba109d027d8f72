"""What there is of a dataflow: codes, periods and counts, told from its series without numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

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
from cauce.portal.sdmx.history import changed
from cauce.portal.sdmx.query import Query
from cauce.publish import message_of
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
    dimensions = {dimension.id for dimension in flow.dimensions}
    if query.since or set(query.filters) - dimensions:
        return _from_rows(snapshot, manifest, query)
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


def together(found: Iterable[There]) -> There:
    """What several of them have together."""
    codes: dict[str, dict[str, None]] = {}
    series = observations = 0
    for one in found:
        series, observations = series + one.series, observations + one.observations
        for id_, own in one.codes:
            codes.setdefault(id_, {}).update(dict.fromkeys(own))
    return There(tuple((id_, tuple(own)) for id_, own in codes.items()), series, observations)


def _from_rows(snapshot: Snapshot, manifest: Manifest, query: Query) -> There:
    """The same, told from the rows a query finds; what is deleted since a moment counts, too."""
    flow, message = manifest.dataflow, message_of(manifest)
    if not query.since:
        table = snapshot.observations(flow.id)
        return _of_keys(table.dataflow, table.key[rows_asked(table, query, message)])
    found = []
    for each in changed(snapshot, flow.id, query):
        rows = rows_asked(each.table, query, message)
        rows = np.intersect1d(rows, each.rows, assume_unique=True)
        found.append(_of_keys(each.table.dataflow, each.table.key[rows]))
    return together(found)


def _of_keys(flow: Dataflow, key: np.ndarray) -> There:
    series = len(np.unique(key[:, :-1], axis=0)) if len(key) else 0
    codes = tuple(_named(flow, j, key[:, j]) for j in range(len(flow.dimensions)))
    return There(codes, series, len(key))


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

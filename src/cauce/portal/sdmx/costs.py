"""What a data query would cost, told before numbers are read and before they are written."""

from collections.abc import Iterator, Sequence

import numpy as np

from cauce.model.dataflow import Dataflow
from cauce.model.vintage import Manifest
from cauce.portal.bounds import afford, afford_all, afford_table, afford_tables
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.filters import periods_wanted, series_wanted
from cauce.portal.sdmx.history import Changed, steps
from cauce.portal.sdmx.query import Query
from cauce.publish.forms import DataFormat
from cauce.store.series_catalogue import SeriesCatalogue


def affordable(
    asking: Asking, manifests: tuple[Manifest, ...], query: Query, form: DataFormat
) -> tuple[Manifest, ...]:
    """Those of the dataflows that have what is asked for, told from their series.

    Raises:
        TooMuch: together it is more than is given at once, or than is read at once.
    """
    for manifest in manifests:
        afford_table(manifest, asking.limits)
    if query.history or query.since:
        every = [one for manifest in manifests for one in _vintages(asking, manifest, query)]
        afford_tables(every, asking.limits)
        return manifests
    if len(manifests) == 1:
        return manifests
    counts = [_count(asking.snapshot.series(m.dataflow.id), m.dataflow, query) for m in manifests]
    told = [(m, count) for m, count in zip(manifests, counts, strict=True) if count]
    afford_all([(m.dataflow, count) for m, count in told], _weight(form), asking.limits)
    afford_tables([manifest for manifest, _ in told], asking.limits)
    return tuple(manifest for manifest, _ in told)


def _vintages(asking: Asking, manifest: Manifest, query: Query) -> Iterator[Manifest]:
    """The vintages of a dataflow that have to be read for what changed."""
    flow = manifest.dataflow.id
    pairs = steps(asking.snapshot, flow, query)
    for vintage in dict.fromkeys(one.vintage for pair in pairs for one in pair if one):
        yield asking.snapshot.manifest(flow, vintage)


def _count(catalogue: SeriesCatalogue, flow: Dataflow, query: Query) -> int:
    """How many observations fit keys, dimensions and periods."""
    inside = series_wanted(catalogue.series, flow, query)
    counts = catalogue.counts_in(periods_wanted(flow, query))[inside]
    for most in (query.first, query.last):
        counts = counts if most is None else np.minimum(counts, most)
    return int(counts.sum())


def afford_sets(
    asking: Asking, manifests: Sequence[Manifest], sets: Sequence[Changed], form: DataFormat
) -> None:
    """Raises TooMuch if one of the data sets is more than is given at once in the format."""
    by_flow = {manifest.dataflow.id: manifest for manifest in manifests}
    for each in sets:
        manifest = by_flow[each.table.dataflow.id]
        afford(manifest, each.table, each.rows, _weight(form), asking.limits)


def _weight(form: DataFormat) -> str:
    """What a cell of the format costs, as the bounds count it."""
    syntax = form.kind.rpartition("+")[2]
    return {"csv": "csv", "json": "json"}.get(syntax, "ml")

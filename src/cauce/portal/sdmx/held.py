"""The artefacts of a generation of the store, and what its data say about them."""

from collections.abc import Iterable

import numpy as np

from cauce.model.structure import Artefact
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.artefacts import artefacts_of
from cauce.publish.components import TIME
from cauce.publish.structure.collection import Artefacts
from cauce.publish.structure.own import actual, filled
from cauce.store import Snapshot
from cauce.store.series import series_of

MOST_LOOKED = 30
"""Of how many dataflows, at most, the data are looked at for one answer."""


def held(snapshot: Snapshot) -> Artefacts:
    """All artefacts, made once for a generation."""
    return artefacts_of(snapshot)


def with_data(artefacts: Iterable[Artefact], snapshot: Snapshot) -> list[Artefact]:
    """The artefacts, and in our Actual constraints what there is.

    Of many dataflows at once only periods and counts are told, which need no look at the data.
    """
    listed = list(artefacts)
    ours = [m for m in snapshot.flows() if m.dataflow.foreign is None]
    manifests = {actual(m.dataflow).ref: m for m in ours}
    # A stub says nothing of what there is.
    told = [one.ref in manifests and not one.external for one in listed]
    look = sum(told) <= MOST_LOOKED
    return [
        _told(one, manifests[one.ref], snapshot, look) if ours else one
        for one, ours in zip(listed, told, strict=True)
    ]


def _told(artefact: Artefact, manifest: Manifest, snapshot: Snapshot, look: bool) -> Artefact:
    flow = manifest.dataflow
    if not look:
        periods = tuple(period for part in manifest.parts for period in part.periods)
        rows = sum(part.rows for part in manifest.parts)
        return filled(artefact, [(TIME, periods)], None, rows)
    table = snapshot.observations(flow.id)
    codes = [
        (dimension.id, tuple(dimension.codes[at].id for at in np.unique(table.key[:, place])))
        for place, dimension in enumerate(flow.dimensions)
    ]
    return filled(artefact, codes, len(series_of(table).key), len(table.value))

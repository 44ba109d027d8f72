"""A generation as each dataflow's own agency has it: the dimensions of its key, in their order.

Our pages find FREQ, REF_AREA and INDICATOR in the first three places of every table. Who asks for
another agency's dataflow by SDMX is given the dimensions its data structure has, and no other.
"""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.dataflow import Dataflow
from cauce.model.vintage import Manifest
from cauce.store.series import Table, series_of_key
from cauce.store.series_catalogue import SeriesCatalogue
from cauce.store.snapshot import Snapshot


def as_agencies(snapshot: Snapshot) -> Snapshot:
    """The generation with other agencies' dataflows as they have them; made once."""
    if snapshot.as_agencies is None:
        foreign = any(each.dataflow.foreign is not None for each in snapshot.flows())
        snapshot.as_agencies = _Agencies(snapshot) if foreign else snapshot
    return snapshot.as_agencies


class _Agencies(Snapshot):
    """What the house keeps, told in the order of each agency's key."""

    def __init__(self, house: Snapshot) -> None:
        super().__init__(house._places, house.catalog, house.alarms, house._memory)
        self._house = house
        self.as_agencies = self

    def manifest(self, flow: str, vintage: str | None = None) -> Manifest:
        found = self._house.manifest(flow, vintage)
        if found.dataflow.foreign is None:
            return found
        return replace(found, dataflow=_ordered(found.dataflow))

    def observations(self, flow: str, vintage: str | None = None) -> Table:
        found = self._house.observations(flow, vintage)
        if found.dataflow.foreign is None:
            return found
        if "as_agency" not in vars(found):
            vars(found)["as_agency"] = _table(found)
        made: Table = vars(found)["as_agency"]
        return made

    def series(self, flow: str, vintage: str | None = None) -> SeriesCatalogue:
        found = self._house.series(flow, vintage)
        return found if found.dataflow.foreign is None else _catalogue(found)

    def at(self, moment: datetime) -> Snapshot:
        return as_agencies(self._house.at(moment))


def _order(flow: Dataflow) -> list[int]:
    """Where the dimensions of the agency's key stand in ours."""
    names = [dimension.id for dimension in flow.dimensions]
    return [names.index(id_) for id_ in (flow.foreign.dimensions if flow.foreign else names)]


def _ordered(flow: Dataflow) -> Dataflow:
    dimensions = tuple(flow.dimensions[at] for at in _order(flow))
    return replace(flow, dimensions=dimensions, by_agency=True)


def _table(table: Table) -> Table:
    """The observations by the agency's key."""
    key = table.key[:, _order(table.dataflow)]
    rows = np.lexsort(key.T[::-1])
    found: dict[str, Any] = {"dataflow": _ordered(table.dataflow), "key": key[rows]}
    for name in (each.name for each in fields(table) if each.name not in found):
        found[name] = _taken(getattr(table, name), rows, nested=name == "theirs")
    return Table(**found)


def _taken(column: Any, rows: Ints, nested: bool = False) -> Any:
    if isinstance(column, np.ndarray):
        return column[rows]
    if nested:
        return tuple(_taken(each, rows) for each in column)
    return tuple(map(column.__getitem__, rows.tolist()))


def _catalogue(found: SeriesCatalogue) -> SeriesCatalogue:
    """The series by the agency's key."""
    counts = np.diff(found.series.starts)
    key = np.column_stack([np.repeat(found.series.key, counts, axis=0), found.periods])
    key = key[:, _order(found.dataflow)]
    key = key[np.lexsort(key.T[::-1])]
    flow = _ordered(found.dataflow)
    return SeriesCatalogue(flow, series_of_key(key), key[:, -1].astype(np.int32))

"""The published numbers a crisis starts from, and which are not there."""

from dataclasses import dataclass, field

import numpy as np

from cauce.model.codelist import TOTAL, Code
from cauce.model.dataflow import Dimension
from cauce.model.errors import BadInput
from cauce.model.projected import Base
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.sources.crisis import Asked
from cauce.store import NotPublished, Snapshot, Withdrawn

APART = frozenset({"_T", "_U", "_Z", "_X", "_N"})


@dataclass(frozen=True)
class Table:
    """The latest numbers of an indicator, by the codes of its dimensions asked for, in order."""

    manifest: Manifest
    base: Base
    period: str
    dimensions: tuple[Dimension, ...]
    value: dict[tuple[str, ...], float]
    se: dict[tuple[str, ...], float]

    def codes(self, dimension: str) -> tuple[Code, ...]:
        """The codes that are parts: no total, nothing unknown."""
        found = next((one for one in self.dimensions if one.id == dimension), None)
        if found is None:
            raise BadInput(f"{self.base.flow} has no dimension {dimension}.")
        return tuple(code for code in found.codes if code.id not in APART)


@dataclass
class Bases:
    """What was read of a store so far, and what it lacks."""

    snapshot: Snapshot
    used: dict[str, Base] = field(default_factory=dict)
    missing: list[tuple[Text, Text]] = field(default_factory=list)
    fewest: int = 5

    def table(self, asked: Asked | None, country: str, what: Text) -> Table | None:
        """The table asked for; None if nobody asked or it is not published, which is noted."""
        if asked is None:
            because = Text(
                "No published table of it is declared for this country.",
                "No se declara ningún cuadro publicado de ello para este país.",
            )
            self.missing.append((what, because))
            return None
        try:
            found = _table(self.snapshot, asked, country)
        except (NotPublished, Withdrawn):
            because = Text(
                f"{asked.flow} is not published in this store.",
                f"{asked.flow} no está publicado en este almacén.",
            )
            self.missing.append((what, because))
            return None
        self.used[asked.flow] = found.base
        if found.manifest.quality is not None:
            self.fewest = max(self.fewest, found.manifest.quality.fewest)
        return found


def _table(snapshot: Snapshot, asked: Asked, country: str) -> Table:
    manifest = snapshot.manifest(asked.flow)
    observed = snapshot.observations(asked.flow)
    flow = observed.dataflow
    own = [name for name in (asked.area, asked.sector, asked.group) if name]
    fixed = {"REF_AREA": country, "INDICATOR": asked.indicator, **dict(asked.fixed)}
    rows = np.ones(len(observed.value), dtype=bool)
    for j, dimension in enumerate(flow.dimensions[:-1]):
        ids = [code.id for code in dimension.codes]
        if dimension.id in own:
            continue
        wanted = fixed.get(dimension.id, ids[0] if len(ids) == 1 else TOTAL)
        if wanted not in ids:
            raise BadInput(f"{asked.flow} has no code {wanted} in {dimension.id}.")
        rows &= observed.key[:, j] == ids.index(wanted)
    if not rows.any():
        raise BadInput(f"{asked.flow} has no number of {asked.indicator} for {country}.")
    latest = int(observed.key[rows, -1].max())
    rows &= observed.key[:, -1] == latest
    at = [[d.id for d in flow.dimensions].index(name) for name in own]
    value, se = {}, {}
    for row in np.flatnonzero(rows):
        key = tuple(flow.dimensions[j].codes[observed.key[row, j]].id for j in at)
        value[key], se[key] = float(observed.value[row]), float(observed.se[row])
    digest = snapshot.catalog.manifests[f"{asked.flow}/{manifest.vintage}"]
    return Table(
        manifest,
        Base(asked.flow, manifest.vintage, digest, int(rows.sum())),
        flow.dimensions[-1].codes[latest].id,
        tuple(flow.dimensions[j] for j in at),
        value,
        se,
    )

"""What withdrawn vintages told, for the office alone: what was public once is known for ever.

It lies beside the audits of the store, out of the public's reach, so that later releases are
protected beside it.
"""

from dataclasses import dataclass

import numpy as np

from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.store.audits import Audits
from cauce.store.documents import from_json, to_json
from cauce.store.files import called, read
from cauce.store.table import from_parquet, to_parquet, to_table

FOLDER = "withdrawn"


@dataclass(frozen=True)
class Told:
    """What a withdrawn vintage of a dataflow told, and when it was published."""

    survey: str
    vintage: str
    published_at: str
    observations: Observations


class Gone:
    """The withdrawn vintages of one store, in the folder of its audits."""

    def __init__(self, audits: Audits) -> None:
        self._audits = audits
        self._root = audits.root / FOLDER

    def keep(self, manifest: Manifest, observations: Observations) -> None:
        """Keep what a vintage told; its numbers come before the word that they are there."""
        folder = self._root / manifest.dataflow.id
        numbers = to_parquet(to_table(observations, np.arange(len(observations.value))))
        self._audits.write(folder / f"{manifest.vintage}.parquet", numbers)
        self._audits.write(folder / f"{manifest.vintage}.json", to_json(manifest))

    def of(self, survey: str) -> list[Told]:
        """What withdrawn vintages of a survey told, in the order of their publication.

        Raises BadInput if others can enter the folder; Damaged if a file is not what was written.
        """
        self._audits.check()
        found = []
        for path in self._root.glob("*/*.json"):
            manifest = from_json(read(path), Manifest, called(path))
            if manifest.survey == survey:
                content = read(path.with_suffix(".parquet"))
                flow = from_parquet([content], manifest.dataflow)
                found.append(Told(survey, manifest.vintage, manifest.published_at, flow))
        return sorted(found, key=lambda one: (one.published_at, one.observations.dataflow.id))

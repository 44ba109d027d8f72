"""What the store keeps of a release."""

from dataclasses import dataclass, field

from cauce.model.dataflow import Dataflow
from cauce.model.lineage import Lineage
from cauce.model.release import Headline, Provenance


@dataclass(frozen=True)
class Part:
    """The observations of some periods of a dataflow: one immutable object in the store."""

    periods: tuple[str, ...]
    object_sha256: str
    rows: int
    vintage: str
    provenance: Provenance


@dataclass(frozen=True)
class Manifest:
    """One vintage of one dataflow. Earlier parts stand in for periods not released anew."""

    dataflow: Dataflow
    survey: str
    vintage: str
    published_at: str
    parts: tuple[Part, ...]
    lineages: tuple[Lineage, ...]
    headlines: tuple[Headline, ...]
    audited: bool
    supersedes: str
    reason: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Catalog:
    """Which vintage of each dataflow is current; `generation` grows by one with every change.

    `manifests` gives the hash of every retained manifest by "dataflow/vintage", in the order of
    publication; `withdrawn` the reason by the same name.
    """

    generation: int
    current: dict[str, str]
    withdrawn: dict[str, str]
    manifests: dict[str, str] = field(default_factory=dict)

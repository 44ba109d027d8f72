"""What the store keeps of a release."""

from dataclasses import dataclass, field

from cauce.model.crisis import Crisis
from cauce.model.dataflow import Dataflow
from cauce.model.lent import Lent
from cauce.model.lineage import Lineage
from cauce.model.quality import Quality
from cauce.model.release import Headline, Provenance


@dataclass(frozen=True)
class Part:
    """The observations of some periods of a dataflow: one immutable object in the store.

    `numbers_sha256` is of what the object says, whatever version of a library wrote its bytes.
    `differences_sha256` is the object of the comparisons whose first number is of these periods, ""
    if there are none, and `differences_numbers_sha256` is of what it says.
    """

    periods: tuple[str, ...]
    object_sha256: str
    rows: int
    vintage: str
    provenance: Provenance
    numbers_sha256: str = ""
    differences_sha256: str = ""
    differences_numbers_sha256: str = ""

    @property
    def objects(self) -> frozenset[str]:
        """The objects of the store that hold the part."""
        return frozenset({self.object_sha256, self.differences_sha256} - {""})


@dataclass(frozen=True)
class Manifest:
    """One vintage of one dataflow. Earlier parts stand in for periods not released anew.

    `content_sha256` is of all that the release says of this dataflow: a second release that says
    the same changes nothing. `lent` are the code lists that the words of this vintage are from.
    `quality` is of the release's waves, with this dataflow's verdicts; it says how numbers came
    about and not what they are, and does not count for that hash. `crisis` is the account of the
    crisis it is about. `audit_sha256` is of what the office keeps of its audit, "" if nothing;
    `audited` is the verdict. `structures_sha256` is the object with the structures that came with
    another agency's dataflow, "" if it is ours.
    """

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
    content_sha256: str = ""
    lent: tuple[Lent, ...] = ()
    quality: Quality | None = None
    crisis: Crisis | None = None
    audit_sha256: str = ""
    structures_sha256: str = ""

    @property
    def objects(self) -> frozenset[str]:
        """The objects of the store that hold the vintage."""
        held = {digest for part in self.parts for digest in part.objects}
        return frozenset({*held, self.structures_sha256} - {""})


@dataclass(frozen=True)
class Catalog:
    """Which vintage of each dataflow is current; `generation` grows by one with every change.

    `manifests` gives the hash of every retained manifest by "dataflow/vintage", in the order of
    publication; `withdrawn` the reason by the same name. `shelves` gives the current edition of
    each public register, whose manifests go by "registers.name/edition". `at`, `action` and
    `reason` say when and why this generation came about; `previous` is the hash of the catalog
    before it.
    """

    generation: int
    current: dict[str, str]
    withdrawn: dict[str, str]
    manifests: dict[str, str] = field(default_factory=dict)
    at: str = ""
    action: str = ""
    reason: str = ""
    previous: str = ""
    shelves: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tombstone:
    """What stays of a withdrawn vintage: why it is gone, and which vintage it had replaced."""

    flow: str
    vintage: str
    withdrawn_at: str
    reason: str
    supersedes: str

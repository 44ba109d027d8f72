"""A release: what one run of a pack may say, and how to compute it again."""

from dataclasses import dataclass

from cauce.model.audit import Audit
from cauce.model.crisis import Crisis
from cauce.model.difference import Differences
from cauce.model.lent import Lent
from cauce.model.lineage import Lineage
from cauce.model.observation import Observations
from cauce.model.quality import Quality
from cauce.model.structure.artefact import Artefact


@dataclass(frozen=True)
class InputFile:
    """A file the release was computed from. It is not copied; its hash is kept."""

    name: str
    sha256: str
    size: int
    period: str
    rows: int


@dataclass(frozen=True)
class Provenance:
    """What is needed to compute the release again.

    `engine` added up whole numbers by PSU, whose SHA-256 `sums` is; both are "" where our kernel
    added up floating ones.
    """

    pack: str
    pack_sha256: str
    inputs: tuple[InputFile, ...]
    code_version: str
    lock_sha256: str
    machine: str
    rules: tuple[str, ...]
    engine: str = ""
    sums: str = ""


@dataclass(frozen=True)
class Headline:
    """A figure the office published, beside ours. `matches` at the precision they published.

    `because` explains a difference.
    """

    name: str
    published: float
    computed: float
    tolerance: float
    source: str
    matches: bool
    because: str = ""


@dataclass(frozen=True)
class Release:
    """Cleared observations of every table of a pack, all together.

    `audited` says that linked tables were protected and attacked as one system. `lent` are the code
    lists its words are from, each as it was then. `differences` are those of its observations whose
    error was computed, one for each dataflow that has some. `crisis` is the account of the crisis
    that all of it is about. `audit` names withheld cells: it stays on the office side. `structures`
    are those of other agencies that its dataflows follow, with all that came with them.
    """

    survey: str
    vintage: str
    flows: tuple[Observations, ...]
    lineages: tuple[Lineage, ...] = ()
    provenance: Provenance | None = None
    headlines: tuple[Headline, ...] = ()
    audited: bool = False
    notes: tuple[str, ...] = ()
    reason: str = ""
    lent: tuple[Lent, ...] = ()
    quality: Quality | None = None
    differences: tuple[Differences, ...] = ()
    crisis: Crisis | None = None
    audit: Audit | None = None
    structures: tuple[Artefact, ...] = ()

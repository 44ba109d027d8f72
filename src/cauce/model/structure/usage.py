"""Bodies that say little more than which other artefacts belong together."""

from dataclasses import dataclass

from cauce.model.structure.urn import Ref


@dataclass(frozen=True)
class Usage:
    """The body of a dataflow or metadataflow: its structure, None where it does not say.

    `targets` (metadataflows of SDMX 3.0) are URNs, which may hold wildcards.
    """

    structure: Ref | None
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Categorisation:
    """The body of a categorisation: this object belongs to that category."""

    source: Ref
    target: Ref


@dataclass(frozen=True)
class Agreement:
    """The body of a provision agreement: who provides what.

    `targets` as in a metadataflow, for agreements about metadata.
    """

    usage: Ref
    provider: Ref
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Association:
    """The body of a hierarchy association (SDMX 3.0): a hierarchy for an object, in a context."""

    hierarchy: Ref
    object: Ref
    context: Ref | None = None

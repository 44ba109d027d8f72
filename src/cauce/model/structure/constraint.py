"""What data there may be, or are."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.structure.urn import Ref


@dataclass(frozen=True)
class Span:
    """Periods from `start` to `end`, either "" where it is open; bounds themselves belong to it."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Selection:
    """Values of a component: those named, or a span of time.

    `cascade` are those of them whose codes below go with them. `include` False leaves them out.
    """

    component: str
    values: tuple[str, ...] = ()
    cascade: frozenset[str] = frozenset()
    span: Span | None = None
    include: bool = True


@dataclass(frozen=True)
class Region:
    """A part of the cube: what holds for dimensions and for attributes."""

    keys: tuple[Selection, ...]
    attributes: tuple[Selection, ...] = ()
    include: bool = True


@dataclass(frozen=True)
class Key:
    """A series or a part of it: pairs of a dimension and a code."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class KeySet:
    """Series by their keys."""

    keys: tuple[Key, ...]
    include: bool = True


@dataclass(frozen=True)
class Constraint:
    """The body of every kind of constraint.

    `attached` are artefacts of one kind; `sources` addresses of files with data. `period` is the
    reference period of SDMX 2.1. An attachment constraint has no role: it says Allowed.
    """

    role: Literal["Allowed", "Actual"]
    attached: tuple[Ref, ...]
    regions: tuple[Region, ...] = ()
    keysets: tuple[KeySet, ...] = ()
    sources: tuple[str, ...] = ()
    period: Span | None = None
    calendar: tuple[str, str, str] = ("", "", "")
    """Periodicity, offset and tolerance of its release calendar."""
    series: int | None = None
    observations: int | None = None
    """How many there are, where it says what there is."""

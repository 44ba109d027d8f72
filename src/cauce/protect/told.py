"""A release as its reader knows it: unknowns that are not negative, and what is told of them."""

from dataclasses import dataclass

from cauce.model.audit import Cited
from cauce.protect.span import Vector


@dataclass(frozen=True)
class Told:
    """One public statement: the sum of some unknowns, each times a whole number, is within bounds.

    `low` equals `high` where the number is told exactly; a rounded one is within half of its last
    digit, a rate within what its rounding leaves once its denominator is known.
    """

    of: Cited
    sum: Vector
    low: float
    high: float


@dataclass(frozen=True)
class Secret:
    """A sum nobody may find: what a reader can bound it by has to be at least `width` apart."""

    of: Cited
    sum: Vector
    true: float
    width: float
    primary: bool


@dataclass(frozen=True)
class System:
    """One block of a release that shares no unknown with any other.

    `unknowns` are how many there are; `whole` says which of them are counts of people, shape
    (unknowns,). All are at least 0.
    """

    unknowns: int
    whole: tuple[bool, ...]
    told: tuple[Told, ...]
    secrets: tuple[Secret, ...]

"""What is sensitive in a dataflow besides small counts, and how its numbers are protected.

Everything is off until it is declared. Each rule bears its ground: who set it, and where it stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.place import Place

Way = Literal["nearest", "random", "controlled"]
"""How a count goes to a multiple of the base: to the nearest, or up or down by chance; "controlled"
so that what added up before still does."""


@dataclass(frozen=True)
class Dominance:
    """The (n, k) rule: the largest `n` contributors hold more than `k` percent of an amount."""

    n: int
    k: float
    ground: str


@dataclass(frozen=True)
class Estimable:
    """p % and pq: the second largest could find the largest contribution to within `p` percent.

    `q`: to within how many percent everybody knows all contributions beforehand; 100 is the p %
    rule, of those who know nothing.
    """

    p: float
    q: float
    ground: str


@dataclass(frozen=True)
class Zeros:
    """That nobody is in a cell is told to nobody, unless it could not be otherwise.

    `structural`: cells that are empty by their nature, each as the codes it has, by dimension; what
    is in all of them is structural.
    """

    structural: tuple[tuple[tuple[str, str], ...], ...]
    ground: str


@dataclass(frozen=True)
class Groups:
    """What all of a group have in common is told to nobody: rates of 0 % and 100 %.

    Of the `indicators` named, and of counts along the `dimensions` named, where one code holds
    everybody of the others' total.
    """

    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]
    ground: str


@dataclass(frozen=True)
class Remainders:
    """A part is not published where the whole less the part is of too few people.

    Known as k-disclosure: differences of published cells.
    """

    ground: str


@dataclass(frozen=True)
class Holdings:
    """A cell rests on `minimum` holdings at least, and its largest `n` hold at most `k` percent.

    A holding is whom the count names: an employer, a recruiter, an organisation. `n` is 0 where no
    holding is too large.
    """

    minimum: int
    n: int
    k: float
    ground: str


@dataclass(frozen=True)
class CellKey:
    """Noise that is the same wherever the same records are counted, with mean 0.

    `variance` of the noise, at most `bound` up or down. No positive count below `least` appears. Of
    the `units` named, or of all if none is.
    """

    variance: float
    bound: int
    least: int
    ground: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rounding:
    """Counts are told as multiples of `base`. Of the `units` named, or of all if none is."""

    base: int
    way: Way
    ground: str
    units: tuple[str, ...] = ()


Method = CellKey | Rounding


@dataclass(frozen=True)
class Safeguards:
    """The rules that hold for a dataflow, None or nothing for those that do not.

    `methods` stand in the place of suppression, the method where there is none.
    """

    dominance: Dominance | None = None
    estimable: Estimable | None = None
    zeros: Zeros | None = None
    groups: Groups | None = None
    remainders: Remainders | None = None
    holdings: Holdings | None = None
    methods: tuple[Method, ...] = ()


NOTHING_MORE = Safeguards()


@dataclass(frozen=True)
class TableRules:
    """Safeguards from a day on, of the dataflows in `of`: a table's id or its own, all if empty."""

    of: tuple[str, ...]
    since: date
    safeguards: Safeguards
    place: Place

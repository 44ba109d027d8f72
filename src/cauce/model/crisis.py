"""A crisis: where a hazard passed, what is assumed of it, and what the public is told of it."""

from dataclasses import dataclass, field
from typing import Literal

from cauce.model.arrays import Codes, Floats
from cauce.model.text import Text

Hazard = Literal["HUR", "FLD", "LSL", "DRT", "EQK", "VOL", "TSU", "WFR", "EPI", "CON", "SLR"]
"""Codes of hazards. Source: domain page registers, section 7."""
SLOW: tuple[Hazard, ...] = ("DRT", "SLR")
"""Hazards of slow onset: they press on people to move, and nobody is counted as displaced."""
CRISIS = "CRISIS"
"""The dimension that makes a dataflow one of a crisis, and its areas first-level ones only."""


@dataclass(frozen=True)
class Track:
    """The fixes of a storm in order of time, each with shape (f,); NaN is not known.

    `hours` since the first fix; `wind_ms` the strongest sustained wind; `gale_km` the mean radius
    of winds of 34 knots; `rmax_km` the radius of the strongest wind.
    """

    name: str
    starts: str
    hours: Floats
    lat: Floats
    lon: Floats
    wind_ms: Floats
    pressure_hpa: Floats
    gale_km: Floats
    rmax_km: Floats


@dataclass(frozen=True)
class Grid:
    """Points that stand for land, g of them: where, of how much land, in which area.

    `area` is a position in `areas`. `people` is NaN where nobody has counted them.
    """

    areas: tuple[str, ...]
    lat: Floats
    lon: Floats
    km2: Floats
    area: Codes
    people: Floats


@dataclass(frozen=True)
class Triple:
    """An assumption as a range, with who says so: the ends and the middle of a triangle."""

    low: float
    central: float
    high: float
    source: Text


@dataclass(frozen=True)
class Harm:
    """What a hazard does to the work of one sector.

    `stopped` is the part of exposed workers whose work stops at first, `months` after how many the
    part still stopped has fallen to 1/e.
    """

    sector: str
    stopped: Triple
    months: Triple


@dataclass(frozen=True)
class Presence:
    """How many of a sector's workers of an area are there in each month, the year's mean being 1.

    `group` is a code of origin or "_T". `by_month` has twelve numbers.
    """

    area: str
    sector: str
    group: str
    by_month: tuple[float, ...]
    source: Text


@dataclass(frozen=True)
class Reached:
    """One first-level area on the map: rings of lon, lat, lon, lat …, and how much was reached.

    `land` are the low, central and high parts of its land within the footprint, `strongest` the
    strongest wind in m/s, NaN where the hazard is no storm.
    """

    area: str
    name: Text
    rings: tuple[tuple[float, ...], ...]
    land: tuple[float, float, float]
    strongest: float = float("nan")


@dataclass(frozen=True)
class Office:
    """Whom to call for the people of a nationality: as the directory says, "" where it does not."""

    nationality: str
    name: Text
    office: Text
    contact: str
    source: Text


@dataclass(frozen=True)
class Capacity:
    """What somebody was trained for: a course or edition of the registers, as of an edition.

    `people` is as reported, -1 where nobody knows.
    """

    name: Text
    register: str
    key: str
    people: int
    said: Text


@dataclass(frozen=True)
class Beside:
    """A figure of another producer about the same event; ours stands beside it, not corrected."""

    what: Text
    theirs: float
    source: Text


@dataclass(frozen=True)
class Crisis:
    """What the public is told of a crisis beside its numbers, which stand in the dataflows.

    No number of people of ours stands here. `path` is lon, lat, lon, lat … of each storm; `flows`
    the dataflows by what they tell; `month` the one it came in, as 2020-11.
    """

    id: str
    name: Text
    about: Text
    hazard: Hazard
    hazard_name: Text
    country: str
    country_name: Text
    month: str
    invented: bool
    purpose: str
    restriction: Text
    flows: dict[str, str]
    areas: tuple[Reached, ...]
    paths: tuple[tuple[float, ...], ...]
    thresholds: Text
    offices: tuple[Office, ...]
    offices_said: Text
    capacities: tuple[Capacity, ...]
    capacities_said: Text
    beside: tuple[Beside, ...]
    missing: tuple[tuple[Text, Text], ...]
    assumptions: tuple[Text, ...]
    sources: tuple[Text, ...] = field(default=())

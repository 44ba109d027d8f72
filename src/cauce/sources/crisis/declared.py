"""What somebody declares of a crisis: the storm, the files, the ranges and what was reported."""

from dataclasses import dataclass
from pathlib import Path

from cauce.model.crisis import Hazard, Triple
from cauce.model.text import Text


@dataclass(frozen=True)
class Told:
    """A file of a scenario: where it was found, its hash and size, and who made it."""

    path: Path
    sha256: str
    size: int
    source: Text


@dataclass(frozen=True)
class StormAsked:
    """A storm of a file of fixes."""

    file: Told
    name: str
    year: int


@dataclass(frozen=True)
class Asked:
    """Published numbers to start from: a dataflow, an indicator, and what its dimensions mean.

    `area`, `sector` and `group` are dimensions of it, "" where it has none; `home` the code of
    those who are no migrants; codes that begin with `skip` are no countries. `fixed` are codes of
    its other dimensions.
    """

    flow: str
    indicator: str
    area: str = ""
    sector: str = ""
    group: str = ""
    home: str = ""
    skip: str = ""
    fixed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reported:
    """Affected people of an area as an authority reports them, and the people who live there."""

    area: str
    affected: float
    population: float
    source: Text


@dataclass(frozen=True)
class Rebuild:
    """What is assumed of rebuilding, and which lever it becomes."""

    damage: Triple
    rebuilt: Triple
    workers: Triple
    phase: tuple[float, ...]
    sector: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class IdmcAsked:
    """Which lines of the database of internal displacement stand beside our figures."""

    file: Told
    year: int
    events: tuple[str, ...]


@dataclass(frozen=True)
class Trained:
    """Training of an invented country, which no register has."""

    name: Text
    people: int
    said: Text


@dataclass(frozen=True)
class Declared:
    """A scenario with its files found; None or empty where it declares nothing."""

    id: str
    name: Text
    about: Text
    hazard: Hazard
    month: str
    country: str
    country_name: Text
    invented: bool
    storms: tuple[StormAsked, ...]
    reached: tuple[Told, ...]
    outlines: Told
    code: str
    area_name: str
    same_as: dict[str, str]
    step: float
    people: Told | None
    reported: tuple[Reported, ...]
    work: Asked | None
    origins: Asked | None
    nationalities: Asked | None
    population: Asked | None
    pay: Asked | None
    land_sectors: tuple[str, ...]
    undercount: Triple | None
    days_a_month: float
    harms: Told | None
    calendar: Told | None
    offices: Told | None
    houses: Triple | None
    household: Triple | None
    rebuild: Rebuild | None
    bounds: tuple[float, float, float]
    idmc: IdmcAsked | None
    trained: tuple[Trained, ...]
    horizon: int
    draws: int
    seed: int
    file: Told

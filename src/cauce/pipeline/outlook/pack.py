"""What an outlook pack declares: what is read, what is assumed and by whom, which scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cauce.model.pack import Place
from cauce.model.project import Project
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.outlook.crosswalk import Crosswalk
from cauce.outlook.gaps import Protected
from cauce.pipeline.outlook.expectations import Expectations
from cauce.pipeline.outlook.outputs import Output


@dataclass(frozen=True)
class Wanted:
    """A published number to start from: an indicator of a dataflow by some of its dimensions.

    Every other dimension is at the code `at` names, or at its total. `standards` is by which
    classification waves were coded that were not by the table's own; `before` are earlier tables of
    the same people, whose waves are joined.
    """

    name: str
    flow: str
    indicator: str
    over: tuple[str, ...]
    at: dict[str, str]
    place: Place
    standards: Mapping[int, str] = field(default_factory=dict)
    before: tuple["Wanted", ...] = ()


@dataclass(frozen=True)
class Correspondence:
    """From one classification to another, as ISCO-88 to ISCO-08: the file of parts, and whose.

    `parts` is what the file says.
    """

    old: str
    new: str
    file: str
    source: Text
    parts: Crosswalk | None = None


@dataclass(frozen=True)
class Assumption:
    """Something that no released number tells: in words, with its source, and as numbers by code.

    One number that holds for everything stands under "". `low` and `high` are the factors, around
    1, that its source stands for; both 1 where nobody says how far off it may be.
    """

    id: str
    said: Text
    source: Text
    values: dict[str, float]
    place: Place
    low: float = 1.0
    high: float = 1.0

    @property
    def told(self) -> Text:
        """The assumption with where it comes from, as a reader is told it."""
        return Text(
            f"{self.said.en} Source: {self.source.en}", f"{self.said.es} Fuente: {self.source.es}"
        )


@dataclass(frozen=True)
class Range:
    """How far off something that is computed may be: factors around 1, and who says so."""

    low: float
    high: float
    source: Text


@dataclass(frozen=True)
class Origin:
    """An area people could come from, which has no outlook of its own in the store.

    `spare` is how many people of an occupation it could spare until the horizon, `short` the
    probability that it is short of them itself, from 0 to 1.
    """

    id: str
    name: Text
    spare: dict[str, float]
    short: dict[str, float]
    source: Text


@dataclass(frozen=True)
class Way:
    """A regular channel from an origin; `quota` and `uptake` are people a year, None if unknown.

    It leads to the country of the pack that declares it, or to the one that a region names.
    """

    id: str
    name: Text
    origin: str
    occupations: tuple[str, ...]
    quota: float | None
    uptake: float | None
    lead: int
    source: Text
    destination: str = ""


@dataclass(frozen=True)
class Told:
    """A scenario as it is declared; the baseline is the one without levers and projects."""

    id: str
    name: Text
    about: Text
    levers: tuple[Lever, ...]
    projects: tuple[Project, ...] = ()

    @property
    def changes(self) -> int:
        """How many levers and projects tell it from the baseline."""
        return len(self.levers) + len(self.projects)


@dataclass(frozen=True)
class RegionPack:
    """Countries whose outlooks learn from each other, and the channels between them.

    `members` are folders of outlook packs. `protected` are occupations nobody is taken from.
    """

    folder: str
    sha256: str
    id: str
    name: Text
    about: Text
    licence: str
    invented: bool
    members: tuple[str, ...]
    channels: tuple[Way, ...]
    protected: tuple[Protected, ...]


@dataclass(frozen=True)
class Sought:
    """One sign: where its numbers are, and whether their growth is read, or they are taken for
    each person who works."""

    wanted: Wanted
    growth: bool
    per_worker: bool


@dataclass(frozen=True)
class SignsFile:
    """Which released numbers of an area are signs, and of which employment."""

    area: str
    years: float
    employment: Wanted
    signs: Mapping[str, Sought]


@dataclass(frozen=True)
class OutlookPack:
    """One country's outlook: its numbers, assumptions and scenarios.

    `folder` is its name among packs, `sha256` of all its text. `fewest` is the least number of
    people that may be told; `margin` and `sure` are the relative gap over the horizon and the
    probability from which a shortage or a surplus is called one. `signs_file`, from the pack's
    folder, names the signs of shortage today; `signs` is what it says. `output` is that of its
    industries, to which their employment answers. `region` is the one it belongs to, and `peers`
    are the other countries of it. `population_file` is a national office's population,
    `population` where it lies, and `un` the folder of the UN's, which it stands in for. `ranges`
    are of what tables tell. `sized` says that as many work as there will be people for, and not as
    their own past goes on.
    """

    folder: str
    sha256: str
    area: str
    name: Text
    about: Text
    licence: str
    invented: bool
    horizon: int
    draws: int
    seed: int
    fewest: int
    margin: float
    sure: float
    wanted: dict[str, Wanted]
    assumptions: dict[str, Assumption]
    origins: tuple[Origin, ...]
    channels: tuple[Way, ...]
    scenarios: tuple[Told, ...]
    signs_file: str = ""
    signs: SignsFile | None = None
    employers: Expectations | None = None
    output: Output | None = None
    correspondences: tuple[Correspondence, ...] = ()
    region: RegionPack | None = None
    peers: tuple["OutlookPack", ...] = ()
    population_file: str = ""
    population: Path | None = None
    un: Path | None = None
    sized: bool = False
    ranges: Mapping[str, Range] = field(default_factory=dict)

    def scenario(self, name: str) -> Told | None:
        return next((each for each in self.scenarios if each.id == name), None)

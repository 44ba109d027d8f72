"""The home page and the list of tables, each as one object."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.asked import Asked, asked_of, matching
from cauce.portal.bulletin import Bulletin
from cauce.portal.figures import Figure, figure
from cauce.portal.links import explain_address, table_path
from cauce.portal.news import Year, years
from cauce.portal.pages import Invented
from cauce.portal.pictures import Picture, overview
from cauce.portal.words import Words
from cauce.store.keys import key_text

HEADLINE = "UNE_DEAP"
CITIZENS = ("CBR", "CIT")


@dataclass(frozen=True)
class Listed:
    """A table in a list."""

    href: str
    name: str
    indicators: str
    by: str
    periods: str
    vintage: str
    published_at: str
    invented: bool


@dataclass(frozen=True)
class Survey:
    """The tables of one survey."""

    name: str
    population: str
    tables: tuple[Listed, ...]


@dataclass(frozen=True)
class Glance:
    """The headline figure of the home page, its page, its picture and its table."""

    name: str
    period: str
    survey: str
    figure: Figure
    href: str
    picture: Picture | None
    table: str


@dataclass(frozen=True)
class HomePage:
    """What templates/home.html is given, and nothing else."""

    title: str
    invented: Invented
    glance: Glance | None
    surveys: tuple[Survey, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True)
class TablesPage:
    """What templates/tables.html is given, and nothing else."""

    title: str
    invented: Invented
    surveys: tuple[Survey, ...]


def home_page(
    manifests: Sequence[Manifest],
    read: Callable[[str], Observations],
    bulletin: Bulletin,
    words: Words,
) -> HomePage:
    """The home page; `read` gives the observations of one dataflow, for the picture."""
    shown = headline_table(manifests)
    return HomePage(
        title=words("home_title"),
        invented=how_invented(manifests),
        glance=None if shown is None else glance(read(shown.dataflow.id), words),
        surveys=surveys(manifests, words),
        years=years(bulletin.items, words),
    )


def tables_page(manifests: Sequence[Manifest], words: Words) -> TablesPage:
    return TablesPage(words("tables"), how_invented(manifests), surveys(manifests, words))


def how_invented(manifests: Sequence[Manifest]) -> Invented:
    """Whether some or all of the tables are invented."""
    invented = [manifest.dataflow.source.invented for manifest in manifests]
    if not any(invented):
        return ""
    return "all" if all(invented) else "some"


def headline_table(manifests: Sequence[Manifest]) -> Manifest | None:
    """The table for the home page: a real one before an invented one, unemployment by origin."""

    def rank(manifest: Manifest) -> tuple[bool, bool, bool]:
        flow = manifest.dataflow
        headline = any(i.id == HEADLINE for i in flow.indicators)
        origin = any(d.id.startswith(CITIZENS) for d in flow.dimensions)
        return flow.source.invented, not headline, not origin

    return min(manifests, key=rank, default=None)


def glance(observations: Observations, words: Words) -> Glance | None:
    """The headline indicator by origin, or by the table's last own dimension, latest period."""
    flow = observations.dataflow
    asked = _by_origin(observations)
    rows = matching(observations, asked.positions)
    if not rows:
        return None
    position = observations.key[rows[0]].tolist()
    period = flow.dimensions[-1].codes[position[-1]].id
    table = table_path(words.language, flow.id)
    return Glance(
        name=words.of(flow.indicators[position[2]].name),
        period=period,
        survey=words.of(flow.source.name),
        figure=figure(observations, rows[0], words),
        href=explain_address(words.language, flow.id, key_text(flow, position), period, ""),
        picture=overview(observations, rows, asked, words),
        table=table,
    )


def _by_origin(observations: Observations) -> Asked:
    flow = observations.dataflow
    own = [d.id for d in flow.dimensions[3:-1]]
    opened = next((name for name in own if name.startswith(CITIZENS)), own[-1] if own else "")
    wanted = {
        name: "*" if name == opened else flow.dimensions[3 + j].codes[0].id
        for j, name in enumerate(own)
    }
    if any(i.id == HEADLINE for i in flow.indicators):
        wanted["INDICATOR"] = HEADLINE
    return asked_of(flow, wanted)


def surveys(manifests: Sequence[Manifest], words: Words) -> tuple[Survey, ...]:
    """The tables by survey, in the order given; invented ones are marked among others."""
    mixed = how_invented(manifests) == "some"
    names = dict.fromkeys(manifest.survey for manifest in manifests)
    grouped = [[m for m in manifests if m.survey == name] for name in names]
    return tuple(
        Survey(
            name=words.of(group[0].dataflow.source.name),
            population=words.of(group[0].dataflow.source.population),
            tables=tuple(listed(manifest, words, mixed) for manifest in group),
        )
        for group in grouped
    )


def listed(manifest: Manifest, words: Words, mark: bool) -> Listed:
    flow = manifest.dataflow
    periods = [code.id for code in flow.dimensions[-1].codes]
    return Listed(
        href=table_path(words.language, flow.id),
        name=words.of(flow.name),
        indicators="; ".join(words.of(i.name) for i in flow.indicators),
        by=", ".join(words.of(d.name) for d in flow.dimensions[3:-1]),
        periods=periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}",
        vintage=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        invented=mark and flow.source.invented,
    )

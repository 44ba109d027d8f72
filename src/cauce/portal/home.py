"""The home page as one object: figures with their errors, what is new, and the ways in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.asked import Asked, asked_of, matching
from cauce.portal.browse.indicators import Headed, headed, published
from cauce.portal.browse.topics import TopicLine, topic_lines
from cauce.portal.bulletin import Bulletin
from cauce.portal.figures import Figure, figure
from cauce.portal.links import Link, explain_address, table_path
from cauce.portal.listing import Survey, how_invented, surveys
from cauce.portal.news import NewsLine, news_line
from cauce.portal.pages import Invented
from cauce.portal.pictures import Picture, overview
from cauce.portal.releases.notices import Notice
from cauce.portal.releases.page import Line, line
from cauce.portal.words import Words
from cauce.store.keys import key_text

HEADLINE = "UNE_DEAP"
CITIZENS = ("CBR", "CIT")
NEWEST = 3
"""News items and releases of the home page; the pages of both have all."""
BESIDE = 4
"""Figures beside the headline, each from a survey or theme of its own."""


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
    beside: tuple[Headed, ...]
    newest: tuple[Line, ...]
    topics: tuple[TopicLine, ...]
    ways: tuple[Link, ...]
    surveys: tuple[Survey, ...]
    news: tuple[NewsLine, ...]


def home_page(
    manifests: Sequence[Manifest],
    read: Callable[[str], Observations],
    bulletin: Bulletin,
    notices: Sequence[Notice],
    words: Words,
) -> HomePage:
    """The home page; `read` gives the observations of one dataflow, for figures and picture."""
    shown = headline_table(manifests)
    return HomePage(
        title=words("home_title"),
        invented=how_invented(manifests),
        glance=None if shown is None else glance(read(shown.dataflow.id), words),
        beside=beside(manifests, shown, read, words),
        newest=tuple(line(notice, words) for notice in notices[:NEWEST]),
        topics=topic_lines(manifests, words),
        ways=ways(words),
        surveys=surveys(manifests, words),
        news=tuple(news_line(item, words) for item in bulletin.items[:NEWEST]),
    )


def ways(words: Words) -> tuple[Link, ...]:
    """The other ways in than by topic."""
    names = (("countries_page", "countries"), ("corridors_page", "corridors"),
             ("registers", "registers"), ("all_tables", "tables"), ("releases", "releases"),
             ("revisions", "revisions"))  # fmt: skip
    return tuple(Link(words(name), f"/{words.language}/{path}") for name, path in names)


def beside(
    manifests: Sequence[Manifest],
    shown: Manifest | None,
    read: Callable[[str], Observations],
    words: Words,
) -> tuple[Headed, ...]:
    """One figure for everybody from each theme of each survey, real surveys first."""
    groups: dict[tuple[str, str], list[Manifest]] = {}
    for manifest in sorted(manifests, key=lambda m: m.dataflow.source.invented):
        theme = manifest.dataflow.theme
        groups.setdefault((manifest.survey, theme.id if theme else ""), []).append(manifest)
    found: list[Headed] = []
    for (survey, _), own in groups.items():
        if len(found) == BESIDE:
            break
        wanted = [one.indicator.id for one in published(own)]
        # The headline is shown already; of its survey another figure stands beside it.
        if shown is not None and survey == shown.survey:
            wanted = [id_ for id_ in wanted if id_ != HEADLINE]
        told = headed(own, wanted[0], read, words) if wanted else None
        if told is not None and told.figure.raw is not None:
            found.append(told)
    return tuple(found)


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

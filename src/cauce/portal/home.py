"""The home page, the list of tables and the bulletin, each as one object."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.bulletin import Bulletin, Item, Wish
from cauce.portal.chart import Chart, Mark, dots
from cauce.portal.tables import Choice, Field
from cauce.portal.verdicts import shown
from cauce.portal.words import Words


@dataclass(frozen=True)
class Listed:
    """A table in a list."""

    flow: str
    name: str
    survey: str
    area: str
    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]
    periods: str
    vintage: str
    published_at: str
    invented: bool


@dataclass(frozen=True)
class NewsLine:
    """A news item in a list."""

    slug: str
    date: str
    iso: str
    title: str
    summary: str
    answer: str
    link: str
    waits_for: str
    countries: tuple[str, ...]
    axes: tuple[str, ...]


@dataclass(frozen=True)
class HomePage:
    """What templates/home.html is given, and nothing else."""

    tables: tuple[Listed, ...]
    chart: str
    chart_title: str
    chart_table: str
    news: tuple[NewsLine, ...]
    invented: bool


@dataclass(frozen=True)
class TablesPage:
    """What templates/tables.html is given, and nothing else."""

    surveys: tuple[tuple[str, tuple[Listed, ...]], ...]
    invented: bool


@dataclass(frozen=True)
class BulletinPage:
    """What templates/bulletin.html is given, and nothing else."""

    news: tuple[NewsLine, ...]
    fields: tuple[Field, ...]
    title: str
    unknown: tuple[str, ...]
    query: str


def listed(manifest: Manifest, words: Words) -> Listed:
    flow = manifest.dataflow
    periods = [code.id for code in flow.dimensions[-1].codes]
    return Listed(
        flow=flow.id,
        name=words.of(flow.name),
        survey=words.of(flow.source.name),
        area=flow.source.area,
        indicators=tuple(words.of(i.name) for i in flow.indicators),
        dimensions=tuple(words.of(d.name) for d in flow.dimensions[3:-1]),
        periods=periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}",
        vintage=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        invented=flow.source.invented,
    )


def headline_chart(observations: Observations, words: Words) -> tuple[str, str]:
    """A picture of a table's first indicator by its last dimension, and the picture's title."""
    flow = observations.dataflow
    last = len(flow.dimensions) - 2
    key = observations.key
    inside = (key[:, 2] == 0) & (key[:, -1] == key[:, -1].max())
    for j in range(3, last):
        inside = inside & (key[:, j] == 0)
    rows = inside.nonzero()[0].tolist()[:12]
    marks = []
    for row in rows:
        figure = shown(observations, row, words)
        name = words.of(flow.dimensions[last].codes[int(key[row, last])].name)
        told = f"{figure.value} {figure.unit} ({figure.interval})"
        marks.append(Mark(name, figure.raw, figure.low, figure.high, told, figure.weak))
    period = flow.dimensions[-1].codes[int(key[:, -1].max())].id
    title = f"{words.of(flow.indicators[0].name)} · {period}"
    said = words("chart_says", count=len(marks))
    return dots(Chart(title, said, marks, words("withheld")), words), title


def news_line(item: Item, bulletin: Bulletin, words: Words) -> NewsLine:
    names = {c.id: words.of(c.name) for c in bulletin.countries}
    axes = {a.id: words.of(a.name) for a in bulletin.axes}
    return NewsLine(
        slug=item.slug,
        date=words.date(item.published_on),
        iso=item.published_on.isoformat(),
        title=words.of(item.title),
        summary=words.of(item.summary),
        answer=words.of(item.answer),
        link=f"/{words.language}/{item.link}" if item.link else "",
        waits_for=words.of(item.waits_for),
        countries=(*(names[c] for c in item.countries), *item.bodies),
        axes=tuple(axes[a] for a in item.axes),
    )


def home_page(
    manifests: Sequence[Manifest],
    picture: tuple[str, str, str],
    bulletin: Bulletin,
    words: Words,
) -> HomePage:
    tables = tuple(listed(manifest, words) for manifest in manifests)
    news = tuple(news_line(item, bulletin, words) for item in bulletin.items)
    return HomePage(tables, *picture, news, any(t.invented for t in tables))


def tables_page(manifests: Sequence[Manifest], words: Words) -> TablesPage:
    tables = [listed(manifest, words) for manifest in manifests]
    surveys = dict.fromkeys(table.survey for table in tables)
    grouped = tuple((name, tuple(t for t in tables if t.survey == name)) for name in surveys)
    return TablesPage(grouped, any(t.invented for t in tables))


def bulletin_page(
    items: Sequence[Item], bulletin: Bulletin, wish: Wish, words: Words
) -> BulletinPage:
    years = sorted({item.published_on.year for item in bulletin.items}, reverse=True)
    anything = words("any")
    fields = (
        Field(
            "month",
            words("month"),
            (
                Choice("", anything, wish.month is None),
                *(Choice(str(m), words(f"month_{m}"), wish.month == m) for m in range(1, 13)),
            ),
        ),
        Field(
            "year",
            words("year"),
            (
                Choice("", anything, wish.year is None),
                *(Choice(str(y), str(y), wish.year == y) for y in years),
            ),
        ),
        Field(
            "country",
            words("country"),
            (
                Choice("", anything, not wish.country),
                *(Choice(c.id, words.of(c.name), wish.country == c.id) for c in bulletin.countries),
            ),
        ),
        Field(
            "axis",
            words("axis"),
            (
                Choice("", anything, not wish.axis),
                *(Choice(a.id, words.of(a.name), wish.axis == a.id) for a in bulletin.axes),
            ),
        ),
    )
    asked = {
        "title": wish.title,
        "month": wish.month,
        "year": wish.year,
        "country": wish.country,
        "axis": wish.axis,
    }
    return BulletinPage(
        news=tuple(news_line(item, bulletin, words) for item in items),
        fields=fields,
        title=wish.title,
        unknown=wish.unknown,
        query=urlencode({name: value for name, value in asked.items() if value}),
    )

"""The page of one table: an indicator, its filters, its figures with their errors."""

from dataclasses import dataclass
from urllib.parse import urlencode

from cauce.model.dataflow import Dataflow
from cauce.model.observation import Observations
from cauce.model.vintage import Manifest
from cauce.portal.chart import Chart, Mark, course, dots
from cauce.portal.keys import key_text, own_dimensions
from cauce.portal.verdicts import Shown, shown
from cauce.portal.words import Words

PAGE = 150


@dataclass(frozen=True)
class Choice:
    """A code a reader may choose in a form."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A form field with its choices."""

    id: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    labels: tuple[str, ...]
    figure: Shown
    n: str
    key: str
    period: str


@dataclass(frozen=True)
class TablePage:
    """What templates/table.html is given, and nothing else."""

    title: str
    flow: str
    indicator: str
    definition: str
    unit: str
    fields: tuple[Field, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, str], ...]
    chart: str
    course: str
    headlines: tuple[tuple[str, str, str, str], ...]
    total: int
    page: int
    pages: int
    query: str
    links: tuple[tuple[str, str], ...]
    vintage: str
    published_at: str
    source: str
    population: str
    licence: str
    notes: tuple[str, ...]
    invented: bool
    said_no: str


def table_page(
    manifest: Manifest,
    observations: Observations,
    query: dict[str, str],
    words: Words,
    notes: tuple[str, ...],
) -> TablePage:
    """The page for what a reader chose; a code that does not exist is said and ignored."""
    flow = observations.dataflow
    asked, strange = _asked(flow, query)
    rows = _matching(observations, asked)
    own = own_dimensions(flow)
    open_dims = [j for j in own if asked[j] is None]
    page = _page_number(query.get("page", ""), len(rows))
    visible = rows[(page - 1) * PAGE : page * PAGE]
    lines = tuple(_row(observations, row, open_dims, words) for row in visible)
    indicator = flow.indicators[asked[2] or 0]
    kept = {name: value for name, value in query.items() if name != "page" and value}
    return TablePage(
        title=words.of(flow.name),
        flow=flow.id,
        indicator=words.of(indicator.name),
        definition=words.of(indicator.definition),
        unit=lines[0].figure.unit if lines else indicator.unit,
        fields=_fields(flow, observations, asked, words),
        heads=tuple(words.of(flow.dimensions[j].name) for j in open_dims),
        rows=lines,
        legend=_legend(lines, words),
        chart=_dots(observations, rows, open_dims, words.of(indicator.name), words),
        course=_course(observations, asked, words.of(indicator.name), words),
        headlines=_headlines(manifest, words),
        total=len(rows),
        page=page,
        pages=max(1, -(-len(rows) // PAGE)),
        query=urlencode(kept),
        links=_links(flow, indicator.id, words),
        vintage=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        source=flow.source.citation,
        population=words.of(flow.source.population),
        licence=flow.source.licence,
        notes=notes,
        invented=flow.source.invented,
        said_no=", ".join(strange),
    )


def _asked(flow: Dataflow, query: dict[str, str]) -> tuple[dict[int, int | None], list[str]]:
    """The position asked for in each dimension, None for all; and codes that do not exist.

    Without a word from the reader: the first indicator, the latest period, the first dimension
    open and the others at their total.
    """
    asked: dict[int, int | None] = {}
    strange = []
    last = len(flow.dimensions) - 1
    for j, dimension in enumerate(flow.dimensions):
        known = {code.id: position for position, code in enumerate(dimension.codes)}
        word = query.get(dimension.id, "")
        if word in known:
            asked[j] = known[word]
            continue
        if word and word != "*":
            strange.append(f"{dimension.id} = {word[:30]}")
        first = {0: 0, 1: 0, 2: 0, last: len(known) - 1}
        opened = word == "*" and j > 2
        asked[j] = first.get(j) if not opened and j in first else None
        if j not in first and not opened and j != 3:
            asked[j] = 0
    return asked, strange


def _matching(observations: Observations, asked: dict[int, int | None]) -> list[int]:
    inside = observations.key[:, 0] >= 0
    for j, position in asked.items():
        if position is not None:
            inside = inside & (observations.key[:, j] == position)
    rows: list[int] = inside.nonzero()[0].tolist()
    return rows


def _page_number(text: str, rows: int) -> int:
    pages = max(1, -(-rows // PAGE))
    return min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 9 else 1


def _row(observations: Observations, row: int, dims: list[int], words: Words) -> Row:
    flow = observations.dataflow
    position = observations.key[row].tolist()
    n = int(observations.n[row])
    return Row(
        labels=tuple(words.of(flow.dimensions[j].codes[position[j]].name) for j in dims),
        figure=shown(observations, row, words),
        n=words.number(n, 0) if n >= 0 else "",
        key=key_text(flow, position),
        period=flow.dimensions[-1].codes[position[-1]].id,
    )


def _fields(
    flow: Dataflow, observations: Observations, asked: dict[int, int | None], words: Words
) -> tuple[Field, ...]:
    """One field per dimension with more than one code that occurs."""
    fields = []
    for j, dimension in enumerate(flow.dimensions):
        present = sorted(set(observations.key[:, j].tolist()))
        if len(present) < 2:
            continue
        every = [Choice("*", words("every"), asked[j] is None)] if j > 2 else []
        choices = [
            Choice(dimension.codes[p].id, words.of(dimension.codes[p].name), asked[j] == p)
            for p in present
        ]
        fields.append(Field(dimension.id, words.of(dimension.name), tuple(every + choices)))
    return tuple(fields)


def _legend(lines: tuple[Row, ...], words: Words) -> tuple[tuple[str, str], ...]:
    present = sorted({line.figure.flag for line in lines if line.figure.flag})
    return tuple((flag, words(f"flag_{flag}")) for flag in present)


def _mark(figure: Shown, label: str) -> Mark:
    told = f"{figure.value} {figure.unit} ({figure.interval})"
    return Mark(label, figure.raw, figure.low, figure.high, told, figure.weak)


def _dots(
    observations: Observations, rows: list[int], dims: list[int], title: str, words: Words
) -> str:
    """A chart of up to 30 rows; longer tables are read as tables."""
    if not rows or len(rows) > 30:
        return ""
    lines = [_row(observations, row, dims, words) for row in rows]
    marks = [_mark(line.figure, " · ".join(line.labels) or words("total")) for line in lines]
    said = words("chart_says", count=len(marks))
    return dots(Chart(title, said, marks, words("withheld")), words)


def _course(
    observations: Observations, asked: dict[int, int | None], title: str, words: Words
) -> str:
    """The course over the periods of the first row, where there are several periods."""
    flow = observations.dataflow
    if len(flow.dimensions[-1].codes) < 2:
        return ""
    last = len(flow.dimensions) - 1
    fixed = {j: (0 if position is None else position) for j, position in asked.items() if j != last}
    rows = _matching(observations, {**fixed, last: None})
    if len(rows) < 2:
        return ""
    marks = [
        _mark(
            shown(observations, row, words),
            flow.dimensions[-1].codes[int(observations.key[row, -1])].id,
        )
        for row in rows
    ]
    label = " · ".join(
        words.of(flow.dimensions[j].codes[fixed[j]].name) for j in own_dimensions(flow) if fixed[j]
    )
    said = words("course_says", count=len(marks))
    return course(
        Chart(f"{title}{f' · {label}' if label else ''}", said, marks, words("withheld")), words
    )


def _headlines(manifest: Manifest, words: Words) -> tuple[tuple[str, str, str, str], ...]:
    """Name, published, computed, sign; NaN is "withheld"."""
    found = []
    for headline in manifest.headlines:
        decimals = 0 if headline.tolerance >= 0.5 else 1
        computed = headline.computed
        ours = words.number(computed, decimals) if computed == computed else words("withheld")
        sign = "=" if headline.matches else "≠"
        found.append((headline.name, words.number(headline.published, decimals), ours, sign))
    return tuple(found)


def _links(flow: Dataflow, indicator: str, words: Words) -> tuple[tuple[str, str], ...]:
    """Names and addresses of the same data for programs."""
    v2 = f"/sdmx/v2/data/dataflow/CAUCE/{flow.id}/{flow.version}/*.*.{indicator}"
    return (
        ("CSV", f"/{words.language}/tables/{flow.id}.csv"),
        ("SDMX-CSV 2.0", f"{v2}?format=csv"),
        ("SDMX-JSON 2.0", f"{v2}?format=json"),
        ("SDMX-ML 2.1", f"/sdmx/v1/data/CAUCE,{flow.id},{flow.version}/..{indicator}"),
    )

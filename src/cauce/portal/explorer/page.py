"""The page of one table: an indicator, its filters, its figures with their errors."""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.dataflow import Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.model.release import Headline
from cauce.model.rule import rule_in
from cauce.model.vintage import Manifest
from cauce.portal.asked import EVERY, FREQ, INDICATOR, Asked, asked_of, matching
from cauce.portal.chart import common_scale, strip
from cauce.portal.compare import questions
from cauce.portal.explorer.shelf import Shelf
from cauce.portal.figures import Figure, figure
from cauce.portal.forms import Choice, Field
from cauce.portal.links import (
    Link,
    address,
    compare_address,
    explain_address,
    quality_path,
    sdmx_links,
    table_path,
)
from cauce.portal.notes import notes
from cauce.portal.pages import Invented
from cauce.portal.pictures import Picture, courses, overview
from cauce.portal.words import Words
from cauce.store.keys import key_text

PAGE = 200


@dataclass(frozen=True)
class Row:
    """A line of the table: its labels, its figure, the page behind it and that of comparisons."""

    labels: tuple[str, ...]
    figure: Figure
    strip: str
    href: str
    compare: str


@dataclass(frozen=True)
class Pager:
    """Where we are among the parts of a long table; addresses are "" at the ends."""

    told: str
    previous: str
    next: str


@dataclass(frozen=True)
class PublishedFigure:
    """A figure of the office beside ours."""

    name: str
    published: str
    computed: str
    same: str


@dataclass(frozen=True)
class Vintages:
    """Which vintage is shown, when it was published, and the others that are kept."""

    shown: str
    published_at: str
    reason: str
    current: str
    others: tuple[Link, ...]


@dataclass(frozen=True)
class TablePage:
    """What templates/table.html is given, and nothing else."""

    title: str
    invented: Invented
    table_name: str
    definition: str
    unit: str
    vintage_asked: str
    fields: tuple[Field, ...]
    strange: str
    lead: Row | None
    lead_label: str
    picture: Picture | None
    courses: tuple[Picture, ...]
    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: int
    pager: Pager | None
    legend: tuple[tuple[str, str], ...]
    headlines: tuple[PublishedFigure, ...]
    files: tuple[Link, ...]
    programs: tuple[Link, ...]
    vintages: Vintages
    survey: str
    source: str
    population: str
    licence: str
    notes: tuple[str, ...]
    quality: str


def table_page(shelf: Shelf, query: Mapping[str, str], words: Words) -> TablePage:
    """The page for what a reader chose."""
    flow, observations = shelf.observations.dataflow, shelf.observations
    asked = asked_of(flow, query)
    rows = matching(observations, asked.positions)
    page, pages = _page_number(query.get("page", ""), len(rows))
    lines = _lines(shelf, rows[(page - 1) * PAGE : page * PAGE], asked.opened(flow), words)
    indicator = flow.indicators[asked.positions[INDICATOR] or 0]
    return TablePage(
        title=words.of(indicator.name),
        invented="all" if flow.source.invented else "",
        table_name=words.of(flow.name),
        definition=words.of(indicator.definition),
        unit=words.unit(indicator.unit),
        vintage_asked=shelf.vintage_asked,
        fields=_fields(observations, asked, words),
        strange=", ".join(asked.strange),
        lead=lines[0] if lines and page == 1 else None,
        lead_label=_lead_label(observations, rows, words),
        picture=overview(observations, rows, asked, words),
        courses=courses(observations, rows, asked, words),
        caption=_caption(flow, indicator, asked, words),
        heads=tuple(words.of(flow.dimensions[j].name) for j in asked.opened(flow)),
        rows=lines,
        columns=len(asked.opened(flow)) + 5,
        pager=_pager(shelf, asked, page, pages, len(rows), words),
        legend=_legend(lines, words),
        headlines=_headlines(shelf.manifest, words),
        files=_files(shelf, asked, words),
        programs=sdmx_links(
            flow, asked.positions, shelf.vintage_asked and shelf.manifest.published_at
        ),
        vintages=_vintages(shelf, words),
        survey=words.of(flow.source.name),
        source=flow.source.citation,
        population=words.of(flow.source.population),
        licence=rule_in(flow.source.licence, words.language),
        notes=notes(shelf.manifest, words),
        quality=_quality(shelf, words),
    )


def _quality(shelf: Shelf, words: Words) -> str:
    """The address of the quality report, "" if the vintage keeps none."""
    if shelf.manifest.quality is None:
        return ""
    path = quality_path(words.language, shelf.manifest.dataflow.id)
    return address(path, {"vintage": shelf.vintage_asked})


def _caption(flow: Dataflow, indicator: Indicator, asked: Asked, words: Words) -> str:
    """What the table is of: the indicator, its unit unless they are one word, the periods."""
    name, unit = words.of(indicator.name), words.unit(indicator.unit)
    codes, at = flow.dimensions[-1].codes, asked.positions[-1]
    periods = codes[at].id if at is not None else f"{codes[0].id}–{codes[-1].id}"
    return ", ".join((name, periods) if unit == name.lower() else (name, unit, periods))


def _page_number(text: str, rows: int) -> tuple[int, int]:
    pages = max(1, -(-rows // PAGE))
    readable = text.isascii() and text.isdecimal() and len(text) < 9
    return (min(max(int(text), 1), pages) if readable else 1), pages


def _lines(shelf: Shelf, rows: list[int], dims: tuple[int, ...], words: Words) -> tuple[Row, ...]:
    told = [figure(shelf.observations, row, words) for row in rows]
    axis = common_scale(told)
    return tuple(
        _line(shelf, row, dims, one, strip(one, axis), words)
        for row, one in zip(rows, told, strict=True)
    )


def _line(
    shelf: Shelf, row: int, dims: tuple[int, ...], told: Figure, drawn: str, words: Words
) -> Row:
    flow = shelf.observations.dataflow
    position = shelf.observations.key[row].tolist()
    period = flow.dimensions[-1].codes[position[-1]].id
    number = (words.language, flow.id, key_text(flow, position), period, shelf.vintage_asked)
    may_compare = told.raw is not None and questions(shelf.observations, row, words)
    return Row(
        labels=tuple(words.of(flow.dimensions[j].codes[position[j]].name) for j in dims),
        figure=told,
        strip=drawn,
        href=explain_address(*number),
        compare=compare_address(*number) if may_compare else "",
    )


def _lead_label(observations: Observations, rows: list[int], words: Words) -> str:
    """What the first figure is of, in all its dimensions."""
    if not rows:
        return ""
    return " · ".join(
        dict.fromkeys(
            words.of(dimension.codes[position].name)
            for dimension, position in list(
                zip(
                    observations.dataflow.dimensions,
                    observations.key[rows[0]].tolist(),
                    strict=True,
                )
            )[INDICATOR + 1 :]
        )
    )


def _fields(observations: Observations, asked: Asked, words: Words) -> tuple[Field, ...]:
    """One field per dimension with more than one code that occurs."""
    fields = []
    for j, dimension in enumerate(observations.dataflow.dimensions):
        present = sorted(set(observations.key[:, j].tolist()))
        if len(present) < 2 or j == FREQ:
            continue
        at = asked.positions[j]
        every = (Choice(EVERY, words("every"), at is None),) if j > INDICATOR else ()
        choices = tuple(
            Choice(dimension.codes[p].id, words.of(dimension.codes[p].name), at == p)
            for p in present
        )
        fields.append(Field(dimension.id, words.of(dimension.name), (*every, *choices)))
    return tuple(fields)


def _legend(lines: tuple[Row, ...], words: Words) -> tuple[tuple[str, str], ...]:
    """The flags that occur in the lines, each with what it means."""
    present = dict.fromkeys(flag for line in lines for flag in line.figure.flags)
    return tuple((words(f"flag_{flag}"), words(f"meaning_{flag}")) for flag in present)


def _pager(
    shelf: Shelf, asked: Asked, page: int, pages: int, rows: int, words: Words
) -> Pager | None:
    if pages < 2:
        return None
    flow = shelf.observations.dataflow
    kept = {**asked.query(flow), "vintage": shelf.vintage_asked}
    path = table_path(words.language, flow.id)
    return Pager(
        told=words("page_of", page=page, pages=pages, rows=words.number(rows, 0)),
        previous=address(path, {**kept, "page": str(page - 1)}) if page > 1 else "",
        next=address(path, {**kept, "page": str(page + 1)}) if page < pages else "",
    )


def _headlines(manifest: Manifest, words: Words) -> tuple[PublishedFigure, ...]:
    """Figures of the office beside ours, at the precision they published."""
    found = []
    for headline in manifest.headlines:
        digits = 0 if headline.tolerance >= 0.5 else 1
        ours = headline.computed
        found.append(
            PublishedFigure(
                rule_in(headline.name, words.language),
                words.number(headline.published, digits),
                words.number(ours, digits) if ours == ours else words("withheld"),
                _same(headline, words),
            )
        )
    return tuple(found)


def _same(headline: Headline, words: Words) -> str:
    """Whether ours is the same, and why not if the pack says so."""
    if headline.matches:
        return words("yes")
    because = rule_in(headline.because, words.language)
    return f"{words('no')}: {because}" if because else words("no")


def _files(shelf: Shelf, asked: Asked, words: Words) -> tuple[Link, ...]:
    flow: Dataflow = shelf.observations.dataflow
    path = table_path(words.language, flow.id)
    vintage = {"vintage": shelf.vintage_asked}
    return (
        Link(words("csv_view"), address(f"{path}.csv", {**asked.query(flow), **vintage})),
        Link(words("csv_whole"), address(f"{path}.csv", vintage)),
        Link(words("json_whole"), address(f"{path}.json", vintage)),
        *_compared_files(flow, vintage, words),
    )


def _compared_files(flow: Dataflow, vintage: dict[str, str], words: Words) -> tuple[Link, ...]:
    """The comparisons of the table, if it has any."""
    if not (flow.pairs or flow.wave_psus):
        return ()
    path = f"/{words.language}/compare/{flow.id}"
    return (
        Link(words("compared_csv"), address(f"{path}.csv", vintage)),
        Link(words("compared_json"), address(f"{path}.json", vintage)),
    )


def _vintages(shelf: Shelf, words: Words) -> Vintages:
    manifest = shelf.manifest
    path = table_path(words.language, manifest.dataflow.id)
    others = tuple(
        Link(name, address(path, {"vintage": name if name != shelf.current else ""}))
        for name in reversed(shelf.kept)
        if name != manifest.vintage
    )
    return Vintages(
        shown=manifest.vintage,
        published_at=words.moment(manifest.published_at),
        reason=manifest.reason,
        current=path if shelf.vintage_asked else "",
        others=others,
    )

"""The quality report of a wave as a page: on the portal, or alone as a file to print."""

from dataclasses import dataclass

from cauce.model.quality import FEW, Quality
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.portal.links import Link, address, quality_path, sims_path, table_path
from cauce.portal.pages import Invented
from cauce.portal.words import Words
from cauce.publish import Edition, quality_report
from cauce.publish.quality import Report
from cauce.publish.quality_grids import Cell, Grid


@dataclass(frozen=True)
class ShownGrid:
    """A table laid out: heads, and cells as text with the class they are set in."""

    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class ShownConcept:
    """A concept of the report; `empty` says that nothing is known of it."""

    code: str
    name: str
    said: tuple[str, ...]
    grids: tuple[ShownGrid, ...]
    empty: bool


@dataclass(frozen=True)
class QualityPage:
    """What templates/quality.html is given, and nothing else."""

    title: str
    invented: Invented
    survey: str
    period: str
    vintage: str
    concepts: tuple[ShownConcept, ...]
    table: Link | None = None
    periods: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()


def edition_of(manifest: Manifest, quality: Quality) -> Edition:
    """A published vintage as its report speaks of it."""
    return Edition(
        dataflow=manifest.dataflow,
        quality=quality,
        headlines=manifest.headlines,
        vintage=manifest.vintage,
        reason=manifest.reason,
        published_at=manifest.published_at,
        audited=manifest.audited,
    )


def chosen_period(quality: Quality, asked: str) -> str | None:
    """The wave a reader asked for, the latest if none; None if there is no such wave."""
    periods = sorted(wave.period for wave in quality.waves)
    if asked:
        return asked if asked in periods else None
    return periods[-1] if periods else None


def quality_page(report: Report, words: Words) -> QualityPage:
    """The report laid out, without links to anywhere."""
    return QualityPage(
        title=f"{words('quality')} · {report.period}",
        invented="all" if report.invented else "",
        survey=words.of(report.survey),
        period=report.period,
        vintage=report.vintage,
        concepts=tuple(
            ShownConcept(
                one.code,
                words.of(one.name),
                tuple(words.of(text) for text in one.said),
                tuple(_shown(grid, report.fewest, words) for grid in one.grids),
                one.empty,
            )
            for one in report.concepts
        ),
    )


def published_page(
    manifest: Manifest, quality: Quality, period: str, vintage_asked: str, words: Words
) -> QualityPage:
    """The page of a published report, with its other waves and its file."""
    page = quality_page(quality_report(edition_of(manifest, quality), period), words)
    flow, language = manifest.dataflow, words.language
    path = quality_path(language, flow.id)
    vintage = {"vintage": vintage_asked}
    return QualityPage(
        title=page.title,
        invented=page.invented,
        survey=page.survey,
        period=page.period,
        vintage=page.vintage,
        concepts=page.concepts,
        table=Link(words.of(flow.name), address(table_path(language, flow.id), vintage)),
        periods=tuple(
            Link(wave.period, address(path, {"period": wave.period, **vintage}))
            for wave in quality.waves
            if wave.period != period
        ),
        files=(
            Link("JSON", address(f"{path}.json", {"period": period, **vintage})),
            # The service has the set of the current vintage, and of the latest wave.
            *(() if vintage_asked else (Link("SDMX (SIMS)", sims_path(flow.id)),)),
        ),
    )


def _shown(grid: Grid, fewest: int, words: Words) -> ShownGrid:
    kinds = [column.kind for column in grid.columns]
    classes = ["" if kind in ("words", "unit") else "r" for kind in kinds]
    return ShownGrid(
        title=words.of(grid.title),
        heads=tuple(
            (words.of(column.name), css) for column, css in zip(grid.columns, classes, strict=True)
        ),
        rows=tuple(
            tuple(
                (_cell(value, kind, fewest, words), css)
                for value, kind, css in zip(row, kinds, classes, strict=True)
            )
            for row in grid.rows
        ),
    )


def _cell(value: Cell, kind: str, fewest: int, words: Words) -> str:
    if isinstance(value, Text):
        return words.of(value)
    if isinstance(value, str):
        return words.unit(value) if kind == "unit" else value
    if value != value:
        return "–"
    if kind == "count":
        return f"< {fewest}" if value == FEW else words.number(value, 0)
    if kind == "share":
        return f"{words.number(100 * value, 1)} %"
    return words.plain(value)

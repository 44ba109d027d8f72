"""The page of a table: what is chosen, its figures with their errors, and what to take along."""

from dataclasses import dataclass, replace
from functools import cached_property

from cauce.model.dataflow import PROJECTED
from cauce.model.difference import Differences
from cauce.model.rule import rule_in
from cauce.portal.asked import Wish
from cauce.portal.crumbs import topic_crumbs
from cauce.portal.explorer.behind import (
    PublishedFigure,
    Vintages,
    headlines,
    quality_address,
    vintages,
)
from cauce.portal.explorer.choices import layout_fields, period_fields
from cauce.portal.explorer.drawn import Drawn, drawn_of
from cauce.portal.explorer.facets import Facet, facets
from cauce.portal.explorer.found import Found, found_of, settled
from cauce.portal.explorer.heads import Grid, Pager, grid_of, pager
from cauce.portal.explorer.layout import Layout, layout_of
from cauce.portal.explorer.lines import Line, Teller, units
from cauce.portal.explorer.named import named
from cauce.portal.explorer.shelf import Shelf
from cauce.portal.explorer.takeaway import Takeaway, takeaway
from cauce.portal.explorer.view import View, view_of
from cauce.portal.forms import Field
from cauce.portal.links import Link
from cauce.portal.notes import notes, told_at
from cauce.portal.pages import Invented
from cauce.portal.programs import sdmx_links
from cauce.portal.said_by import said_by
from cauce.portal.words import Words


@dataclass(frozen=True)
class TableBody:
    """What templates/table_body.html is given: the numbers of a view."""

    caption: str
    grid: Grid
    lines: tuple[Line, ...]
    pager: Pager | None
    legend: tuple[tuple[str, str], ...]
    errors: str
    projected: bool
    drawn: Drawn
    compared: str
    list: bool
    asks: bool
    framed: bool


@dataclass(frozen=True)
class TablePage:
    """What templates/table.html is given, and nothing else."""

    title: str
    invented: Invented
    table_name: str
    crumbs: tuple[Link, ...]
    definitions: tuple[tuple[str, str], ...]
    unit: str
    hidden: tuple[tuple[str, str], ...]
    facets: tuple[Facet, ...]
    periods: tuple[Field, ...]
    last: str
    layout: tuple[Field, ...]
    strange: str
    lead: Line | None
    lead_label: str
    body: TableBody
    headlines: tuple[PublishedFigure, ...]
    take: Takeaway
    programs: tuple[Link, ...]
    vintages: Vintages
    survey: str
    source: str
    population: str
    licence: str
    notes: tuple[str, ...]
    told_at: Link | None
    quality: str


@dataclass(frozen=True)
class Looked:
    """A view with its rows; `differences` only if a test is asked for."""

    shelf: Shelf
    found: Found
    differences: Differences | None = None

    @cached_property
    def laid(self) -> Layout:
        """Lines and columns, for who wants them: a file of rows does not."""
        return layout_of(self.found)

    @property
    def view(self) -> View:
        return self.found.view


def table_page(looked: Looked, query: Wish, root: str, words: Words) -> TablePage:
    """The page for what a reader chose; `root` is the site's address."""
    shelf, found, flow = looked.shelf, looked.found, looked.shelf.flow
    body, told = table_body(looked, words), told_at(shelf.manifest, words)
    lead = body.lines[0] if body.list and body.lines and looked.view.page == 1 else None
    return TablePage(
        title=title_of(found, words),
        invented="all" if flow.source.invented else "",
        table_name=words.of(flow.name),
        crumbs=topic_crumbs(flow, words),
        definitions=_definitions(found, words),
        unit=words.unit(units(found)[0]) if len(units(found)) == 1 else "",
        hidden=_hidden(looked),
        facets=facets(found, query, words),
        periods=period_fields(found, words),
        last=str(looked.view.last or ""),
        layout=layout_fields(found, words),
        strange=", ".join(looked.view.strange),
        lead=lead,
        lead_label=_lead_label(looked, words) if lead else "",
        body=body,
        headlines=headlines(shelf.manifest, words),
        take=takeaway(shelf, looked.view, root, words),
        programs=_programs(looked),
        vintages=vintages(shelf, words),
        survey=words.of(flow.source.name),
        source=said_by(flow.source, words),
        population=words.of(flow.source.population),
        licence=rule_in(flow.source.licence, words.language),
        notes=() if told else notes(shelf.manifest, words),
        told_at=told,
        quality=quality_address(shelf, words),
    )


def _programs(looked: Looked) -> tuple[Link, ...]:
    shelf, view = looked.shelf, looked.view
    as_of = shelf.manifest.published_at if shelf.old else ""
    return sdmx_links(shelf.flow, view.asked.chosen, as_of, (view.start, view.end), view.last)


def looked_at(shelf: Shelf, query: Wish) -> Looked:
    """The view a page shows; what the reader left unsaid is moved to what exists."""
    view = settled(shelf.observations, view_of(shelf.flow, query), query)
    found = found_of(shelf.observations, replace(view, vintage=shelf.vintage_asked))
    return Looked(shelf, found)


def table_body(looked: Looked, words: Words, framed: bool = False) -> TableBody:
    """The numbers of a view, a page of them; `framed` in somebody else's page."""
    found, laid, view = looked.found, looked.laid, looked.view
    teller = Teller(looked.shelf, found, words, looked.differences)
    page = min(view.page, max(1, -(-len(laid.lines) // laid.page)))
    lines = teller.lines(laid, (page - 1) * laid.page)
    return TableBody(
        caption=_caption(found, words),
        grid=grid_of(found, laid, words),
        lines=lines,
        pager=pager(found, laid, page, words),
        legend=_legend(lines, words),
        errors=view.errors,
        projected=found.observations.dataflow.method.var_method == PROJECTED,
        drawn=drawn_of(found, laid, words),
        compared=_compared(found, words) if looked.differences is not None else "",
        list=laid.spread is None,
        asks=any(cell.compare for line in lines for cell in line.cells),
        framed=framed,
    )


def title_of(found: Found, words: Words) -> str:
    """The indicator that is shown; the table if there are several."""
    flow, chosen = found.observations.dataflow, found.view.asked.positions[2]
    return words.of(flow.name if chosen is None else flow.indicators[chosen].name)


def _definitions(found: Found, words: Words) -> tuple[tuple[str, str], ...]:
    """What is measured; of one indicator without its name, which is the title."""
    indicators, chosen = found.observations.dataflow.indicators, found.view.asked.chosen[2]
    if chosen is not None and len(chosen) == 1:
        return (("", words.of(indicators[chosen[0]].definition)),)
    shown = indicators if chosen is None else [indicators[at] for at in chosen]
    return tuple((words.of(i.name), words.of(i.definition)) for i in shown[:4])


def _hidden(looked: Looked) -> tuple[tuple[str, str], ...]:
    """What the form carries along without showing it: the order, and a vintage that is named."""
    view = looked.view
    sort = view.sort.text() if view.sort else ""
    return tuple((n, w) for n, w in (("sort", sort), ("vintage", view.vintage)) if w)


def _lead_label(looked: Looked, words: Words) -> str:
    """What the first figure is of, in all its dimensions; of which area, if there are several."""
    found, row = looked.found, int(looked.laid.grid[0, 0])
    position = found.observations.key[row].tolist()
    told = enumerate(zip(found.dimensions, position, strict=True))
    codes = [d.codes[at] for j, (d, at) in told if j > 2 or (j == 1 and len(d.codes) > 1)]
    return " · ".join(dict.fromkeys(named(code, found.view.labels, words) for code in codes))


def _caption(found: Found, words: Words) -> str:
    """What the table is of: the indicator, its unit unless they are one word, the periods."""
    name, told = title_of(found, words), units(found)
    unit = words.unit(told[0]) if len(told) == 1 else ""
    codes, view = found.dimensions[-1].codes, found.view
    shown = sorted(set(found.periods.tolist()))
    if not shown:
        periods = " – ".join(dict.fromkeys(p for p in (view.start, view.end) if p))
    else:
        periods = "–".join(dict.fromkeys((codes[shown[0]].id, codes[shown[-1]].id)))
    return ", ".join(part for part in (name, "" if unit == name.lower() else unit, periods) if part)


def _legend(lines: tuple[Line, ...], words: Words) -> tuple[tuple[str, str], ...]:
    """The flags that occur in the lines, each with what it means."""
    cells = (cell.figure for line in lines for cell in line.cells if cell.figure)
    present = dict.fromkeys(flag for told in cells for flag in told.flags)
    return tuple((words(f"flag_{flag}"), words(f"meaning_{flag}")) for flag in present)


def _compared(found: Found, words: Words) -> str:
    """What is tested, as the head of its column."""
    pairs = {pair.id: words.of(pair.name) for pair in found.observations.dataflow.pairs}
    return pairs.get(found.view.compare, words("compare_wave"))

"""The migration tables for the ILO: filled from a store, written, and read back.

shape = read_shape(region)
reply = fill_tables(snapshot, shape, Asked("XCA", "2025"))
write_tables(reply, snapshot, shape, path)
reply, faults = read_tables(path, shape)     opened in a limited process; with a fault
                                              nothing of it is to be used
mark_tables(path, faults, out)                the same workbook with every fault at its cell
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cauce.harmonise import availability
from cauce.harmonise.questionnaire import parse_questionnaire
from cauce.harmonise.replies import read_reply
from cauce.model.errors import BadInput
from cauce.model.reply import CellFault, Figure, RawSheet, Reply, Shape, Unreadable
from cauce.model.text import Text
from cauce.pipeline.packs import read_dictionary, read_pack
from cauce.publish.questionnaire.filling import Published, figure_at, fill
from cauce.publish.questionnaire.writing import workbook_of
from cauce.sources import read_questionnaire_folder
from cauce.sources.books.book import Broken, Grid, Mark
from cauce.sources.books.reading import mark_book, read_book
from cauce.store.keys import find
from cauce.store.snapshot import Snapshot

FOLDER = "ilms"
"""Where in a region the tables are declared."""


@dataclass(frozen=True)
class Asked:
    """Of which area and period; of one vintage or survey alone, if named."""

    area: str
    period: str
    vintage: str = ""
    survey: str = ""


def read_shape(region: Path) -> Shape:
    """The tables a region declares. Raises BadInput with all that is wrong with them."""
    dictionary, _ = read_dictionary(region)
    return parse_questionnaire(read_questionnaire_folder(region / FOLDER), dictionary)


def fill_tables(
    snapshot: Snapshot, shape: Shape, asked: Asked, lacking: Mapping[str, Text] | None = None
) -> Reply:
    """Every table the published figures fill, and why not the others.

    Raises:
        BadInput: nothing published is of that area and period.
    """
    published = tuple(_published(snapshot, asked))
    reply = fill(shape, published, asked.area, asked.period, lacking or {})
    if not any(_is_of(one, asked.area, asked.period) for one in published):
        raise BadInput(_nothing(published, asked))
    return reply


def _published(snapshot: Snapshot, asked: Asked) -> Iterable[Published]:
    """The current vintage of every dataflow, or the one that was asked for."""
    for current in snapshot.flows():
        flow = current.dataflow.id
        if asked.survey and asked.survey not in (current.survey, current.dataflow.source.survey):
            continue
        if asked.vintage and asked.vintage not in snapshot.vintages(flow):
            continue
        manifest = snapshot.manifest(flow, asked.vintage or None)
        yield Published(manifest, snapshot.observations(flow, manifest.vintage))


def _is_of(one: Published, area: str, period: str) -> bool:
    codes = {d.id: {code.id for code in d.codes} for d in one.observations.dataflow.dimensions}
    return area in codes.get("REF_AREA", ()) and period in codes.get("TIME_PERIOD", ())


def _nothing(published: tuple[Published, ...], asked: Asked) -> str:
    """Says what there is: of the area asked for, or of any if there is nothing of it."""
    all_there = sorted(
        {
            f"{area.id} {period.id}"
            for one in published
            for area in one.observations.dataflow.dimensions[1].codes
            for period in one.observations.dataflow.dimensions[-1].codes
        }
    )
    which = f" in vintage {asked.vintage}" if asked.vintage else ""
    which += f" by the survey {asked.survey}" if asked.survey else ""
    if not all_there:
        return f"Nothing was published{which}. `cauce vintages` lists what was."
    there = [one for one in all_there if one.startswith(f"{asked.area} ")] or all_there
    some = ", ".join(there[:12]) + (" …" if len(there) > 12 else "")
    return f"Nothing published{which} is of {asked.area} in {asked.period}. There is: {some}."


def lacking_of(pack: Path, region: Path) -> dict[str, Text]:
    """By ILOSTAT code, why a survey does not give an entry of the catalogue."""
    read = read_pack(pack, region)
    found: dict[str, Text] = {}
    for one in availability(read):
        if one.why is not None:
            breakdown = read.dictionary.breakdowns.get(one.id)
            indicator = read.dictionary.indicators[one.indicator]
            found[breakdown.ilostat if breakdown else indicator.ilostat] = one.why
            found.setdefault(one.id, one.why)
    return found


def tables_book(reply: Reply, snapshot: Snapshot, shape: Shape) -> bytes:
    """The workbook of a reply."""
    return workbook_of(reply, shape, _words(reply, snapshot, shape))


def _words(reply: Reply, snapshot: Snapshot, shape: Shape) -> dict[str, dict[str, Text]]:
    """The words of codes by axis; an open one has those of the dataflows too."""
    words = {name: {code.id: code.name for code in axis.codes} for name, axis in shape.axes.items()}
    traced = {
        (one.trace.flow, one.trace.vintage)
        for sheet in reply.sheets
        for one in sheet.figures
        if one.trace is not None
    }
    for flow, vintage in sorted(traced):
        for dimension in snapshot.manifest(flow, vintage).dataflow.dimensions:
            for name, axis in shape.axes.items():
                wanted = [v.replace("{AREA}", reply.area) for v in axis.variables]
                if axis.open and dimension.id in wanted:
                    for code in dimension.codes:
                        words[name].setdefault(code.id, code.name)
    return words


def read_tables(path: Path, shape: Shape) -> tuple[Reply, tuple[CellFault, ...]]:
    """The figures in a workbook, ours or another office's, and every fault at its cell.

    Raises:
        BadInput: the file is no workbook, or is dangerous or too large to open.
    """
    book = read_book(path)
    return read_reply([_raw(grid) for grid in book.grids], shape)


def _raw(grid: Grid) -> RawSheet:
    rows = {
        row: {
            column: Unreadable(cell.shown) if isinstance(cell, Broken) else cell
            for column, cell in cells.items()
        }
        for row, cells in grid.rows.items()
    }
    return RawSheet(grid.name, rows)


@dataclass(frozen=True)
class Changed:
    """A figure that is not what the store says at the place it names."""

    table: str
    figure: Figure
    stored: Figure


def changed(reply: Reply, snapshot: Snapshot) -> Iterator[Changed]:
    """The figures whose value or flag is another than that of the observation they name.

    Raises:
        BadInput: a dataflow, vintage or observation they name is not in the store.
    """
    for sheet in reply.sheets:
        for one in sheet.figures:
            if one.trace is None:
                continue
            flow, vintage = one.trace.flow, one.trace.vintage
            observations = snapshot.observations(flow, vintage)
            there = Published(snapshot.manifest(flow, vintage), observations)
            stored = figure_at(there, one.codes, find(observations, one.trace.key, ""))
            if (stored.value, stored.flag) != (one.value, one.flag):
                yield Changed(sheet.table, one, stored)


def mark_tables(path: Path, faults: Iterable[CellFault], out: Path) -> None:
    """Write the same workbook with each fault at its cell, and a sheet that lists them."""
    marks = [Mark(one.sheet, one.row, one.column, one.field, one.message) for one in faults]
    mark_book(path, marks, out)

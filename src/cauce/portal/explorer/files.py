"""A view as a file, in every format we write."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from cauce.model.arrays import Ints
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.portal.bounds import afford, sent
from cauce.portal.explorer.drawn import drawn_of, standalone
from cauce.portal.explorer.found import found_of
from cauce.portal.explorer.named import named
from cauce.portal.explorer.page import Looked, title_of
from cauce.portal.explorer.shelf import Shelf, shelf_of, wish_of
from cauce.portal.explorer.takeaway import held_pairs
from cauce.portal.explorer.view import file_view
from cauce.portal.figures import level
from cauce.portal.links import address
from cauce.portal.notes import notes
from cauce.portal.rights import refuse_whole
from cauce.portal.visit import Handler, Visit
from cauce.portal.words import Words
from cauce.publish import (
    SHEET_ROWS,
    Laid,
    Rows,
    csvw,
    json_stat,
    picked,
    plain_csv,
    plain_json,
    plain_parquet,
    plain_xlsx,
    view_metadata,
)
from cauce.publish.package import Packed, package_files, zipped

Parts = Iterable[bytes]
WEIGHED = {"zip": "json", "json": "json", "jsonstat": "json", "parquet": "parquet", "xlsx": "xlsx"}
"""What the rows of a format cost, as `bounds` weighs them; all others as CSV."""


@dataclass(frozen=True)
class Held:
    """A view to write: where it stands, the rows that answer it, and who asks."""

    looked: Looked
    at: Ints
    visit: Visit

    @cached_property
    def observations(self) -> Observations:
        return picked(self.shelf.observations, self.at)

    @property
    def rows(self) -> Rows:
        table = self.shelf.observations
        return Rows(table, self.at, self.visit.site.texts.beside(table))

    @property
    def shelf(self) -> Shelf:
        return self.looked.shelf

    def about(self) -> dict[str, str]:
        """What a file says of itself."""
        manifest, flow = self.shelf.manifest, self.shelf.flow
        return {
            "dataflow": flow.id,
            "vintage": manifest.vintage,
            "published_at": manifest.published_at,
            "source": flow.source.citation,
            "licence": rule_in(flow.source.licence, self.visit.language),
            "invented": str(flow.source.invented).lower(),
        }

    def csv_address(self) -> str:
        pairs = self.looked.view.pairs(self.shelf.flow)
        kept = [(n, w) for n, w in held_pairs(pairs) if n != "vintage" or self.shelf.vintage_asked]
        if self.looked.view.whole:
            codes = {dimension.id for dimension in self.shelf.flow.dimensions}
            kept = [(n, w) for n, w in kept if n not in codes]
        return address(f"{self.shelf.flow.id}.csv", kept)


@dataclass(frozen=True)
class File:
    """A kind of file a view can be had as; `shown` in the browser or else saved."""

    ending: str
    media_type: str
    write: Callable[[Held], Parts]
    shown: bool = False


def file(kind: File) -> Handler:
    """The view an address names as a file; all codes if it names none."""

    def answer(visit: Visit) -> Response:
        held = _held(visit, WEIGHED.get(kind.ending, "csv"))
        name = f"{held.shelf.flow.id}_{held.shelf.manifest.vintage}.{kind.ending}"
        headers = {} if kind.shown else {"Content-Disposition": f'attachment; filename="{name}"'}
        if kind.ending == "csv":
            beside = held.csv_address().replace(".csv", ".csv-metadata.json", 1)
            headers["Link"] = f'<{beside}>; rel="describedby"; type="application/csvm+json"'
        headers["Content-Type"] = kind.media_type
        return sent(iter(kind.write(held)), visit.request, headers)

    return answer


def _held(visit: Visit, form: str) -> Held:
    shelf = shelf_of(visit)
    found = found_of(shelf.observations, file_view(shelf.flow, wish_of(visit)))
    # A page can say that a code does not exist; a file can only hold nothing for it.
    rows = found.rows[:0] if found.view.asked.strange else found.rows
    looked = Looked(shelf, found)
    afford(shelf.manifest, shelf.observations, rows, form, visit.site.limits)
    refuse_whole(shelf.flow, len(rows), len(shelf.observations.value))
    return Held(looked, rows, visit)


def _svg(held: Held) -> Parts:
    found, words = held.looked.found, held.visit.words
    drawn = drawn_of(found, held.looked.laid, words)
    picture = drawn.side_by_side or drawn.over_time
    source = f"{held.shelf.flow.source.citation} · {held.shelf.manifest.vintage}"
    yield standalone(picture, title_of(found, words), words("no_picture"), source).encode()


def _xlsx(held: Held) -> Parts:
    words, view = held.visit.words, held.looked.view
    if len(held.looked.found.rows) > SHEET_ROWS:
        raise HTTPException(413)
    laid = _laid(held.looked, words) if view.columns is not None else None
    names = words("sheet_data"), words("sheet_notes")
    labels = view.labels or "both"
    at = datetime.fromisoformat(held.shelf.manifest.published_at)
    told = held.observations, words.language, labels, _notes(held, words), names, at
    return plain_xlsx(*told, laid)


def _laid(looked: Looked, words: Words) -> Laid:
    """The table as the page lays it out, with all its lines and columns."""
    laid, found = looked.laid, looked.found
    dimensions, labels = found.dimensions, found.view.labels
    spread = dimensions[laid.spread or 0]
    heads = (
        *(words.of(dimensions[j].name) for j in laid.heads),
        *(named(spread.codes[at], labels, words) for at in laid.columns.tolist()),
    )

    def lines() -> Iterator[Sequence[str | float | None]]:
        for at, rows in zip(laid.lines.tolist(), laid.grid.tolist(), strict=True):
            told = (
                named(dimensions[j].codes[code], labels, words)
                for j, code in zip(laid.heads, at, strict=True)
            )
            numbers = (float(found.observations.value[row]) if row >= 0 else None for row in rows)
            yield (*told, *numbers)

    return Laid(words("sheet_table"), heads, lines())


def _notes(held: Held, words: Words) -> list[tuple[str, str]]:
    """Source, vintage, definitions and flags, for the sheet of notes."""
    manifest, flow = held.shelf.manifest, held.shelf.flow
    flags = ("weak", "imprecise", "confidential", "impossible", "break", "forecast")
    invented = [(words("invented_short"), words("invented_long"))] if flow.source.invented else []
    return [
        *invented,
        (words("table"), f"{words.of(flow.name)} ({flow.id})"),
        (words("survey"), words.of(flow.source.name)),
        (words("population"), words.of(flow.source.population)),
        (words("source"), flow.source.citation),
        (words("licence"), rule_in(flow.source.licence, words.language)),
        (words("vintage"), manifest.vintage),
        (words("published_at"), words.moment(manifest.published_at)),
        *((words.of(i.name), words.of(i.definition)) for i in flow.indicators),
        ("CI_LOW, CI_HIGH", words("errors_words_80" if level(flow) == "80" else "errors_words")),
        *((words(f"flag_{flag}"), words(f"meaning_{flag}")) for flag in flags),
        *((words("notes"), note) for note in notes(manifest, words)),
    ]


def _parquet(held: Held) -> Parts:
    labels = held.looked.view.labels or "both"
    yield plain_parquet(held.observations, held.visit.language, labels, held.about())


def _json_stat(held: Held) -> Parts:
    return json_stat(held.observations, held.shelf.manifest, held.visit.language)


def _csvw(held: Held) -> Parts:
    labels = held.looked.view.labels or "both"
    told = held.observations, held.shelf.manifest, held.visit.language, labels
    yield bytes(JSONResponse(csvw(*told, held.csv_address())).body)


def _metadata(held: Held) -> Parts:
    told = view_metadata(held.observations, held.shelf.manifest, held.visit.language)
    yield bytes(JSONResponse(told).body)


def _csv(held: Held) -> Parts:
    return plain_csv(held.rows, held.visit.language, held.looked.view.labels or "both")


def _zip(held: Held) -> Parts:
    """The view as a Data Package: its rows, what the columns hold, the words of the codes."""
    manifest, visit = held.shelf.manifest, held.visit
    part = len(held.at) < len(held.shelf.observations.value)
    packed = Packed(manifest, lambda: held.rows, part)
    homepage = f"{visit.root}/{visit.language}/tables/{held.shelf.flow.id}"
    return zipped(package_files([packed], manifest.dataflow.name, visit.language, homepage))


def _json(held: Held) -> Parts:
    return plain_json(held.rows, held.visit.language)


BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = (
    File("csv-metadata.json", "application/csvm+json", _csvw, shown=True),
    File("metadata.json", "application/json", _metadata, shown=True),
    File("csv", "text/csv; charset=utf-8", _csv),
    File("json", "application/json", _json),
    File("xlsx", BOOK, _xlsx),
    File("parquet", "application/vnd.apache.parquet", _parquet),
    File("zip", "application/zip", _zip),
    File("svg", "image/svg+xml", _svg, shown=True),
    File("jsonstat", "application/json", _json_stat, shown=True),
)

"""A brief on two sheets: a head with the numbers to be seen first, two columns, and a foot."""

import io
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from cauce.publish.brief.blocks import MEASURES, QUIET, WATER, Column, Measure
from cauce.publish.brief.told import Brief, Tile
from cauce.publish.charts.look import DAY
from cauce.publish.fonts import BOLD, REGULAR, letters, printable

SIZES: Mapping[str, tuple[float, float]] = {"letter": LETTER, "a4": A4}
PAPERS = tuple(SIZES)
"""The sheets a brief can be printed on, the one of most of the region first."""
PAGES = 2
SIDE, GUTTER, FOOT = 34.0, 16.0, 40.0
HEAD, TILES, LATER = 74.0, 68.0, 30.0
"""Heights: of the band on the first page, of the numbers below it, of the line on the second."""
DEEP, SAND = HexColor(DAY["c5"]), HexColor("#e7a27e")


def brief_pdf(brief: Brief, paper: str = PAPERS[0], site: str = "") -> bytes:
    """The brief as PDF, two pages at most; the same brief gives the same bytes.

    Args:
        paper: one of PAPERS.
        site: where the portal is, such as https://example.org; without it there are no links and
            no square to scan.
    """
    letters()
    printer = _Printer(brief, SIZES[paper], site)
    # Smaller measures take no more pages: the first that fits is found by halving.
    fits = bisect_left(MEASURES, True, key=lambda each: printer.printed(each, PAGES)[1] <= PAGES)
    measure = MEASURES[min(fits, len(MEASURES) - 1)]
    content, pages = printer.printed(measure, PAGES)
    if brief.missing and pages == PAGES:
        # What is missing stands in a column of its own where one is left over.
        other, many = printer.printed(measure, PAGES, apart=True)
        content = other if many == PAGES else content
    if pages != PAGES:
        content, _ = printer.printed(measure, pages)
    return content


@dataclass(frozen=True)
class _Printer:
    """Prints a brief on sheets of a size."""

    brief: Brief
    size: tuple[float, float]
    site: str

    def printed(self, measure: Measure, pages: int, apart: bool = False) -> tuple[bytes, int]:
        """The brief at a measure, told to have so many pages; and how many it has."""
        brief, sheet = self.brief, _Sheet(self.brief, self.size, self.site, pages)
        target = io.BytesIO()
        document = BaseDocTemplate(
            target,
            pagesize=self.size,
            title=printable(f"{brief.labels['c_brief']}: {brief.title}"),
            author="Cauce",
            subject=printable(brief.lead),
            lang=brief.language,
            invariant=1,
            pageCompression=1,
        )
        document.addPageTemplates([sheet.template("first"), sheet.template("later")])
        column = Column(brief, sheet.column, measure, self.site)
        document.build(list(column.blocks(apart)))
        return target.getvalue(), document.page


@dataclass(frozen=True)
class _Sheet:
    """Draws what surrounds the columns of a page."""

    brief: Brief
    size: tuple[float, float]
    site: str
    pages: int

    @property
    def column(self) -> float:
        return (self.size[0] - 2 * SIDE - GUTTER) / 2

    def template(self, name: str) -> PageTemplate:
        """Two columns below the head of the first page or the line of a later one."""
        top = HEAD + (TILES if self.brief.tiles else 0) + 28 if name == "first" else LATER + 10
        height = self.size[1] - top - FOOT
        frames = [
            Frame(
                SIDE + i * (self.column + GUTTER),
                FOOT,
                self.column,
                height,
                leftPadding=0,
                rightPadding=0,
                topPadding=0,
                bottomPadding=0,
            )
            for i in (0, 1)
        ]
        draw = self._first if name == "first" else self._later
        return PageTemplate(name, frames, onPage=draw, autoNextPageTemplate="later")

    def _first(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setViewerPreference("DisplayDocTitle", "true")
        wide, high = self.size
        canvas.setFillColor(DEEP)
        canvas.rect(0, high - HEAD, wide, HEAD, stroke=0, fill=1)
        canvas.setFillColor(SAND)
        canvas.rect(0, high - HEAD, wide, 3, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 8.5)
        canvas.drawString(SIDE, high - 24, printable(f"CAUCE · {self.brief.labels['c_brief']}"))
        room = wide - 2 * SIDE - (58 if self.site else 0)
        self._title(canvas, high - 52, room)
        if self.site:
            self._square(canvas, wide - SIDE - 54, high - HEAD + 10)
        self._tiles(canvas, high - HEAD - 12)
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 7.0)
        below = high - HEAD - (TILES if self.brief.tiles else 0) - 12
        for line, text in enumerate(_lines(canvas, self.brief.lead, 7.0, wide - 2 * SIDE)[:2]):
            canvas.drawString(SIDE, below - 9 * line, text)
        self._foot(canvas, document)

    def _title(self, canvas: Canvas, y: float, room: float) -> None:
        """Origin, an arrow that is drawn, destination; smaller if the names are long."""
        origin, _, destination = printable(self.brief.title).partition(" › ")
        size = 25.0
        while size > 12 and self._length(canvas, origin, destination, size) > room:
            size -= 1
        canvas.setFont(BOLD, size)
        canvas.drawString(SIDE, y, origin)
        start = SIDE + canvas.stringWidth(origin, BOLD, size) + 0.4 * size
        middle, end = y + 0.36 * size, start + 1.2 * size
        canvas.setStrokeColor(SAND)
        canvas.setLineWidth(0.09 * size)
        canvas.setLineCap(1)
        canvas.line(start, middle, end, middle)
        for up in (0.24, -0.24):
            canvas.line(end - 0.3 * size, middle + up * size, end, middle)
        canvas.drawString(end + 0.4 * size, y, destination)

    @staticmethod
    def _length(canvas: Canvas, origin: str, destination: str, size: float) -> float:
        both = canvas.stringWidth(origin + destination, BOLD, size)
        return float(both) + 2 * size

    def _square(self, canvas: Canvas, x: float, y: float) -> None:
        """What a telephone reads to open the page."""
        canvas.setFillColor(white)
        canvas.rect(x, y, 54, 54, stroke=0, fill=1)
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(self.site + self.brief.path)
        code.make()
        modules = code.modules
        step = 54 / (len(modules) + 4)
        canvas.setFillColor(black)
        for down, line in enumerate(modules):
            for across, dark in enumerate(line):
                if dark:
                    place = x + (across + 2) * step, y + 54 - (down + 3) * step
                    canvas.rect(*place, step, step, stroke=0, fill=1)
        canvas.linkURL(self.site + self.brief.path, (x, y, x + 54, y + 54))

    def _tiles(self, canvas: Canvas, top: float) -> None:
        tiles = self.brief.tiles
        step = (self.size[0] - 2 * SIDE) / max(len(tiles), 1)
        for i, tile in enumerate(tiles):
            self._tile(canvas, tile, SIDE + i * step, top, step - 10)

    @staticmethod
    def _tile(canvas: Canvas, tile: Tile, x: float, top: float, room: float) -> None:
        canvas.setFillColor(QUIET)
        canvas.setFont(BOLD, 6.6)
        name = _lines(canvas, tile.name, 6.6, room, BOLD)[:2]
        for line, text in enumerate(name):
            canvas.drawString(x, top - 6 - 7.6 * (line + 2 - len(name)), text)
        number, size = printable(tile.number), 19.0
        while size > 8 and canvas.stringWidth(number, BOLD, size) > room:
            size -= 0.5
        canvas.setFillColor(WATER)
        canvas.setFont(BOLD, size)
        canvas.drawString(x, top - 33, number)
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 6.2)
        for line, text in enumerate(_lines(canvas, tile.note, 6.2, room)[:3]):
            canvas.drawString(x, top - 43 - 7.5 * line, text)

    def _later(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        wide, high = self.size
        canvas.setFillColor(DEEP)
        canvas.rect(0, high - LATER + 8, wide, LATER - 8, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 8.5)
        told = f"CAUCE · {self.brief.labels['c_brief']} · {self.brief.title}"
        canvas.drawString(SIDE, high - 15, printable(told))
        self._foot(canvas, document)

    def _foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        wide = self.size[0]
        canvas.setStrokeColor(WATER)
        canvas.setLineWidth(0.8)
        canvas.line(SIDE, FOOT - 8, wide - SIDE, FOOT - 8)
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 6.6)
        labels = self.brief.labels
        address = f"{labels['c_online']} {self.site}{self.brief.path}"
        canvas.drawString(SIDE, FOOT - 17, printable(address))
        below = [self.brief.state, *([labels["invented_short"]] if self.brief.invented else [])]
        canvas.drawString(SIDE, FOOT - 26, printable(" ".join(below)))
        page = labels["c_page"].format(page=document.page, pages=self.pages)
        canvas.drawRightString(wide - SIDE, FOOT - 17, printable(page))
        if self.site:
            address_wide = canvas.stringWidth(printable(address), REGULAR, 6.6)
            where = (SIDE, FOOT - 20, SIDE + address_wide, FOOT - 10)
            canvas.linkURL(self.site + self.brief.path, where)


def _lines(canvas: Canvas, text: str, size: float, room: float, font: str = REGULAR) -> list[str]:
    """A text broken where the room ends."""
    found = [""]
    for word in printable(text).split(" "):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and canvas.stringWidth(longer, font, size) > room:
            found.append(word)
        else:
            found[-1] = longer
    return found

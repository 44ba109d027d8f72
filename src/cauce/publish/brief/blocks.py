"""The pieces of a brief as blocks that fill columns: words, pictures, small tables, sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    Flowable,
    FrameBreak,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from cauce.publish.brief.told import Basis, Brief, Contrasts, Grid, Item, Missing, Number, Section
from cauce.publish.charts.drawing import Drawing
from cauce.publish.charts.look import DAY
from cauce.publish.charts.paper import height_of, put
from cauce.publish.fonts import BOLD, ITALIC, REGULAR, printable

INK, QUIET, WATER, STONE, LINE = (
    HexColor(DAY[name]) for name in ("ink", "quiet", "water", "stone", "line")
)
MOST_TABLE = 7.8
"""Points: letters of a table are no larger, so that a number and its n stand in one line."""
DRAWN = 540.0
"""Pictures are drawn so wide, in their own units, and put into a column."""


@dataclass(frozen=True)
class Measure:
    """How much of a brief there is room for: the size of letters in points, pictures and items of
    a section at most, whether notes and the small tables below pictures are printed.
    """

    size: float
    pictures: int
    items: int
    notes: bool = True
    grids: bool = False


MEASURES = (
    Measure(9.2, 3, 12, grids=True),
    Measure(9.2, 3, 12),
    Measure(8.6, 3, 12),
    Measure(8.0, 3, 10),
    Measure(7.6, 3, 8),
    Measure(7.2, 3, 6),
    Measure(7.6, 2, 8),
    Measure(7.2, 2, 6),
    Measure(7.0, 2, 5),
    Measure(7.0, 1, 4),
    Measure(7.0, 1, 3, notes=False),
)
"""Tried in turn until two pages hold all; the page on line has everything whole."""


class Chart(Flowable):
    """A drawing as wide as its column."""

    def __init__(self, drawing: Drawing, width: float) -> None:
        super().__init__()
        self.drawing, self.width, self.height = drawing, width, height_of(drawing, width)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        put(self.drawing, self.canv, 0, self.height, self.width)


@dataclass(frozen=True)
class Column:
    """Makes blocks for a column of a width, at a measure; `site` starts every address."""

    brief: Brief
    width: float
    measure: Measure
    site: str

    def blocks(self, apart: bool) -> Iterator[Flowable]:
        """All pieces in order, then what is missing; `apart`, in a column of its own."""
        for section in self.brief.sections:
            yield from self._section(section)
        if apart:
            yield FrameBreak()
        yield from self._missing(self.brief.missing)

    def _section(self, section: Section) -> Iterator[Flowable]:
        """What belongs together stays in one column: a title with its picture, a source with what
        it is the source of.
        """
        opening = [self._words(section.title, 1.32, BOLD, WATER, before=5)]
        if section.lead:
            opening.append(self._words(section.lead, after=2))
        pictures = list(self._pictures(section))
        tail = list(self._tail(section))
        parts = [[*opening, *(pictures[0] if pictures else ())], *pictures[1:]]
        middle = list(self._middle(section))
        if not middle:
            parts[-1] += tail
        yield from (KeepTogether(each) for each in parts)
        yield from middle
        if middle:
            yield KeepTogether(tail)
        yield Spacer(1, 5)

    def _middle(self, section: Section) -> Iterator[Flowable]:
        """What may go on in the next column: tables, records."""
        # Where several pictures show the shares, the tables of them are left to the page.
        for each in section.contrasts if len(section.pictures) < 2 else ():
            yield self._contrasts(each)
        for item in section.items[: self.measure.items]:
            yield self._item(item)
        left = len(section.items) - self.measure.items
        if left > 0:
            yield self._words(self.brief.labels["c_cut"].format(count=left), 0.86, colour=QUIET)
        for grid in section.grids if self.measure.grids else ():
            yield self._grid(grid)

    def _tail(self, section: Section) -> Iterator[Flowable]:
        if self.measure.notes:
            yield from (self._words(n, 0.82, ITALIC, QUIET, before=1) for n in section.notes)
        yield from (self._basis(basis) for basis in section.bases)

    def _grid(self, grid: Grid) -> Flowable:
        """A small table: its caption, its heads, its rows."""
        caption = [self._words(grid.caption, 0.8, colour=QUIET, before=3)]
        heads = [self._words(each, 0.78, BOLD, QUIET) for each in grid.heads]
        rows = [[self._words(cell, 0.84) for cell in row] for row in grid.rows]
        blank = [""] * (len(heads) - 1)
        widths = [self.width / len(heads)] * len(heads)
        return Table(
            [[*caption, *blank], heads, *rows], colWidths=widths, repeatRows=2, style=_RULES
        )

    def _pictures(self, section: Section) -> Iterator[list[Flowable]]:
        for picture in section.pictures[: self.measure.pictures]:
            drawing = picture.draw(DRAWN)
            if drawing is not None:
                title = self._words(picture.reading, 0.9, BOLD, before=3, after=2)
                yield [title, Chart(drawing, self.width)]

    def _contrasts(self, found: Contrasts) -> Flowable:
        """Figure, natives, movers with the interval, and the verdict in words."""
        return self._smaller(MOST_TABLE)._rows(found)

    def _smaller(self, size: float) -> "Column":
        return replace(self, measure=replace(self.measure, size=min(self.measure.size, size)))

    def _rows(self, found: Contrasts) -> Flowable:
        labels = self.brief.labels
        heads = [labels["c_figure"], found.natives, found.movers, labels["c_differs"]]
        rows: list[list[Paragraph | list[Paragraph]]] = [
            [self._words(each, 0.8, BOLD, QUIET) for each in heads]
        ]
        for line in found.lines:
            own = "" if found.common_unit else line.unit
            unit = f' <font color="{DAY["quiet"]}">{_safe(own)}</font>'
            verdict = self._words(labels[f"c_{line.verdict}"], 0.88, BOLD, _tone(line.verdict))
            told = line.difference or line.why
            rows.append(
                [
                    self._marked(f"{_safe(line.name)}{unit}", 0.88),
                    self._number(line.natives),
                    self._number(line.movers),
                    [verdict, self._words(told, 0.74, colour=QUIET)],
                ]
            )
        widths = [self.width * share for share in (0.27, 0.2, 0.2, 0.33)]
        of = " · ".join(each for each in (found.caption, found.common_unit) if each)
        caption = [self._words(of, 0.8, colour=QUIET, before=3), "", "", ""]
        return Table([caption, *rows], colWidths=widths, repeatRows=2, style=_RULES)

    def _number(self, number: Number) -> list[Paragraph]:
        if not number.told:
            return [self._words(number.why, 0.8, ITALIC, QUIET)]
        size = 0.74 * self.measure.size
        n = f' <font size="{size:.1f}" color="{DAY["quiet"]}">n {number.n}</font>'
        flags = f" <i>{_safe(number.why)}</i>" if number.why else ""
        return [
            self._marked(f"<b>{_safe(number.told)}</b>{n if number.n else ''}{flags}", 0.92),
            self._words(number.interval.replace(" – ", "–"), 0.74, colour=QUIET),
        ]

    def _item(self, item: Item) -> Flowable:
        title = self._linked(item.title, item.href)
        return self._marked(f"<b>{title}</b> {_safe(item.told)}", 0.92, before=1)

    def _basis(self, basis: Basis) -> Flowable:
        """What stands under the figures: source, table, period, vintage, day, rights."""
        labels = self.brief.labels
        published = labels["c_published"].format(day=basis.published)
        told = [
            f"{labels['source']}: {_safe(basis.source.rstrip('.'))}. "
            f"{self._linked(basis.name, basis.href)}{f', {basis.period}' if basis.period else ''}.",
            f"{labels['vintage']} {_safe(basis.vintage)}, {_safe(published)}.",
            _safe(basis.licence),
        ]
        return self._marked(" ".join(told), 0.74, QUIET, before=1)

    def _missing(self, missing: Sequence[Missing]) -> Iterator[Flowable]:
        if not missing:
            return
        labels = self.brief.labels
        inside = [
            self._words(labels["c_missing"], 1.2, BOLD, STONE),
            self._words(labels["c_missing_text"], 0.86, colour=QUIET, after=2),
            *(
                self._marked(f"<b>{_safe(each.name)}.</b> {_safe(each.needs)}", 0.86, before=1)
                for each in missing
            ),
        ]
        frame = TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.8, STONE, None, (3, 2)),
                ("LEFTPADDING", (0, 0), (-1, -1), 7),
                ("RIGHTPADDING", (0, 0), (-1, -1), 7),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
        yield Table([[inside]], colWidths=[self.width], style=frame)

    def _linked(self, text: str, href: str) -> str:
        if not (self.site and href):
            return _safe(text)
        return f'<a href="{escape(self.site + href, {chr(34): "&quot;"})}">{_safe(text)}</a>'

    def _words(
        self,
        text: str,
        factor: float = 1.0,
        font: str = REGULAR,
        colour: Color = INK,
        before: float = 0,
        after: float = 0,
    ) -> Paragraph:
        return self._marked(_safe(text), factor, colour, font, before, after)

    def _marked(
        self,
        markup: str,
        factor: float = 1.0,
        colour: Color = INK,
        font: str = REGULAR,
        before: float = 0,
        after: float = 0,
    ) -> Paragraph:
        size = self.measure.size * factor
        style = ParagraphStyle(
            "words",
            fontName=font,
            fontSize=size,
            leading=size * 1.25,
            textColor=colour,
            spaceBefore=before,
            spaceAfter=after,
        )
        return Paragraph(markup, style)


def _safe(text: str) -> str:
    return escape(printable(text))


def _tone(verdict: str) -> Color:
    return STONE if verdict in ("higher", "lower") else INK


_RULES = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
        ("SPAN", (0, 0), (-1, 0)),
        ("LINEBELOW", (0, 1), (-1, 1), 0.9, WATER),
        ("LINEBELOW", (0, 2), (-1, -1), 0.35, LINE),
    ]
)

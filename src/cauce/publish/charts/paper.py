"""A drawing on paper: the same marks as on a page, by day, as vectors and words of a PDF."""

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Line, Mark, Shape
from cauce.publish.charts.look import DAY, Ink, look
from cauce.publish.fonts import BOLD, REGULAR, printable

PAPER = HexColor("#ffffff")
NARROWER = 0.92
"""Bold letters of Vera are wider than those of screens: so much smaller they take the same room."""
VEIL = 0.75
"""How much the paper covers what lies behind words."""


def put(drawing: Drawing, canvas: Canvas, left: float, top: float, width: float) -> float:
    """Draw with the upper left corner at a place, as wide as told; returns the height it took."""
    sheet = _Sheet(canvas, left, top, width / drawing.width)
    for mark in drawing.marks:
        sheet.draw(mark)
    return drawing.height * sheet.factor


def height_of(drawing: Drawing, width: float) -> float:
    return drawing.height * width / drawing.width


class _Sheet:
    """Where units of a drawing lie on paper, whose y grows upwards."""

    def __init__(self, canvas: Canvas, left: float, top: float, factor: float) -> None:
        self.canvas, self.left, self.top, self.factor = canvas, left, top, factor

    def draw(self, mark: Mark) -> None:
        ink = look(mark.kind)
        self.canvas.saveState()
        if isinstance(mark, Label):
            self._words(mark, ink)
        else:
            fill, stroke = self._inked(ink, isinstance(mark, Line))
            self._shape(mark, fill, stroke)
        self.canvas.restoreState()

    def _shape(self, mark: Line | Box | Dot | Shape, fill: int, stroke: int) -> None:
        x, y, f = self._x, self._y, self.factor
        match mark:
            case Line(x1, y1, x2, y2):
                self.canvas.line(x(x1), y(y1), x(x2), y(y2))
            case Box(left, top, width, height):
                self.canvas.rect(
                    x(left), y(top + height), width * f, height * f, stroke=stroke, fill=fill
                )
            case Dot(across, down, radius):
                self.canvas.circle(x(across), y(down), radius * f, stroke=stroke, fill=fill)
            case Shape(rings, _, closed):
                path = self.canvas.beginPath()
                for ring in rings:
                    path.moveTo(x(ring[0][0]), y(ring[0][1]))
                    for across, down in ring[1:]:
                        path.lineTo(x(across), y(down))
                    if closed:
                        path.close()
                self.canvas.drawPath(path, stroke=stroke, fill=fill if closed else 0, fillMode=0)

    def _words(self, label: Label, ink: Ink) -> None:
        text = printable(label.text)
        size = ink.size * self.factor * (NARROWER if ink.bold else 1.0)
        font = BOLD if ink.bold else REGULAR
        width = self.canvas.stringWidth(text, font, size)
        x = self._x(label.x) - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
        y = self._y(label.y)
        # So that a line behind the words does not strike them out.
        self.canvas.setFillColor(PAPER)
        self.canvas.setFillAlpha(VEIL)
        self.canvas.rect(x, y - 0.15 * size, width, 0.95 * size, stroke=0, fill=1)
        self.canvas.setFillAlpha(1)
        self.canvas.setFillColor(_colour(ink.fill))
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def _inked(self, ink: Ink, line: bool) -> tuple[int, int]:
        """Set what a mark is drawn with; whether it is filled and stroked."""
        fill = not line and ink.fill not in ("", "none")
        stroke = bool(ink.stroke)
        if fill:
            self.canvas.setFillColor(_colour(ink.fill))
        if stroke:
            self.canvas.setStrokeColor(_colour(ink.stroke))
            self.canvas.setLineWidth(max(ink.width, 1.0) * self.factor)
        if ink.dash:
            self.canvas.setDash([float(x) * self.factor for x in ink.dash.split()])
        if ink.opacity:
            self.canvas.setFillAlpha(ink.opacity)
            self.canvas.setStrokeAlpha(ink.opacity)
        return int(fill), int(stroke)

    def _x(self, x: float) -> float:
        return self.left + x * self.factor

    def _y(self, y: float) -> float:
        return self.top - y * self.factor


def _colour(name: str) -> Color:
    """A colour of the day; the paper of a page is warm, that of a printer is white."""
    return PAPER if name == "paper" else HexColor(DAY.get(name, DAY["ink"]))

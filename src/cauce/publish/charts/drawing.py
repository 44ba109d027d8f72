"""What a chart is made of: marks at places, said in words too; the paper they go on comes later."""

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Line:
    """A straight line. `kind` names what it stands for: axis, grid, interval, course."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True)
class Box:
    """A rectangle from its upper left corner; `told` is read when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    told: str = ""


@dataclass(frozen=True)
class Dot:
    """A point with a radius."""

    x: float
    y: float
    radius: float
    kind: str
    told: str = ""


@dataclass(frozen=True)
class Shape:
    """A line through points, or an area if it is `closed`; an area may have several `rings`."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    kind: str
    closed: bool = False
    told: str = ""


@dataclass(frozen=True)
class Label:
    """Words at a place, their baseline at y."""

    x: float
    y: float
    text: str
    kind: str
    anchor: Anchor = "start"


Mark = Line | Box | Dot | Shape | Label


@dataclass(frozen=True)
class Drawing:
    """A picture of `width` by `height` units, y growing downwards.

    `title` names it and `description` says what it shows, for who cannot see it. An `elastic` one
    may be stretched in width: places move, while words, dots and heights keep their size.
    """

    width: float
    height: float
    title: str
    description: str
    marks: tuple[Mark, ...]
    elastic: bool = False

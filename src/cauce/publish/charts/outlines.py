"""The outlines of the Americas, as `tools/outlines.py` cut them: offline, in the package."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Outline:
    """One country or territory: a point well inside it, and its rings; none if it is too small."""

    x: float
    y: float
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Outlines:
    """All of the region, and Central America with the Caribbean `near`, by alpha-3 code.

    `inset` is where the latter stand: left, top, width, height.
    """

    width: float
    height: float
    inset: tuple[float, float, float, float]
    whole: dict[str, Outline]
    near: dict[str, Outline]


@cache
def outlines() -> Outlines:
    """The outlines, read once."""
    text = files("cauce.publish.charts").joinpath("outlines.json").read_text("utf-8")
    read = json.loads(text)
    left, top, wide, high = read["inset"]
    return Outlines(
        width=read["width"],
        height=read["height"],
        inset=(left, top, wide, high),
        whole={code: _outline(one, 0.0, 0.0) for code, one in read["whole"].items()},
        near={code: _outline(one, left, top) for code, one in read["near"].items()},
    )


def _outline(read: Any, left: float, top: float) -> Outline:
    x, y = read["at"]
    rings = tuple(
        tuple((a + left, b + top) for a, b in zip(ring[::2], ring[1::2], strict=True))
        for ring in read["rings"]
    )
    return Outline(x + left, y + top, rings)

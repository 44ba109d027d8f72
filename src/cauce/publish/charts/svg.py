"""A drawing as SVG: inside a page, where the style sheet of the page speaks, or as a file alone.

Inside a page an elastic drawing has its places in per cent of the width, so that it fits every
screen while words keep their size. A file alone says its colours twice: as attributes, which every
program reads, and in a style for the night and for colours forced by the reader.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from cauce.publish.charts.drawing import Box, Dot, Drawing, Label, Line, Mark, Shape
from cauce.publish.charts.look import DAY, NIGHT, Ink, look
from cauce.publish.charts.rows import cut

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, and controls that no reader would see. Source: XML 1.0, section 2.2."""
MARGIN, LINE, FONT = 16.0, 22.0, "sans-serif"
FORCED = (
    "@media (forced-colors:active){g{forced-color-adjust:none}text{fill:CanvasText}"
    ".paper,.weak{fill:Canvas}path,line,rect,circle{stroke:CanvasText}}"
)


def embed(drawing: Drawing, kind: str = "", hidden: bool = False) -> str:
    """The drawing for a page, with the classes the style sheet knows; `kind` adds classes.

    A `hidden` one only repeats to the eye what stands beside it.
    """
    wide, high = drawing.width, drawing.height
    size = f'height="{high:.0f}"' if drawing.elastic else f'viewBox="0 0 {wide:.0f} {high:.0f}"'
    shape = "elastic" if drawing.elastic else "fixed"
    names = " ".join(filter(None, ("chart", shape, kind)))
    inside = _elastic(drawing) if drawing.elastic else _fixed(drawing.marks, styled=False)
    if hidden:
        return f'<svg class="{names}" {size} aria-hidden="true">{inside}</svg>'
    return (
        f'<svg class="{names}" {size} role="img" aria-label={_quoted(drawing.title)}>'
        f"<title>{_text(drawing.title)}</title><desc>{_text(drawing.description)}</desc>"
        f"{inside}</svg>"
    )


def svg(drawing: Drawing, notes: Iterable[str] = ()) -> str:
    """The drawing as a file of its own, its title above it, `notes` such as the source below."""
    wide = drawing.width + 2 * MARGIN
    letters = int(drawing.width / 8.6)
    heads = cut(drawing.title, letters, 3)
    foots = [line for note in notes for line in cut(note, int(drawing.width / 6.2), 4)]
    top = MARGIN + LINE * len(heads) + 10
    marks: list[Mark] = [
        Label(0, LINE * (i + 1) - top, text, "heading") for i, text in enumerate(heads)
    ]
    marks += drawing.marks
    below = drawing.height + 12
    marks += [Label(0, below + 17 * (i + 1), text, "tick") for i, text in enumerate(foots)]
    high = top + below + 17 * len(foots) + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="0 0 {wide:.0f} {high:.0f}" role="img" aria-labelledby="title description" '
        f'font-family="{FONT}"><title id="title">{_text(drawing.title)}</title>'
        f'<desc id="description">{_text(drawing.description)}</desc>'
        f"<style>{_style(marks)}</style>"
        f'<rect class="paper" width="100%" height="100%" fill="{DAY["paper"]}"/>'
        f'<g transform="translate({MARGIN:.0f} {top:.0f})">{_fixed(marks, styled=True)}</g></svg>\n'
    )


def _fixed(marks: Iterable[Mark], styled: bool) -> str:
    """Marks at their places, those of one kind that follow each other together."""
    return "".join(
        f"{_open(kind, styled)}{''.join(_mark(mark, 1.0, '') for mark in some)}</g>"
        for kind, some in groupby(marks, lambda mark: mark.kind)
    )


def _elastic(drawing: Drawing) -> str:
    """Marks with x in per cent; shapes, which know no per cent, in a frame that stretches."""
    percent = 100 / drawing.width
    box = f"0 0 {drawing.width:.0f} {drawing.height:.0f}"
    frame = f'<svg width="100%" height="{drawing.height:.0f}" viewBox="{box}" '
    parts = []
    for shapes, some in groupby(drawing.marks, lambda mark: isinstance(mark, Shape)):
        if shapes:
            inside = _fixed(some, styled=False)
            parts.append(f'{frame}preserveAspectRatio="none">{inside}</svg>')
            continue
        for kind, alike in groupby(some, lambda mark: mark.kind):
            parts.append(_open(kind, styled=False))
            parts += [_mark(mark, percent, "%") for mark in alike]
            parts.append("</g>")
    return "".join(parts)


def _mark(mark: Mark, factor: float, unit: str) -> str:
    """One mark; `factor` and `unit` make what is horizontal per cent."""

    def across(x: float) -> str:
        return f"{x * factor:.2f}{unit}" if unit else f"{x:.1f}"

    match mark:
        case Line(x1, y1, x2, y2):
            return f'<line x1="{across(x1)}" x2="{across(x2)}" y1="{y1:.1f}" y2="{y2:.1f}"/>'
        case Box(x, y, width, height):
            at = f'x="{across(x)}" y="{y:.1f}" width="{across(width)}" height="{height:.1f}"'
            return _told("rect", at, mark.told)
        case Dot(x, y, radius):
            return _told("circle", f'cx="{across(x)}" cy="{y:.1f}" r="{radius:.1f}"', mark.told)
        case Shape():
            return _told("path", f'd="{_path(mark)}"', mark.told)
        case Label(x, y, text, _, anchor):
            side = "" if anchor == "start" else f' text-anchor="{anchor}"'
            return f'<text x="{across(x)}" y="{y:.1f}"{side}>{_text(text)}</text>'
    assert_never(mark)


def _told(tag: str, at: str, told: str) -> str:
    return f"<{tag} {at}><title>{_text(told)}</title></{tag}>" if told else f"<{tag} {at}/>"


def _path(shape: Shape) -> str:
    end = "Z" if shape.closed else ""
    return "".join(
        f"M{' '.join([f'{x:.1f},{y:.1f}' for x, y in ring])}{end}" for ring in shape.rings
    )


def _open(kind: str, styled: bool) -> str:
    return f'<g class="{kind}"{_attributes(look(kind)) if styled else ""}>'


def _attributes(ink: Ink) -> str:
    """What the style says by day, as attributes that programs without style sheets read too."""
    said = {
        "fill": DAY.get(ink.fill, "none"),
        "stroke": DAY.get(ink.stroke, ""),
        "stroke-width": f"{ink.width:g}" if ink.width else "",
        "stroke-dasharray": ink.dash,
        "opacity": f"{ink.opacity:g}" if ink.opacity else "",
        "font-size": f"{ink.size:g}" if ink.size else "",
        "font-weight": "600" if ink.bold else "",
        "fill-rule": "evenodd" if ink.fill and not ink.size else "",
    }
    return "".join(f' {name}="{value}"' for name, value in said.items() if value)


def _style(marks: Iterable[Mark]) -> str:
    """The colours by night, for the kinds that occur, and where the reader forces colours."""
    kinds = dict.fromkeys(mark.kind for mark in marks)
    night = "".join(_rule(kind) for kind in kinds)
    paper = f".paper{{fill:{NIGHT['paper']}}}"
    return f"@media (prefers-color-scheme:dark){{{paper}{night}}}{FORCED}"


def _rule(kind: str) -> str:
    ink = look(kind)
    fill = f"fill:{NIGHT[ink.fill]};" if ink.fill else ""
    stroke = f"stroke:{NIGHT[ink.stroke]}" if ink.stroke else ""
    return f'[class="{kind}"]{{{fill}{stroke}}}' if fill or stroke else ""


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("\ufffd", text))

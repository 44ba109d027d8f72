"""The [shape] of a mapping pack: how the numbers of a file are laid out."""

from typing import get_args

from cauce.declare.section import Section
from cauce.model.imported import Shape, ShapeKind


def shape(section: Section) -> Shape:
    kinds = get_args(ShapeKind)
    chosen = section.choice("kind", kinds)
    kind = next(one for one in kinds if one == chosen)
    found = Shape(
        kind=kind,
        sheet=section.text("sheet", ""),
        header=section.whole("header", 1),
        block_row=section.whole("block_row") if kind == "blocks" else 0,
        columns=section.texts("columns") if kind in ("table", "blocks", "sdmx") else (),
        value=section.text("value") if kind == "table" else "",
        corner=section.text("corner", ""),
        foot=section.texts("foot", ()),
        names=section.text("names") if kind == "matrices" else "",
        matrix=section.text("matrix") if kind == "matrices" else "",
        ignored=section.texts("ignored", ()),
        flow=section.text("flow", "") if kind == "sdmx" else "",
    )
    section.finish()
    return found

"""What would change a gap's class: each part it is made of, within what its source stands for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from cauce.model.arrays import Floats
from cauce.model.codelist import Code, Codelist
from cauce.model.projected import NotProducible, Projected
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps import Frame, Gaps, Threshold
from cauce.outlook.people import Supply
from cauce.outlook.scenarios import Assumed, changes_table, what_would_change
from cauce.pipeline.outlook.leaving import Opened
from cauce.pipeline.outlook.pack import OutlookPack

WHAT = Text("what would change a class", "qué cambiaría una clase")
NO_RANGE = Text(
    "No assumption says how far off it may be. Give one `low` and `high`, as factors around 1.",
    "Ningún supuesto dice cuánto puede desviarse. Dé a alguno `low` y `high`, factores "
    "alrededor de 1.",
)
PARTS: Mapping[str, tuple[str, Text]] = {
    "GROWTH": ("", Text("Net growth", "Crecimiento neto")),
    "DEATHS": ("deaths", Text("Deaths", "Fallecimientos")),
    "EXITS": ("exits", Text("Exits from the labour force", "Salidas de la fuerza de trabajo")),
    "EMIGRATION": ("emigration", Text("Emigration", "Emigración")),
    "GRADUATES": ("graduates", Text("Graduates", "Personas graduadas")),
    "RETURNEES": ("returns", Text("Returns from abroad", "Retornos del exterior")),
    "IDLE": ("", Text("Unemployed people", "Personas desocupadas")),
    "MIGRANTS_BELOW": (
        "",
        Text("Migrants below their qualification", "Migrantes por debajo de su calificación"),
    ),
}
"""The parts of openings and supply, the assumption of the pack that each scales with, if any."""
LIST = Codelist(
    "CL_OUTLOOK_ASSUMPTION",
    Text("Assumptions of the outlook", "Supuestos de las perspectivas"),
    tuple(Code(part, name) for part, (_, name) in PARTS.items()),
)


def changes(
    pack: OutlookPack,
    gaps: Gaps,
    opened: Opened,
    supply: Supply,
    at: list[int],
    employed: Floats,
    frame: Frame,
) -> Projected | NotProducible:
    """The assumptions whose other value would make a gap's class another at the horizon.

    Args:
        at: where the posts of the gaps stand among the cells of openings and supply.
        employed: of each post in the base year, shape (o,).
    """
    openings = {"GROWTH": opened.openings.net_growth} | {
        cause.upper(): people for cause, people in opened.causes.items()
    }
    coming = {one.kind.upper(): one.people for one in supply.components}
    parts = [
        *(_assumed(pack, part, "openings", people[:, -1, at]) for part, people in openings.items()),
        *(_assumed(pack, part, "supply", people[:, -1, at]) for part, people in coming.items()),
    ]
    if not any(one.low < one.high for one in parts):
        return NotProducible(rule(WHAT), NO_RANGE)
    sure = Threshold(pack.margin, float(pack.horizon), pack.sure)
    flips = what_would_change(gaps.posts, parts, employed, pack.horizon, sure)
    made = changes_table(flips, parts, gaps, pack.horizon, frame)
    return replace(made, output=rule(WHAT)) if isinstance(made, NotProducible) else made


def _assumed(
    pack: OutlookPack, part: str, side: Literal["openings", "supply"], people: Floats
) -> Assumed:
    name, words = PARTS[part]
    stands = pack.ranges.get(name) or pack.assumptions.get(name)
    low, high = (1.0, 1.0) if stands is None else (stands.low, stands.high)
    source = words if stands is None else stands.source
    return Assumed(part, words, side, people, low, high, source)

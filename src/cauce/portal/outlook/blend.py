"""What employers expect beside the projection, and both together: drawn, with its numbers."""

from dataclasses import dataclass

from cauce.portal.chart import axis_number, fitted
from cauce.portal.outlook.rows import Cell, at
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, dots

SIDES = {"PRJ_EMP_NB": "o_blend_model", "PRJ_SVY_NB": "o_blend_survey", "PRJ_BLN_NB": "o_blend_all"}
WEIGHT = "PRJ_BLN_RT"


@dataclass(frozen=True)
class Together:
    """The projection, the employers and both, each with its interval; how much the latter count."""

    year: str
    svg: str
    sides: tuple[tuple[str, Cell], ...]
    weight: str


def together(run: Run, code: str, words: Words) -> Together | None:
    """The blend of an occupation; None where employers are not blended with its projection."""
    table = run.table("BLEND")
    if table is None:
        return None
    year = table.flow.dimensions[-1].codes[-1].id
    found = {name: at(table, name, code, year, words) for name in (*SIDES, WEIGHT)}
    sides = tuple(
        (words(said), cell)
        for name, said in SIDES.items()
        if (cell := found[name]) is not None and cell.there
    )
    if len(sides) < len(SIDES):
        return None
    points = [
        Point(name, cell.raw, cell.low, cell.high, shown=cell.told, said=cell.told)
        for name, cell in sides
    ]
    number = axis_number(points, words)

    def draw(width: float) -> Drawing | None:
        say = words("o_blend_say")
        return dots(words("o_blend"), say, points, number, width=width, from_zero=False)

    weight = found[WEIGHT]
    return Together(year, fitted(draw)[0], sides, weight.told if weight else "")

"""A corridor among others: the largest destinations of its origin, the largest origins there."""

from dataclasses import dataclass

from cauce.portal.chart import axis_number
from cauce.portal.corridor.ends import Ends
from cauce.portal.origins import AREA, ORIGIN, Ranked, Table, largest
from cauce.portal.words import Words
from cauce.publish.brief.told import Picture
from cauce.publish.charts.bars import bars

MOST = 6


@dataclass(frozen=True)
class Ranking:
    """One period of a table: where people of the origin are, and who is at the destination."""

    table: Table
    period: str
    out: Ranked
    into: Ranked


def ranking(table: Table, row: int) -> Ranking:
    """The corridor of a row among those that share an end with it, in the same period."""
    period = {table.flow.dimensions[-1].id: table.period(row)}
    origin, destination = table.code(row, ORIGIN), table.code(row, AREA)
    out = largest(table, table.rows({**period, ORIGIN: origin}, (AREA,)), AREA)
    into = largest(table, table.rows({**period, AREA: destination}, (ORIGIN,)), ORIGIN)
    return Ranking(table, table.period(row), out, into)


def ranked_words(found: Ranking, ends: Ends, words: Words) -> str:
    """Which place a corridor has from both its ends."""
    return words(
        "c_rank",
        **ends.names,
        out=[code for code, _ in found.out].index(ends.destination) + 1,
        outs=len(found.out),
        into=[code for code, _ in found.into].index(ends.origin) + 1,
        intos=len(found.into),
    )


def others(found: Ranking, ends: Ends, words: Words, key: str) -> tuple[Picture, ...]:
    """The largest destinations of the origin as bars, this one among them; none if it is alone."""
    shown = list(found.out[:MOST])
    if ends.destination not in [code for code, _ in shown]:
        shown = [*shown[:-1], next(x for x in found.out if x[0] == ends.destination)]
    if len(shown) < 2:
        return ()
    table = found.table
    points = [table.point(row, table.name(row, AREA, words), words) for _, row in shown]
    title = words(key, origin=ends.origin_name, period=found.period)
    said, number = "; ".join(point.told for point in points), axis_number(points, words)
    return (Picture(lambda width: bars(title, said, points, number, width=width), title),)

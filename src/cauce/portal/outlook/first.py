"""What a page of the outlook says first: its answer in a sentence, and gaps in a picture.

And what it says once: why a number is not told, however often it is missing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cauce.portal.chart import axis_number, fitted
from cauce.portal.outlook.rows import Cell, Row
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, Point, bars

GAP, OPENINGS, EXPECTED = "PRJ_GAP_NB", "PRJ_OPN_NB", "PRJ_EMP_NB"
ORDER = ("SHORTAGE", "SURPLUS", "NO_CONCLUSION", "NOT_KNOWN")
SAID = {
    "SHORTAGE": "o_one_shortage",
    "SURPLUS": "o_one_surplus",
    "NO_CONCLUSION": "o_one_no_conclusion",
}
SIDES = {GAP: "o_side_gap", OPENINGS: "o_side_opn"}
SUPPORTED = ("SHORTAGE", "SURPLUS")
"""Classes that the probability supports."""


@dataclass(frozen=True)
class Side:
    """One number of all occupations beside each other, drawn, and how to read it."""

    title: str
    svg: str
    reading: str


def answer(rows: Sequence[Row], horizon: str, words: Words) -> str:
    """Which occupations will be short, which have people to spare, how many nobody can tell."""
    named: dict[str, list[str]] = {each: [] for each in ORDER}
    for one in rows:
        if one.judged:
            named.setdefault(one.judged.id, []).append(one.name)
    if not any(named.values()):
        return ""
    short, spare, unsure, unknown = (named[each] for each in ORDER)
    parts = [
        words("o_short", horizon=horizon, names="; ".join(short))
        if short
        else words("o_none_short", horizon=horizon)
    ]
    if spare:
        parts.append(words("o_spare_in", names="; ".join(spare)))
    if unsure:
        parts.append(words("o_unsure", count=len(unsure), all=len(rows)))
    if unknown:
        parts.append(words("o_unknown", count=len(unknown)))
    return " ".join(parts)


def answer_of(row: Row, base: str, horizon: str, words: Words) -> str:
    """Whether one occupation will be short, with how much probability; else what is expected."""
    judged, gap = row.judged, row.cells.get(GAP)
    told = [] if judged is None else [_class(judged.id, judged.name, judged.told, gap, words)]
    expected = row.cells.get(EXPECTED)
    if expected and expected.there:
        told.append(words("o_expects", horizon=horizon, count=_with(expected)))
        if row.now and row.now.there:
            told.append(words("o_expects_now", base=base, count=row.now.told))
    return " ".join(told)


def _class(which: str, name: str, sure: str, gap: Cell | None, words: Words) -> str:
    if gap is not None and gap.there and which in SAID:
        return words(SAID[which], count=_with(gap), sure=sure)
    if which in SUPPORTED:
        return words("o_one_class", name=name, sure=sure)
    return words("o_one_not_known" if which == "NOT_KNOWN" else "o_one_unsure")


def _with(cell: Cell) -> str:
    return f"{cell.told} (80 %: {cell.interval})" if cell.interval else cell.told


def side_by_side(rows: Sequence[Row], horizon: str, words: Words) -> Side | None:
    """Gaps of all occupations, or where there are none, openings; None without either."""
    for name in SIDES:
        if any((cell := one.cells.get(name)) and cell.there for one in rows):
            return _drawn(rows, name, horizon, words)
    return None


def _drawn(rows: Sequence[Row], name: str, horizon: str, words: Words) -> Side | None:
    points = [_point(one, one.cells.get(name), words) for one in sorted(rows, key=_rank(name))]
    title = words(SIDES[name], horizon=horizon)
    number = axis_number(points, words)

    def draw(width: float) -> Drawing | None:
        return bars(title, words("o_side_say"), points, number, width=width)

    svg, drawn = fitted(draw)
    reading = words("o_side_read" if name == GAP else "o_side_read_plain")
    return Side(title, svg, reading) if drawn else None


def _rank(name: str) -> Callable[[Row], tuple[int, float]]:
    def rank(one: Row) -> tuple[int, float]:
        cell = one.cells.get(name)
        at = ORDER.index(one.judged.id) if one.judged and one.judged.id in ORDER else len(ORDER)
        return at, -(cell.raw or 0.0) if cell else 0.0

    return rank


def _point(row: Row, cell: Cell | None, words: Words) -> Point:
    # The class stands first: a long name is cut on a phone.
    name = f"{row.judged.name}: {row.name}" if row.judged else row.name
    if cell is None or not cell.there:
        return Point(name, None, why=words("o_not_told"))
    weak = row.judged is not None and row.judged.id not in SUPPORTED
    return Point(name, cell.raw, cell.low, cell.high, weak, shown=cell.told, said=_with(cell))


def reasons(cells: Iterable[Cell | None]) -> Mapping[str, int]:
    """Each reason for which a number is not told, with the number of its note."""
    told = dict.fromkeys(cell.why for cell in cells if cell is not None and not cell.there)
    return {why: at for at, why in enumerate(told, start=1)}

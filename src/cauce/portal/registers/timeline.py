"""The time of a record: its periods and its dates, drawn and listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cauce.model.record import Absent, Record, Row
from cauce.model.shelf import Known, ShelfField
from cauce.portal.registers.told import Teller, label, rows_of
from cauce.portal.words import Words
from cauce.publish.charts import Drawing, embed
from cauce.publish.charts.drawing import Anchor, Dot, Label, Line, Mark
from cauce.publish.charts.rows import cut

TOP, ROW, MOST, LETTERS = 26, 40, 14, 38
FIRST, LAST = 3.0, 97.0


@dataclass(frozen=True)
class Moment:
    """A line of a timeline: from a day to a day; None is open, the same day twice a single day."""

    name: str
    start: date | None
    end: date | None

    @property
    def single(self) -> bool:
        return self.start is not None and self.start == self.end


def moments(teller: Teller, known: Known, record: Record) -> tuple[Moment, ...]:
    """When the record held, and the days it names, in order; at most so many as can be read."""
    words = teller.library.words
    held = [Moment(words("held_true"), each.start, each.end) for each in known.periods]
    # That it holds without a known beginning or end says nothing beside its dates.
    held = [each for each in held if each.start or each.end]
    days = [*_days(teller.shelf.fields, record, words), *_of_rows(teller, record)]
    days.sort(key=lambda each: (each.start or each.end or date.max, each.end or date.max))
    return (*held, *days)[:MOST]


def _days(
    fields: Sequence[ShelfField], record: Record | Row, words: Words, of: str = ""
) -> Iterator[Moment]:
    for each in fields:
        day = record.get(each.id)
        if each.kind == "date" and isinstance(day, date) and each.id != "seen_on":
            name = label(each, words.language)
            yield Moment(f"{of} · {name}" if of else name, day, day)


def _of_rows(teller: Teller, record: Record) -> Iterator[Moment]:
    """The spans of rows that have two dates, and the days of rows that have one."""
    words = teller.library.words
    for each in teller.shelf.fields:
        dates = [column for column in each.columns if column.kind == "date"]
        for row in rows_of(record, each.id) if dates else ():
            name = _row_name(teller, each, row)
            ends = [row.get(column.id) for column in dates]
            if len(ends) == 2 and any(isinstance(end, date) for end in ends):
                yield Moment(name, *(end if isinstance(end, date) else None for end in ends))
            else:
                yield from _days(dates, row, words, name)


def _row_name(teller: Teller, of: ShelfField, row: Row) -> str:
    """A row by the field it is of and its first value that is a code or text."""
    rows = of.name.of(teller.library.words.language)
    for column in of.columns:
        value = row.get(column.id)
        if column.kind in ("code", "text") and value and not isinstance(value, Absent):
            return f"{rows}: {teller.value(column, value)[0].text}"
    return rows


def told(moment: Moment, words: Words) -> str:
    """When a moment is, in words."""
    start = words.day(moment.start) if moment.start else ""
    if moment.single:
        return start
    # An end is the first day on which it is no longer so.
    end = words.day(moment.end) if moment.end else ""
    if start and end:
        return words("from_until", start=start, end=end)
    if start:
        return words("from_day", start=start)
    return words("until_day", end=end) if end else words("no_bounds")


def drawn(title: str, lines: Sequence[Moment], words: Words) -> str:
    """The timeline as SVG; "" if no line has a day to place it by."""
    days = [day for each in lines for day in (each.start, each.end) if day is not None]
    if not days:
        return ""
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
    height = TOP + ROW * len(lines)
    said = "; ".join(f"{each.name}: {told(each, words)}" for each in lines)
    marks: list[Mark] = list(_years(first, last, height))
    for row, each in enumerate(lines):
        y = TOP + ROW * row
        marks.append(Label(0, y + 14, cut(each.name, LETTERS, 1)[0], "name"))
        marks.append(_mark(each, first, last, y + 26, f"{each.name}: {told(each, words)}"))
    return embed(Drawing(100, height, title, said, tuple(marks), elastic=True), "times")


def _years(first: date, last: date, height: float) -> Iterator[Mark]:
    step = max(1, -(-(last.year - first.year) // 5))
    for year in range(first.year, last.year + 1, step):
        x = _across(date(year, 1, 1), first, last)
        anchor: Anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        yield Line(x, 18, x, height, "grid")
        yield Label(x, 13, str(year), "tick", anchor)


def _mark(moment: Moment, first: date, last: date, y: float, said: str) -> Mark:
    if moment.single:
        return Dot(_across(moment.start or first, first, last), y, 5, "dot", said)
    a = 0.0 if moment.start is None else _across(moment.start, first, last)
    b = 100.0 if moment.end is None else _across(moment.end, first, last)
    return Line(a, y, b, y, "span" if moment.start and moment.end else "span open")


def _across(day: date, first: date, last: date) -> float:
    """Per cent of the width."""
    whole = max((last - first) / timedelta(days=1), 1.0)
    return FIRST + (day - first) / timedelta(days=1) / whole * (LAST - FIRST)

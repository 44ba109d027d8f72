"""How many live there, and since when: the stocks as their producers give them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cauce.portal.chart import axis_number
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.ranking import others, ranked_words, ranking
from cauce.portal.links import table_path
from cauce.portal.origins import AREA, ORIGIN, Table, is_of_people
from cauce.portal.words import Words
from cauce.publish.brief.told import Basis, Grid, Item, Missing, Picture, Section, Tile
from cauce.publish.charts.line import Series, line


@dataclass(frozen=True)
class Course:
    """The numbers of one corridor in one table, by period."""

    table: Table
    rows: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.rows[-1]


def courses(tables: Sequence[Table], ends: Ends) -> tuple[Course, ...]:
    """What each table of people has of a corridor, the longest course first.

    Tables of different producers are never joined: each is a course of its own.
    """
    wanted = {AREA: ends.destination, ORIGIN: ends.origin}
    found = [
        Course(table, tuple(rows))
        for table in tables
        if is_of_people(table.flow)
        and (rows := [r for r in table.rows(wanted) if table.value(r) is not None])
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.rows), each.table.flow.id)))


def people(
    tables: Sequence[Table], sexes: Table | None, surveyed: bool, ends: Ends, words: Words
) -> Section | Missing:
    """The stock of people from the origin at the destination, `surveyed` there too or not."""
    found = courses(tables, ends)
    if not found:
        return Missing("people", words("c_people"), words("c_people_needs", **ends.names))
    first = found[0]
    pictures = [_course(first, ends, words)] if len(first.rows) > 1 else []
    ranked = ranking(first.table, first.last)
    sex = _sex(sexes, ends, words) if sexes else None
    notes = [words("c_people_universe")]
    notes += [words("c_people_survey")] if surveyed else []
    notes += [words("c_people_many")] if len(found) > 1 else []
    return Section(
        id="people",
        title=words("c_people"),
        lead=f"{_lead(first, ends, words)} {ranked_words(ranked, ends, words)}",
        pictures=(*pictures, *others(ranked, ends, words, "c_people_others")),
        items=tuple(_item(each, words) for each in found[1:]),
        grids=(_grid(first, words), *([sex[0]] if sex else [])),
        notes=tuple(notes),
        bases=(*(_basis(each, ends, words) for each in found), *([sex[1]] if sex else [])),
    )


def people_tile(tables: Sequence[Table], ends: Ends, words: Words) -> Tile | None:
    found = courses(tables, ends)
    if not found:
        return None
    told = found[0].table.figure(found[0].last, words)
    note = words("c_people_tile", **ends.names, period=found[0].table.period(found[0].last))
    return Tile(words("c_people_short"), told.value, note)


def _lead(course: Course, ends: Ends, words: Words) -> str:
    table, first, last = course.table, course.rows[0], course.last
    told = table.figure(last, words).value
    said = words("c_people_lead", **ends.names, count=told, period=table.period(last))
    if first == last:
        return said
    before = words(
        "c_people_before", count=table.figure(first, words).value, period=table.period(first)
    )
    return f"{said} {before}"


def _course(course: Course, ends: Ends, words: Words) -> Picture:
    table = course.table
    title = words("c_people_picture", **ends.names)
    points = tuple(table.point(row, table.period(row), words) for row in course.rows)
    said = "; ".join(point.told for point in points)
    series, number = (Series("", points),), axis_number(points, words)
    return Picture(lambda width: line(title, said, series, number, width=width, height=230), title)


def _grid(course: Course, words: Words) -> Grid:
    table = course.table
    heads = (words("period"), words("c_people_short"))
    rows = tuple((table.period(r), table.figure(r, words).value) for r in course.rows)
    return Grid(words.of(table.flow.name), heads, rows)


def _item(course: Course, words: Words) -> Item:
    """The last number of another producer, beside the course and not in it."""
    table, period = course.table, course.table.period(course.last)
    told = f"{table.figure(course.last, words).value}, {period}"
    path = table_path(words.language, table.flow.id)
    return Item(words.of(table.flow.name), told, path)


def _basis(course: Course, ends: Ends, words: Words) -> Basis:
    table, first, last = course.table, course.rows[0], course.last
    periods = dict.fromkeys((table.period(first), table.period(last)))
    asked = {AREA: ends.destination, ORIGIN: ends.origin, table.flow.dimensions[-1].id: "*"}
    return table.basis("–".join(periods), words, **asked)


def _sex(table: Table, ends: Ends, words: Words) -> tuple[Grid, Basis] | None:
    """All migrants at the destination by sex, from wherever they come."""
    rows = [r for r in table.latest({AREA: ends.destination}, ("SEX",)) if table.value(r)]
    if not rows:
        return None
    period = table.period(rows[-1])
    told = tuple((table.name(r, "SEX", words), table.figure(r, words).value) for r in rows)
    caption = words("c_people_sex", destination=ends.destination_name, period=period)
    heads = (words("c_sex"), words("c_people_short"))
    return Grid(caption, heads, told), table.basis(period, words, REF_AREA=ends.destination)

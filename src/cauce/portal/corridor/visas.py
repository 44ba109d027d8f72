"""Visas and permits by month, class by class."""

import re
from collections.abc import Sequence
from datetime import timedelta

from babel.dates import format_skeleton

from cauce.model.codelist import TOTAL
from cauce.portal.corridor.ends import Ends
from cauce.portal.origins import AREA, ORIGIN, Table, is_of_visas
from cauce.portal.registers.library import Library, shown
from cauce.portal.registers.search import held
from cauce.portal.words import Words
from cauce.publish import span
from cauce.publish.brief.told import Grid, Missing, Picture, Section, Tile
from cauce.publish.charts.line import Series, line

MOST, MONTHS = 3, 12
BRACKETS = re.compile(r"\(([^()]+)\)$")
Classes = dict[str, list[int]]
"""The rows of each class, by period."""


def visas(tables: Sequence[Table], library: Library, ends: Ends, words: Words) -> Section | Missing:
    """Visas or permits the destination gives to people of the origin, for work if we know which."""
    found = _found(tables, library, ends)
    if found is None:
        return Missing("visas", words("c_visas"), words("c_visas_needs", **ends.names))
    table, classes, for_work = found
    dimension = _dimension(table)
    names = {code: table.name(rows[0], dimension, words) for code, rows in classes.items()}
    last = max(table.period(rows[-1]) for rows in classes.values())
    first = min(table.period(rows[0]) for rows in classes.values())
    leads = [_lead(table, names[code], rows, ends, words) for code, rows in classes.items()]
    notes = [words("c_visas_not_people")] + ([words("c_visas_work")] if for_work else [])
    return Section(
        id="visas",
        title=words("c_visas"),
        lead=" ".join(leads),
        pictures=(_picture(table, classes, names, ends, words),),
        grids=(_grid(table, classes, names, words),),
        notes=tuple(notes),
        bases=(
            table.basis(f"{first}–{last}", words, REF_AREA=ends.destination, ORIGIN=ends.origin),
        ),
    )


def visas_tile(tables: Sequence[Table], library: Library, ends: Ends, words: Words) -> Tile | None:
    found = _found(tables, library, ends)
    if found is None:
        return None
    table, classes, _ = found
    rows = next(iter(classes.values()))
    name = table.name(rows[-1], _dimension(table), words)
    told = table.figure(rows[-1], words)
    return Tile(name, told.value, words("c_visas_tile", month=month(table, rows[-1], words)))


def month(table: Table, row: int, words: Words) -> str:
    first, _ = span(table.period(row))
    return str(format_skeleton("yMMMM", first, locale=words.locale))


def _dimension(table: Table) -> str:
    return next(d.id for d in table.flow.dimensions if "VISA" in d.id or "PERMIT" in d.id)


def _found(
    tables: Sequence[Table], library: Library, ends: Ends
) -> tuple[Table, Classes, bool] | None:
    """The first table that counts them: the classes that mechanisms name, or else the largest."""
    wanted = {AREA: ends.destination, ORIGIN: ends.origin}
    for table in tables:
        if not is_of_visas(table.flow):
            continue
        dimension = _dimension(table)
        classes: Classes = {}
        for row in table.rows(wanted, (dimension,)):
            if table.value(row) is not None and not table.code(row, dimension).startswith("_"):
                classes.setdefault(table.code(row, dimension), []).append(row)
        named = (_named(library, ends.destination) | _first(table)) & classes.keys()
        size = {
            c: sum(table.value(r) or 0.0 for r in rows[-MONTHS:]) for c, rows in classes.items()
        }
        kept = sorted(named or classes, key=lambda code: (-size[code], code))[:MOST]
        if kept:
            return table, {code: classes[code] for code in kept}, bool(named)
    return None


def _first(table: Table) -> set[str]:
    """Classes that stand before the total: whoever mapped the file put them first."""
    codes = [c.id for d in table.flow.dimensions if d.id == _dimension(table) for c in d.codes]
    return set(codes[: codes.index(TOTAL)]) if TOTAL in codes else set()


def _named(library: Library, destination: str) -> set[str]:
    """Classes of visa that go by the acronym of a mechanism of the destination: H-2A is H2A."""
    found = (
        shown(r).record.get("acronym")
        for r in held(library.records("mechanisms"))
        if r.country == destination
    )
    return {word.replace("-", "") for word in found if isinstance(word, str)}


def _lead(table: Table, name: str, rows: Sequence[int], ends: Ends, words: Words) -> str:
    last = rows[-1]
    told = table.figure(last, words).value
    lead = words(
        "c_visas_lead", **ends.names, name=name, count=told, month=month(table, last, words)
    )
    year_ago = (span(table.period(last))[0] - timedelta(360)).strftime("%Y-%m")
    before = [row for row in rows if table.period(row) == year_ago]
    if not before:
        return lead
    count = table.figure(before[0], words).value
    return f"{lead} {words('c_visas_before', count=count)}"


def _picture(
    table: Table, classes: Classes, names: dict[str, str], ends: Ends, words: Words
) -> Picture:
    title = words("c_visas_picture", **ends.names)
    wanted = {AREA: ends.destination, ORIGIN: ends.origin}
    series = []
    for code in classes:
        rows = table.rows({**wanted, _dimension(table): code})
        points = tuple(table.point(row, table.period(row), words) for row in rows)
        series.append(Series(_short(names[code]), points))
    return Picture(
        lambda width: line(
            title, _said(table, classes, names, words), series, words.plain, width=width, height=230
        ),
        title,
    )


def _short(name: str) -> str:
    """What stands in brackets at the end of a name, if anything does: H-2A."""
    found = BRACKETS.search(name)
    return found[1] if found else name


def _said(table: Table, classes: Classes, names: dict[str, str], words: Words) -> str:
    """The last months in words."""
    return "; ".join(
        f"{names[code]}, {table.period(rows[-1])}: {table.figure(rows[-1], words).value}"
        for code, rows in classes.items()
    )


def _grid(table: Table, classes: Classes, names: dict[str, str], words: Words) -> Grid:
    """The last twelve months; a month that lists none of a class says so."""
    periods = sorted({table.period(row) for rows in classes.values() for row in rows})[-MONTHS:]
    known = {
        (code, table.period(row)): table.figure(row, words).value
        for code, rows in classes.items()
        for row in rows
    }
    lines = tuple(
        (period, *(known.get((code, period), words("c_not_listed")) for code in classes))
        for period in reversed(periods)
    )
    return Grid(words("c_visas_last"), (words("period"), *names.values()), lines)

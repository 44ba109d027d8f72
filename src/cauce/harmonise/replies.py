"""A workbook of tables as typed, read into figures: every one of them checked, or a fault told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cauce.declare.words import did_you_mean
from cauce.harmonise.reply_checks import Placed, check_figures
from cauce.harmonise.reply_notes import Asides, read_asides
from cauce.harmonise.reply_words import Faults, cell_name, word_of
from cauce.model.reply import (
    AREA,
    CODES,
    CONTENTS,
    FLAG,
    FLAGS,
    JOIN,
    NOTE,
    NOTES,
    PERIOD,
    TRACES,
    UNIT,
    VALUE,
    WITHHELD,
    CellFault,
    Figure,
    RawSheet,
    Reply,
    RowNote,
    Shape,
    Sheet,
    TableShape,
    Unreadable,
)
from cauce.model.text import Text

_AREA = re.compile(r"[A-Z]{3}")
_PERIOD = re.compile(r"[12][0-9]{3}(-[0-9A-Z]{1,5}){0,2}")
_OWN_COUNTRY = re.compile(r"X[A-Z]{2}")
FIRST = 3
"""The first column of values, counted from 0: before it stand codes and words."""


@dataclass(frozen=True)
class Page:
    """A sheet that is to be the table; `used` are codes of the dataflows its numbers are from."""

    raw: RawSheet
    shape: Shape
    table: TableShape
    used: frozenset[str]
    faults: Faults


@dataclass(frozen=True)
class Heads:
    """Which columns of a table hold values of which codes, their flags, and the notes."""

    values: Mapping[int, tuple[str, ...]]
    flags: Mapping[int, int]
    note: int


def read_reply(sheets: Sequence[RawSheet], shape: Shape) -> tuple[Reply, tuple[CellFault, ...]]:
    """The reply in a workbook and all that is wrong with it; with a fault nothing is to be used.

    Sheets are known by what stands in their first cell, columns and rows by their codes, so that
    their order and their words may be changed.
    """
    faults = Faults()
    asides = read_asides(sheets, shape, faults)
    found: dict[str, Sheet] = {}
    said: dict[str, str] = {}
    for raw in sheets:
        mark = word_of(raw, 1, 0)
        if mark in (CONTENTS, NOTES, TRACES):
            continue
        if mark not in shape.tables:
            near = did_you_mean(mark, shape.tables)
            faults.add(
                raw, 1, 0,
                f"{mark or 'An empty cell'} is not the code of a table.{near} Write it, or delete "
                "the sheet.",
                f"{mark or 'Una celda vacía'} no es el código de un cuadro.{near} Escríbalo o "
                "borre la hoja.",
            )  # fmt: skip
        elif mark in found:
            faults.add(raw, 1, 0, f"{mark} stands on two sheets.", f"{mark} está en dos hojas.")
        else:
            _head(raw, shape.tables[mark], said, faults)
            found[mark] = _table(raw, shape, shape.tables[mark], asides, faults)
    asides.leftover(faults)
    area, period = said.get(AREA, asides.area), said.get(PERIOD, asides.period)
    ordered = tuple(found[name] for name in shape.tables if name in found)
    absent = tuple(one for one in asides.absent if one.table not in found)
    return Reply(area, period, ordered, absent, asides.facts), faults.found()


def _head(raw: RawSheet, table: TableShape, said: dict[str, str], faults: Faults) -> None:
    """Area, period and unit of a table: one and the same in all of a workbook, the unit its own."""
    marks = {word_of(raw, row, 0): row for row in raw.rows}
    for mark, shape in ((AREA, _AREA), (PERIOD, _PERIOD)):
        row = marks.get(mark, 0)
        word = word_of(raw, row, 2)
        if not shape.fullmatch(word):
            faults.add(
                raw, row or 1, 2 if row else 0,
                f"{mark} is missing or not written as CRI or 2025 is: {word[:40]!r}.",
                f"{mark} falta o no está escrito como CRI o 2025: {word[:40]!r}.",
            )  # fmt: skip
        elif said.setdefault(mark, word) != word:
            faults.add(
                raw, row, 2,
                f"{word} here and {said[mark]} on another sheet: a workbook is of one.",
                f"{word} aquí y {said[mark]} en otra hoja: un libro es de uno solo.",
            )  # fmt: skip
    row = marks.get(UNIT, 0)
    if (unit := word_of(raw, row, 2)) != table.unit:
        faults.add(
            raw, row or 1, 2 if row else 0,
            f"{table.id} is in {table.unit}, and {unit or 'nothing'} stands here.",
            f"{table.id} está en {table.unit}, y aquí dice {unit or 'nada'}.",
        )  # fmt: skip


def _table(raw: RawSheet, shape: Shape, table: TableShape, asides: Asides, faults: Faults) -> Sheet:
    top = next((row for row in sorted(raw.rows) if word_of(raw, row, 0) == CODES), 0)
    if not top:
        faults.add(
            raw, 1, 0,
            f"No row begins with {CODES}, so no column can be told.",
            f"Ninguna fila empieza con {CODES}: no se reconoce ninguna columna.",
        )  # fmt: skip
        return Sheet(table.id, ())
    page = Page(raw, shape, table, asides.used, faults)
    heads = _heads(page, top)
    placed: list[Placed] = []
    notes: list[RowNote] = []
    for row, codes in _rows(page, top):
        placed += _figures(raw, row, codes, heads, faults)
        if text := word_of(raw, row, heads.note):
            notes.append(RowNote(codes, text))
    _stray(raw, top, heads, faults)
    check_figures(raw, shape, table, placed, faults)
    figures = tuple(
        replace(one.figure, trace=asides.trace(table.id, cell_name(one.row, one.column), one))
        for one in placed
    )
    return Sheet(table.id, figures, tuple(notes), asides.facts_of(table.id))


def _heads(page: Page, top: int) -> Heads:
    """What stands in the columns, from the row of codes."""
    raw, columns = page.raw, page.table.columns
    values: dict[int, tuple[str, ...]] = {}
    flags: dict[int, int] = {}
    note = -1
    last = -1
    for column in sorted(column for column in raw.rows[top] if column >= FIRST):
        word = word_of(raw, top, column)
        if word == NOTE:
            note = column
        elif word == FLAG and last >= 0 and last not in flags:
            flags[last] = column
        elif not columns and word == VALUE and not values:
            values[column], last = (), column
        else:
            codes = _decoded(page, top, column, columns)
            if codes is not None and codes in values.values():
                _twice(page, top, column)
            elif codes is not None:
                values[column], last = codes, column
    return Heads(values, flags, note)


def _rows(page: Page, top: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows with a code, each with its codes, in their order."""
    seen: set[tuple[str, ...]] = set()
    for row in sorted(row for row in page.raw.rows if row > top):
        if not word_of(page.raw, row, 0):
            continue
        codes = _decoded(page, row, 0, page.table.rows)
        if codes in seen:
            _twice(page, row, 0)
        elif codes is not None:
            seen.add(codes)
            yield row, codes


def _twice(page: Page, row: int, column: int) -> None:
    word = word_of(page.raw, row, column)
    page.faults.add(page.raw, row, column, f"{word} stands twice.", f"{word} está dos veces.")


def _decoded(page: Page, row: int, column: int, axes: Sequence[str]) -> tuple[str, ...] | None:
    """The codes of releases behind what is shown in a cell; None after a fault."""
    raw, shape, faults = page.raw, page.shape, page.faults
    words = word_of(raw, row, column).split(JOIN)
    by = " × ".join(axes) or VALUE
    if len(words) != len(axes):
        faults.add(
            raw, row, column,
            f"{JOIN.join(words)[:60]} is no code of {by}.",
            f"{JOIN.join(words)[:60]} no es un código de {by}.",
        )  # fmt: skip
        return None
    found = []
    for axis, word in zip(axes, words, strict=True):
        known = {code.shown: code.id for code in shape.axes[axis].codes}
        if word in known:
            found.append(known[word])
        elif shape.axes[axis].open and (word in page.used or _OWN_COUNTRY.fullmatch(word)):
            found.append(word)
        else:
            near = did_you_mean(word, known)
            faults.add(
                raw, row, column,
                f"{axis} has no code {word[:40]!r}.{near}",
                f"{axis} no tiene el código {word[:40]!r}.{near.replace('Did you mean', '¿Es')}",
            )  # fmt: skip
            return None
    return tuple(found)


def _figures(
    raw: RawSheet, row: int, codes: tuple[str, ...], heads: Heads, faults: Faults
) -> Iterator[Placed]:
    """The figures of a row; an empty cell without a flag is none."""
    for column, across in heads.values.items():
        cell = raw.rows[row].get(column)
        flag = word_of(raw, row, heads.flags.get(column, -1))
        value = _number(raw, row, column, cell, faults)
        if flag and not _flag_fits(raw, row, heads.flags[column], flag, value, faults):
            continue
        if value is not None or flag:
            yield Placed(Figure((*codes, *across), value, flag), row, column)


def _number(raw: RawSheet, row: int, column: int, cell: object, faults: Faults) -> float | None:
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, Unreadable):
        shown = cell.shown or "a formula without a value"
        faults.add(
            raw, row, column,
            f"The cell shows {shown}. Write the number.",
            f"La celda muestra {cell.shown or 'una fórmula sin valor'}. Escriba el número.",
        )  # fmt: skip
    else:
        faults.add(
            raw, row, column,
            "A number must stand here. Leave the cell empty where there is none, and give a flag.",
            "Aquí va un número. Deje la celda vacía si no lo hay y ponga una marca.",
        )  # fmt: skip
    return None


def _flag_fits(
    raw: RawSheet, row: int, column: int, flag: str, value: float | None, faults: Faults
) -> bool:
    known = ", ".join(FLAGS)
    if flag not in FLAGS:
        text = Text(
            f"{flag[:20]!r} is no flag. Known: {known}.",
            f"{flag[:20]!r} no es una marca. Se conocen: {known}.",
        )
    elif value is not None and flag in WITHHELD:
        text = Text(
            f"{flag} says that there is no value, and there is one. Remove one of them.",
            f"{flag} dice que no hay valor, y lo hay. Quite uno de los dos.",
        )
    else:
        return True
    faults.add(raw, row, column, text.en, text.es)
    return False


def _stray(raw: RawSheet, top: int, heads: Heads, faults: Faults) -> None:
    """Note values that no code stands over or beside: they would be lost in silence."""
    known = {*heads.values, *heads.flags.values(), heads.note}
    for row in sorted(row for row in raw.rows if row > top):
        coded = bool(word_of(raw, row, 0))
        for column, cell in sorted(raw.rows[row].items()):
            number = isinstance(cell, int | float)
            if column >= FIRST and ((coded and column not in known) or (not coded and number)):
                faults.add(
                    raw, row, column,
                    "No code stands over or beside this cell: give one, or delete it.",
                    "Ningún código está encima o al lado de esta celda: póngalo o bórrela.",
                )  # fmt: skip

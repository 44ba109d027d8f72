"""The sheets beside the tables: contents, notes and where each number stands in a store."""

from collections.abc import Iterator, Sequence

from cauce.harmonise.reply_checks import Placed
from cauce.harmonise.reply_words import Faults, word_of
from cauce.model.codelist import TOTAL
from cauce.model.reply import (
    ALL,
    AREA,
    CONTENTS,
    NOTES,
    PERIOD,
    TRACES,
    Absent,
    Fact,
    RawSheet,
    Shape,
    Trace,
)
from cauce.model.text import Text

TABLE = "TABLE"
"""What heads the column of codes in these sheets."""
_Line = tuple[RawSheet, int]


class Asides:
    """What those sheets say; a workbook of another office may lack all of them."""

    def __init__(self) -> None:
        self.area = self.period = ""
        self.absent: list[Absent] = []
        self._facts: dict[str, list[Fact]] = {}
        self._used: set[str] = set()
        self._traces: dict[tuple[str, str], tuple[Trace, _Line]] = {}
        self._wrong: list[_Line] = []

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is said of the whole workbook."""
        return self.facts_of(ALL)

    def facts_of(self, table: str) -> tuple[Fact, ...]:
        return tuple(self._facts.get(table, ()))

    def add_fact(self, table: str, fact: Fact) -> None:
        self._facts.setdefault(table, []).append(fact)

    def add_trace(self, table: str, cell: str, trace: Trace, line: _Line) -> None:
        self._traces[table, cell] = trace, line
        self._used |= set(_own(trace))

    @property
    def used(self) -> frozenset[str]:
        """The codes of the dataflows that traces lead to."""
        return frozenset(self._used)

    def trace(self, table: str, cell: str, placed: Placed) -> Trace | None:
        """Where the number of a cell stands. A trace of other codes is remembered as wrong."""
        found = self._traces.pop((table, cell), None)
        if found is None:
            return None
        trace, line = found
        if any(code not in (TOTAL, *_own(trace)) for code in placed.figure.codes):
            self._wrong.append(line)
            return None
        return trace

    def leftover(self, faults: Faults) -> None:
        """Note the traces that belong to no number."""
        for raw, row in (*self._wrong, *(line for _, line in self._traces.values())):
            faults.add(
                raw, row, 1,
                "No number with these codes stands in that cell. Delete the line.",
                "En esa celda no hay un número con esos códigos. Borre la línea.",
            )  # fmt: skip


def _own(trace: Trace) -> list[str]:
    """The codes of a key after frequency, area and indicator."""
    return trace.key.split(".")[3:]


def read_asides(sheets: Sequence[RawSheet], shape: Shape, faults: Faults) -> Asides:
    found = Asides()
    readers = {CONTENTS: _contents, NOTES: _notes, TRACES: _traces}
    for raw in sheets:
        mark = word_of(raw, 1, 0)
        if mark in readers:
            readers[mark](raw, shape, found, faults)
    return found


def _lines(raw: RawSheet) -> Iterator[int]:
    """The rows below the one that heads the codes of tables."""
    top = next((row for row in sorted(raw.rows) if word_of(raw, row, 0) == TABLE), None)
    if top is not None:
        yield from (row for row in sorted(raw.rows) if row > top and word_of(raw, row, 0))


def _contents(raw: RawSheet, shape: Shape, into: Asides, faults: Faults) -> None:
    """Area, period, and why tables are not there. The count of numbers is for the reader."""
    marks = {word_of(raw, row, 0): row for row in raw.rows}
    into.area = word_of(raw, marks.get(AREA, 0), 2)
    into.period = word_of(raw, marks.get(PERIOD, 0), 2)
    for row in _lines(raw):
        table = word_of(raw, row, 0)
        why = Text(word_of(raw, row, 4), word_of(raw, row, 5))
        if table not in shape.tables:
            _no_table(raw, row, table, faults)
        elif why.en:
            into.absent.append(Absent(table, why))


def _notes(raw: RawSheet, shape: Shape, into: Asides, faults: Faults) -> None:
    for row in _lines(raw):
        table = word_of(raw, row, 0)
        if table != ALL and table not in shape.tables:
            _no_table(raw, row, table, faults)
            continue
        text = Text(word_of(raw, row, 4), word_of(raw, row, 5))
        into.add_fact(table, Fact(word_of(raw, row, 1), text))


def _traces(raw: RawSheet, shape: Shape, into: Asides, faults: Faults) -> None:
    for row in _lines(raw):
        table, cell, flow, key, vintage = (word_of(raw, row, column) for column in range(5))
        if table not in shape.tables:
            _no_table(raw, row, table, faults)
            continue
        n, cv = raw.rows[row].get(5), raw.rows[row].get(6)
        respondents = n if isinstance(n, int) else -1
        into.add_trace(
            table,
            cell,
            Trace(
                flow, key, vintage, respondents, float(cv) if isinstance(cv, int | float) else None
            ),
            (raw, row),
        )


def _no_table(raw: RawSheet, row: int, table: str, faults: Faults) -> None:
    faults.add(
        raw, row, 0,
        f"{table[:40]} is not the code of a table.",
        f"{table[:40]} no es el código de un cuadro.",
    )  # fmt: skip

"""Tables of figures that an office fills in for another body: their shape, and a reply.

The shape is declared (packs/region/ilms); how its sheets are laid out stands here, so that what is
written is read by the same marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cauce.model.text import Text

PERSONS, PERCENT = "PERSONS", "PT"
CONTENTS, NOTES, TRACES = "CONTENTS", "NOTES", "TRACES"
"""What stands in the first cell of the sheets that hold no table."""
ALL = "ALL"
"""Stands in the sheet of notes where a note is about the whole workbook."""
AREA, PERIOD, UNIT = "AREA", "PERIOD", "UNIT"
CODES, FLAG, NOTE, VALUE = "CODES", "FLAG", "NOTE", "VALUE"
"""The row of codes begins with CODES; beside each value stands its FLAG, last the NOTE of a row.
VALUE heads the values of a table that has rows alone."""
JOIN = "."
"""Between codes of several axes in one cell."""

CONFIDENTIAL, NOT_SIGNIFICANT = "C", "S"
FLAGS: dict[str, Text] = {
    "B": Text("break in series", "ruptura de la serie"),
    CONFIDENTIAL: Text("confidential, withheld", "confidencial, reservado"),
    "E": Text("estimate", "estimación"),
    "F": Text("forecast", "proyección"),
    "I": Text("imputed", "imputado"),
    "N": Text("not available", "no disponible"),
    "P": Text("provisional", "provisional"),
    NOT_SIGNIFICANT: Text("not significant, withheld", "no significativo, reservado"),
    "U": Text("unreliable", "poco fiable"),
    "X": Text("not applicable", "no se aplica"),
}
"""Letters of ILOSTAT's VALUE_STATUS that an office may report, with their words.

They are not the letters of SDMX: S there is a strike, N not significant, X unknown.
"""
WITHHELD = frozenset({CONFIDENTIAL, NOT_SIGNIFICANT, "N", "X"})
"""Flags that say why there is no value; beside them none may stand."""


@dataclass(frozen=True)
class AxisCode:
    """A code of an axis: as releases have it, as the workbook shows it, and its words."""

    id: str
    shown: str
    name: Text


@dataclass(frozen=True)
class Axis:
    """What runs down the rows or across the columns of tables.

    `variables` are the dimensions of releases that may fill it, the best first; "{AREA}" in them
    stands for the area. An `open` axis takes other codes too, such as countries an office groups.
    `additive` says that its total is the sum of its other codes.
    """

    id: str
    name: Text
    variables: tuple[str, ...]
    codes: tuple[AxisCode, ...]
    criterion: str
    open: bool
    additive: bool


@dataclass(frozen=True)
class Instead:
    """The total over an axis is that of a code of another dimension: of the foreign-born."""

    axis: str
    variable: str
    code: str


@dataclass(frozen=True)
class TableShape:
    """A table: its code, what it shows in which unit, and its axes down and across.

    `flow` restricts the dataflows that may fill it, with "{AREA}" for the area; `source` says
    whether it is estimated from surveys or counted in registers.
    """

    id: str
    title: Text
    indicator: str
    unit: str
    decimals: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    instead: Instead | None
    source: str
    flow: str
    note: Text | None


@dataclass(frozen=True)
class Shape:
    """Every table in order, the axes they use, and the words of units."""

    name: Text
    about: Text
    axes: Mapping[str, Axis]
    tables: Mapping[str, TableShape]
    units: Mapping[str, Text]


@dataclass(frozen=True)
class Trace:
    """Where a number stands in the store; respondents -1 and cv None where they are withheld."""

    flow: str
    key: str
    vintage: str
    respondents: int
    cv: float | None


@dataclass(frozen=True)
class Figure:
    """A number at the precision it is published with, or its absence with the reason as a flag.

    `codes` are those of releases, of the rows' axes and then of the columns'.
    """

    codes: tuple[str, ...]
    value: float | None
    flag: str
    trace: Trace | None = None


@dataclass(frozen=True)
class RowNote:
    """What is remarked on a row of a table."""

    codes: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Fact:
    """What holds for all numbers of a table, or of the workbook: source, standard, coverage …"""

    id: str
    text: Text


@dataclass(frozen=True)
class Sheet:
    """A table that was filled."""

    table: str
    figures: tuple[Figure, ...]
    notes: tuple[RowNote, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Absent:
    """A table that is not filled, and why."""

    table: str
    why: Text


@dataclass(frozen=True)
class Reply:
    """A workbook of tables for an area and a period. `facts` are of all of it, empty slots too."""

    area: str
    period: str
    sheets: tuple[Sheet, ...]
    absent: tuple[Absent, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Unreadable:
    """A cell that shows an error, or a formula nobody computed."""

    shown: str


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it was typed: cells by row, counted from 1, and column, counted from 0."""

    name: str
    rows: Mapping[int, Mapping[int, object]]


@dataclass(frozen=True)
class CellFault:
    """What is wrong in a cell, and where."""

    sheet: str
    row: int
    column: int
    field: Text
    message: Text

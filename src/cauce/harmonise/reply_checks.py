"""What must hold for the figures of a table, whoever typed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.harmonise.reply_words import Faults
from cauce.model.codelist import TOTAL
from cauce.model.reply import PERCENT, PERSONS, Figure, RawSheet, Shape, TableShape

HAIR = 1e-6


@dataclass(frozen=True)
class Placed:
    """A figure and the cell of its value; rows from 1, columns from 0."""

    figure: Figure
    row: int
    column: int


def check_figures(
    raw: RawSheet, shape: Shape, table: TableShape, placed: Sequence[Placed], faults: Faults
) -> None:
    """Note values that cannot be, and totals of people that are not the sum of their parts."""
    for one in placed:
        if one.figure.value is not None:
            _check_value(raw, table, one, one.figure.value, faults)
    if table.unit != PERSONS:
        return
    known = {one.figure.codes: one for one in placed}
    for place, axis in enumerate((*table.rows, *table.columns)):
        apart = table.instead is not None and table.instead.axis == axis
        if shape.axes[axis].additive:
            for one in placed:
                if one.figure.codes[place] == TOTAL and one.figure.value is not None:
                    _check_sum(raw, table, one, one.figure.value, place, known, apart, faults)


def _check_value(
    raw: RawSheet, table: TableShape, one: Placed, value: float, faults: Faults
) -> None:
    if table.unit == PERCENT and not 0 <= value <= 100:
        faults.add(
            raw, one.row, one.column,
            f"{value:g} is no percentage: it must lie between 0 and 100.",
            f"{value:g} no es un porcentaje: debe estar entre 0 y 100.",
        )  # fmt: skip
    elif value < 0:
        faults.add(
            raw, one.row, one.column,
            f"{value:g} is below 0, which {table.unit} cannot be.",
            f"{value:g} es menor que 0, lo que {table.unit} no puede ser.",
        )  # fmt: skip
    elif table.unit == PERSONS and not value.is_integer():
        faults.add(
            raw, one.row, one.column,
            f"{value:g} is no whole number of people. Are they thousands? Persons are asked.",
            f"{value:g} no es un número entero de personas. ¿Son miles? Se piden personas.",
        )  # fmt: skip


def _check_sum(
    raw: RawSheet,
    table: TableShape,
    total: Placed,
    value: float,
    place: int,
    known: Mapping[tuple[str, ...], Placed],
    apart: bool,
    faults: Faults,
) -> None:
    """Note a total that its parts do not add up to.

    Where a part is withheld, or there is but one, they may come to less, and where people of
    unknown origin stand beside a total of migrants they are no part of it. Every rounded number
    may be off by half a unit.
    """
    codes = total.figure.codes
    parts = [
        one.figure
        for other, one in known.items()
        if other[place] != TOTAL
        and other[:place] == codes[:place]
        and other[place + 1 :] == codes[place + 1 :]
        and not (apart and other[place].startswith("_"))
    ]
    there = [one.value for one in parts if one.value is not None]
    found, slack = sum(there), (len(there) + 1) * 0.5 * 10.0**-table.decimals + HAIR
    short = len(there) < max(len(parts), 2) or apart
    if there and (found > value + slack or (not short and found < value - slack)):
        faults.add(
            raw, total.row, total.column,
            f"The total is {value:,.12g} and its {len(there)} parts come to {found:,.12g}.",
            f"El total es {value:,.12g} y sus {len(there)} partes suman {found:,.12g}.",
        )  # fmt: skip

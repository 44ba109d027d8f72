"""Calibration of any file: official totals from a CSV, codes from the file's own columns."""

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cauce.estimate import Calibrated, Target, calibrate, crossed
from cauce.model.arrays import Floats, Ints
from cauce.model.calibration import Distance
from cauce.model.design import Design
from cauce.model.errors import BadInput
from cauce.sources import read_text

COLUMNS = ("variable", "code", "total")
CROSS = ":"
"""What stands between the columns, and the codes, of a margin that crosses several."""
MARGIN, AMOUNT, HOME = "margin:", "amount:", "household"
"""What the roles of columns begin with."""


@dataclass(frozen=True)
class FileMargin:
    """Totals by the codes of some columns; of an amount, or of everyone, by ()."""

    columns: tuple[str, ...]
    amount: str
    totals: dict[tuple[str, ...], float]

    @property
    def name(self) -> str:
        return CROSS.join(self.columns) or self.amount or "everyone"


@dataclass(frozen=True)
class FileCalibration:
    """To what, how, and for whom weights are calibrated; `household` "" for people."""

    margins: tuple[FileMargin, ...]
    distance: Distance
    household: str = ""

    def columns(self) -> dict[str, str]:
        """The columns that are needed, by role."""
        found = {MARGIN + name: name for one in self.margins for name in one.columns}
        found |= {AMOUNT + one.amount: one.amount for one in self.margins if one.amount}
        return found | ({HOME: self.household} if self.household else {})


def read_margins(file: Path) -> tuple[FileMargin, ...]:
    """The margins in a file; see `margins_in`."""
    return margins_in(read_text(file, file.name), file.name)


def margins_in(text: str, file: str) -> tuple[FileMargin, ...]:
    """The margins of a CSV with the columns variable, code and total.

    A variable may cross columns, `sex:region`, with codes `F:north`. Without a code it is an amount
    that adds up to the total, or without a variable everyone.

    Raises:
        BadInput: what is no such file, with its line.
    """
    rows = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadInput(f"{file} must have the columns {', '.join(COLUMNS)} and no others.")
    found: dict[tuple[tuple[str, ...], str], dict[tuple[str, ...], float]] = {}
    for line, row in enumerate(rows, start=2):
        where = f"{file}, line {line}"
        variable, code = (row[name] or "" for name in COLUMNS[:2])
        columns = tuple(variable.split(CROSS)) if code else ()
        codes = tuple(code.split(CROSS)) if code else ()
        if len(codes) != len(columns):
            raise BadInput(f"{where}: {code} must be {len(columns)} codes with {CROSS} between.")
        totals = found.setdefault((columns, "" if code else variable), {})
        if codes in totals:
            raise BadInput(f"{where}: {variable} {code} stands twice.")
        totals[codes] = _number(row["total"], where)
    return tuple(FileMargin(*of, totals) for of, totals in found.items())


def _number(text: str | None, where: str) -> float:
    try:
        total = float(text or "")
    except ValueError:
        total = math.nan
    if math.isnan(total):
        raise BadInput(f"{where}: the total {text or ''!r} is not a number.")
    return total


def calibrated(
    design: Design, how: FileCalibration, values: Mapping[str, NDArray[Any]]
) -> Calibrated:
    """The design with calibrated weights. Raises BadInput and MethodFailed as `calibrate`."""
    coded = {name: labelled(values[MARGIN + name]) for one in how.margins for name in one.columns}
    home = None
    if how.household:
        home, _ = labelled(values[HOME])
        if (home < 0).any():
            raise BadInput(
                f"The household (column {how.household}) is empty for {(home < 0).sum():,} of "
                f"{len(home):,} rows."
            )
    targets = [_target(one, coded, values, len(design.weight)) for one in how.margins]
    return calibrate(design, targets, how.distance, home)


def _target(
    one: FileMargin,
    coded: Mapping[str, tuple[Ints, Sequence[str]]],
    values: Mapping[str, NDArray[Any]],
    people: int,
) -> Target:
    columns, codes = [], []
    for at, name in enumerate(one.columns):
        place, labels = coded[name]
        columns.append(place)
        # Codes nobody has are refused later, in one sentence with all others.
        codes.append([*labels, *sorted({own[at] for own in one.totals} - set(labels))])
    place, labels = crossed(columns, codes, people, CROSS)
    given = {CROSS.join(own): total for own, total in one.totals.items()}
    totals = np.array([given.get(label, np.nan) for label in labels])
    amount = _amount(values[AMOUNT + one.amount], one.amount) if one.amount else None
    return Target(one.name, place, labels, totals, amount)


def _amount(column: NDArray[Any], name: str) -> Floats:
    try:
        return column.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise BadInput(
            f"The margin {name} has a total and no code, and column {name} holds no numbers."
        ) from error


def labelled(column: NDArray[Any]) -> tuple[Ints, list[str]]:
    """The place of every row's label among the labels, -1 where there is none."""
    if column.dtype.kind in "iufb":
        values, place = np.unique(column, return_inverse=True)
        words = list(_words(values))
    else:
        labels, place = np.unique([v or "" for v in column.tolist()], return_inverse=True)
        words = labels.tolist()
    known = np.array([word != "" for word in words])
    number = np.where(known, np.cumsum(known) - 1, -1)
    return number[place], [word for word in words if word]


def _words(values: NDArray[Any]) -> Iterator[str]:
    """Numbers as the file's codes: a whole one has no decimal point, what is no number is empty."""
    for value in values.tolist():
        if value != value:
            yield ""
        elif isinstance(value, float) and value.is_integer():
            yield str(int(value))
        else:
            yield str(value)

"""From the rows of another agency's dataflow to observations; nothing is guessed or corrected."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cauce.harmonise.foreign.columns import (
    column_of,
    missing,
    no_number,
    numbers,
    refused,
    spread,
    twice,
    unknown,
    unlike,
    words_of,
)
from cauce.harmonise.foreign.flow import dataflow, dimensions
from cauce.harmonise.foreign.held import Held
from cauce.harmonise.foreign.statuses import closed_numbers, confidential, statuses
from cauce.model.foreign import Fault, ForeignRows
from cauce.model.imported import Imported
from cauce.model.text import Text


@dataclass(frozen=True)
class Rights:
    """What may be done with the numbers, and how they are cited.

    `open` says that they may be given away whole.
    """

    licence: Text
    citation: str
    open: bool = True


def translate(
    held: Held, rows: ForeignRows, rights: Rights, is_period: Callable[[str], bool]
) -> Imported | list[Fault]:
    """The observations of a dataflow in the order of their rows, or all cells that are wrong."""
    if found := list(_faults(held, rows, is_period)):
        return sorted(found, key=lambda fault: (fault.number, fault.component))
    value = numbers(column_of(rows, held.measure))
    if found := list(closed_numbers(rows, value)):
        return found
    rows = _spread(held, rows)
    made, key = dimensions(held, rows)
    if found := list(twice(rows, key)):
        return found
    columns = [column_of(rows, each.id) for each in held.attributes]
    obs_status, notes = statuses(held, rows, value)
    flow = dataflow(held, rows, rights.licence, rights.citation, rights.open, made)
    return Imported(
        dataflow=flow,
        key=key,
        value=value,
        obs_status=obs_status,
        conf_status=confidential(rows, value),
        note=notes,
        theirs=tuple(map(words_of, columns)),
    )


def _faults(held: Held, rows: ForeignRows, is_period: Callable[[str], bool]) -> Iterator[Fault]:
    components = held.components
    for each in held.dimensions:
        yield from missing(rows, each.id)
        yield from unknown(rows, each)
    yield from missing(rows, held.time.id)
    yield from refused(
        rows, held.time.id, lambda w: "" if not w or is_period(w) else "is no period of SDMX."
    )
    yield from refused(rows, held.measure, no_number)
    for name in rows.columns:
        if name not in components and name != held.measure:
            yield from refused(
                rows, name, lambda w: "is of no component of the data structure." if w else ""
            )
    for each in held.attributes:
        yield from unknown(rows, each)
        if each.level != "observation":
            yield from unlike(rows, each)


def _spread(held: Held, rows: ForeignRows) -> ForeignRows:
    """The rows with attributes of series, groups and the data set in each of theirs."""
    columns = dict(rows.columns)
    for each in held.attributes:
        if each.level != "observation" and each.id in columns:
            columns[each.id] = spread(rows, each)
    return ForeignRows(rows.file, columns, rows.lines, rows.numbers)

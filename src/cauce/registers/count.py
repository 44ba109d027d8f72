"""A register as of a day, counted: nobody is sampled, so the standard error is 0."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

import numpy as np

from cauce.model.arrays import Ints
from cauce.model.cell import Cells
from cauce.model.codelist import NOT_FILLED_IN
from cauce.model.dataflow import Dataflow
from cauce.model.entry import Entry
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.record import Absent, Record, Sealed
from cauce.model.register import Count, Field, Register
from cauce.registers.counted import REASONS, Lists, dataflow, month_of, year_of
from cauce.registers.fields import field_of
from cauce.registers.log import as_of
from cauce.registers.margins import FIXED, Units, cells_of

KEY = "\0key"
"""Under which a unit has the key of its record: no field is called so."""


@dataclass(frozen=True)
class Counted:
    """The cells of one count, None if there are none, and how many were of no period."""

    cells: Cells | None
    without_period: int


def records_as_of(
    entries: Iterable[Sequence[Entry]], day: date, known_at: datetime | None = None
) -> tuple[Record, ...]:
    """The records that were there on a day, as it was known at a moment (now if None).

    Args:
        entries: all entries of the register, record by record.
    """
    return tuple(named_as_of(entries, day, known_at).values())


def named_as_of(
    entries: Iterable[Sequence[Entry]], day: date, known_at: datetime | None = None
) -> dict[str, Record]:
    """The same, by the keys of the records."""
    found = ((group[0].key, as_of(group, day, known_at)) for group in entries)
    return {key: period.record for key, period in found if period is not None}


def count_register(
    register: Register,
    records: Sequence[Record],
    lists: Lists,
    house: House,
    day: date,
    keys: Sequence[int] = (),
) -> tuple[Counted, ...]:
    """The cells of every count the register declares, for records as of a day.

    Cells with no record are left out: that nothing is registered is no number.

    Args:
        keys: a secret number of 64 bits for each record, from which noise is made; none if none is.

    Raises:
        BadInput: a record has a code its list no longer has.
    """
    keyed = [
        {**record, KEY: key}
        for record, key in zip(records, keys or (0,) * len(records), strict=True)
    ]
    return tuple(_counted(register, one, keyed, lists, house, day) for one in register.counts)


def _counted(
    register: Register,
    count: Count,
    records: Sequence[Mapping[str, object]],
    lists: Lists,
    house: House,
    day: date,
) -> Counted:
    every = (unit for record in records for unit in _of_day(count, record, day))
    found = [unit for unit in every if _asked_for(count, unit)]
    of = month_of if count.monthly else year_of
    years = [of(unit.get(count.period)) if count.period else day.isoformat() for unit in found]
    periods = sorted({year for year in years if year})
    if not periods:
        return Counted(None, len(found))
    flow = dataflow(register, count, lists, house, periods)
    named = [(unit, periods.index(year)) for unit, year in zip(found, years, strict=True) if year]
    units = _units(register, count, flow, named)
    return Counted(cells_of(flow, units), len(found) - len(named))


def _of_record(count: Count, record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The record, or each row of the field whose rows are counted, as values by full name."""
    rows = next((name.partition(".")[0] for name in _named(count) if "." in name), "")
    # Without a declared contributor, a cell rests on records: this one, whatever it says.
    own = {**record, "": object()}
    if not rows:
        yield own
        return
    value = record.get(rows, ())
    for row in value if isinstance(value, tuple) else ():
        if isinstance(row, Mapping):
            yield {**own, **{f"{rows}.{name}": part for name, part in row.items()}}


def _asked_for(count: Count, unit: Mapping[str, object]) -> bool:
    return all(_word(unit.get(name)) in codes for name, codes in count.only)


def _of_day(
    count: Count, record: Mapping[str, object], day: date
) -> Sequence[Mapping[str, object]]:
    """The units of a record that hold on the day, or what the last of them has lapsed into."""
    units = [*_of_record(count, record)]
    if not count.current:
        return units
    here = [unit for unit in units if _holds(count, unit, day)]
    return here or [*_lapsed(count, units, day)]


def _lapsed(
    count: Count, units: Sequence[Mapping[str, object]], day: date
) -> Iterator[Mapping[str, object]]:
    """What ran out before the day and nothing followed; nothing is guessed without all first days.

    Source: as a licence is read on a day (portal/recruiters/standing).
    """
    days = [first for unit in units if isinstance(first := unit.get(count.current[0]), date)]
    begun = [first for first in days if first <= day]
    if count.lapses is None or len(days) < len(units) or not begun:
        return
    field, states, into = count.lapses
    last = next(unit for unit in units if unit[count.current[0]] == max(begun))
    if last.get(field) in states:
        yield {**last, field: into}


def _holds(count: Count, unit: Mapping[str, object], day: date) -> bool:
    """Whether a unit holds on the day."""
    first, last = (unit.get(name) for name in count.current)
    # A first day that is not known is no evidence that it holds.
    return isinstance(first, date) and first <= day and not (isinstance(last, date) and last < day)


def _word(value: object) -> object:
    """A flag as a declaration writes it; any other value as it is."""
    return str(value).lower() if isinstance(value, bool) else value


def _named(count: Count) -> tuple[str, ...]:
    measured = count.measure, count.share_of, count.period
    return (*count.by, *measured, *count.contributor, *count.current)


def _units(
    register: Register,
    count: Count,
    flow: Dataflow,
    found: Sequence[tuple[Mapping[str, object], int]],
) -> Units:
    fields = [field_of(register, name) for name in count.by]
    places = [
        {code.id: at for at, code in enumerate(dimension.codes)}
        for dimension in flow.dimensions[FIXED:-1]
    ]
    place, amount, wholes, owners, period, holdings, keys = [], [], [], [], [], [], []
    for unit, when in found:
        value, whole = _amounts(count, unit)
        if Absent.NOT_APPLICABLE in (value, whole):
            continue
        owner = [_owner(unit.get(name)) for name in count.contributor or ("",)]
        choices = (
            _codes(register, field, unit.get(name), known)
            for field, name, known in zip(fields, count.by, places, strict=True)
        )
        for codes in product(*choices):
            place.append(codes)
            amount.append(_number(value))
            wholes.append(_number(whole))
            owners.append(owner)
            period.append(when)
            holdings.append([_owner(_last(unit, count.holding))])
            keys.append(unit.get(KEY, 0))
    whole_of = np.array(wholes, dtype=np.float64)
    parts = np.array(amount, dtype=np.float64)
    return Units(
        np.array(place, dtype=np.int32).reshape(len(place), len(fields)),
        # A part of what is not known is no part that can be told.
        np.where(np.isnan(whole_of), np.nan, parts) if count.share_of else parts,
        whole_of,
        _numbered(owners),
        np.array(period, dtype=np.int32),
        _numbered(holdings)[:, 0] if count.holding and holdings else None,
        np.array(keys, dtype=np.uint64),
    )


def _last(unit: Mapping[str, object], name: str) -> object:
    """What a unit says in a field; of a column of rows that are not counted, what the last says."""
    if name in unit or "." not in name:
        return unit.get(name)
    field, _, column = name.partition(".")
    rows = unit.get(field)
    last = rows[-1] if isinstance(rows, tuple) and rows else {}
    return last.get(column) if isinstance(last, Mapping) else None


def _amounts(count: Count, unit: Mapping[str, object]) -> tuple[object, object]:
    """What is added up of a unit, and what that is a share of."""
    value = unit.get(count.measure) if count.measure else 1
    return value, unit.get(count.share_of) if count.share_of else None


def _codes(
    register: Register, field: Field, value: object, known: Mapping[str, int]
) -> tuple[int, ...]:
    """The positions of what a field holds: its codes, or the code of why it has none."""
    if value is None or value == ():
        return (known[NOT_FILLED_IN],)
    if isinstance(value, Absent):
        return (known[REASONS[value]],)
    if isinstance(value, bool):
        return (known["Y" if value else "N"],)
    codes = value if isinstance(value, tuple) else (value,)
    if field.kind == "link" and value not in known:
        raise BadInput(
            f"{register.id}: {field.id} names {field.register}/{value}, which no table may name: "
            "it is not approved, not public, or begins after the day counted. Have it approved, "
            "correct the record, or count by another field."
        )
    if gone := sorted({str(code) for code in codes} - set(known)):
        raise BadInput(
            f"{register.id}: records have codes that the list {field.codelist} of {field.id} no "
            f"longer has: {', '.join(gone)}. Keep them in the list, or correct the records."
        )
    return tuple(known[code] for code in codes)


def _owner(value: object) -> object:
    """Whose a unit is. All whose contributor is not known count as one: rather too few."""
    return None if isinstance(value, Absent | Sealed) else value


def _number(value: object) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if known else np.nan  # type: ignore[arg-type] # it is a number


def _numbered(owners: Sequence[Sequence[object]]) -> Ints:
    """The same owners by number, column by column."""
    numbers: dict[tuple[int, object], int] = {}
    rows = [
        [numbers.setdefault((at, owner), len(numbers)) for at, owner in enumerate(row)]
        for row in owners
    ]
    return np.array(rows, dtype=np.int64)

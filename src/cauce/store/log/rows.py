"""Entries as rows of the database and back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row

from cauce.model.entry import Action, Entry
from cauce.model.register import Register
from cauce.registers.canonical import from_json, to_json
from cauce.registers.log import Link, chained


def moment(at: datetime) -> str:
    """A moment as the database keeps it: UTC, to the microsecond, sorting as it is."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def to_row(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "register": entry.register,
        "key": entry.key,
        "country": entry.country,
        "action": str(entry.action),
        "record": None if entry.record is None else to_json(entry.record),
        "valid_from": _day(entry.valid_from),
        "valid_to": _day(entry.valid_to),
        "recorded_at": moment(entry.recorded_at),
        "actor": entry.actor,
        "reason": entry.reason,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def to_entry(row: Row[Any], registers: Mapping[str, Register]) -> Entry:
    """The entry in a row of the table. Raises KeyError if nothing declares its register."""
    return Entry(
        number=row.number,
        register=row.register,
        key=row.key,
        country=row.country,
        action=Action(row.action),
        record=None if row.record is None else from_json(registers[row.register], row.record),
        valid_from=_from(row.valid_from),
        valid_to=_from(row.valid_to),
        recorded_at=datetime.fromisoformat(row.recorded_at),
        actor=row.actor,
        reason=row.reason,
        previous=row.previous,
        hash=row.hash,
    )


def to_link(row: Row[Any]) -> Link:
    """What chains a row, from its texts as they are: the same as `hash_of` of its entry."""
    said = (
        row.number,
        row.register,
        row.key,
        row.country,
        row.action,
        row.record or "",
        row.valid_from or "",
        row.valid_to or "",
        row.recorded_at,
        row.actor,
        row.reason,
    )
    # A damaged database may hold anything: what is no text is no reason to stop.
    parts = (part if isinstance(part, int | str) else repr(part) for part in said)
    return Link(row.number, row.previous, row.hash, chained(row.previous, *parts))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _from(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

"""What the fields of a record hold, in the kinds that frames ask for.

Unknown, not stated, not applicable and not filled in are all "no value" here; where a frame tells
them apart, it asks the record itself.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cauce.model.record import Absent, Record, Row, Sealed
from cauce.model.text import Text


def text(row: Record | Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) and not isinstance(value, Absent | Sealed) else ""


def words(row: Record | Row, stem: str, otherwise: str = "") -> Text:
    """Both languages, each standing in for the other where only one was filled in."""
    en, es = text(row, f"{stem}_en"), text(row, f"{stem}_es")
    return Text(en or es or otherwise, es or en or otherwise)


def number(row: Record | Row, key: str) -> float | None:
    value = row.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def whole(row: Record | Row, key: str) -> int | None:
    value = number(row, key)
    return None if value is None else int(value)


def money(row: Record | Row, key: str) -> Decimal | None:
    value = number(row, key)
    return None if value is None else Decimal(str(value))


def day(row: Record | Row, key: str) -> date | None:
    value = row.get(key)
    return value if isinstance(value, date) else None


def flag(row: Record | Row, key: str) -> bool | None:
    value = row.get(key)
    return value if isinstance(value, bool) else None


def codes(row: Record | Row, key: str) -> tuple[str, ...]:
    value = row.get(key)
    parts = value if isinstance(value, tuple) else ()
    return tuple(part for part in parts if isinstance(part, str))


def rows(record: Record, key: str) -> list[Row]:
    value = record.get(key)
    parts = value if isinstance(value, tuple) else ()
    return [part for part in parts if isinstance(part, Mapping)]

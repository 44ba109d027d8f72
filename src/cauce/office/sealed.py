"""Whether a record holds what is sealed, so that opening it has to be noted."""

from collections.abc import Mapping

from cauce.model.record import Record, Sealed, Value


def holds_sealed(record: Record) -> bool:
    return any(_sealed(value) for value in record.values())


def _sealed(value: Value) -> bool:
    if isinstance(value, tuple):
        return any(
            isinstance(cell, Sealed)
            for row in value
            if isinstance(row, Mapping)
            for cell in row.values()
        )
    return isinstance(value, Sealed)

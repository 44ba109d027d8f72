"""One door for the types of every format: five kinds of column, and no number that is none."""

import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.errors import BadInput

EXACT = 2.0**53
"""Below it every whole number is exact in floating point."""


def kind(type_: pa.DataType) -> str:
    """The kind of a settled column."""
    if pa.types.is_integer(type_):
        return "integer"
    if pa.types.is_floating(type_):
        return "float"
    if pa.types.is_boolean(type_):
        return "boolean"
    return "date" if pa.types.is_date(type_) else "text"


def settle(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    type_ = column.type
    try:
        if pa.types.is_boolean(type_):
            return column
        if pa.types.is_integer(type_):
            return column.cast(pa.int64())
        if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
            return settle_float(name, column.cast(pa.float64()))
        if pa.types.is_date(type_):
            return column.cast(pa.date32())
        return settle_text(name, column)
    except pa.ArrowInvalid as error:
        # Arrow's sentence may quote a value.
        raise BadInput(f"column {name}: values that do not fit the type {type_}.") from error


def settle_float(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Floats without NaN (null instead), as integers if all are whole. Raises BadInput for inf."""
    refuse_infinite(name, infinite_in(column))
    column = without_nan(column)
    if column.null_count < len(column) and all_whole(column):
        return column.cast(pa.int64())
    return column


def infinite_in(column: pa.ChunkedArray) -> int:
    return pc.sum(pc.is_inf(column)).as_py() or 0


def refuse_infinite(name: str, infinite: int) -> None:
    if infinite:
        raise BadInput(
            f"column {name}: {infinite:,} values are infinite, which no answer is. "
            "Make them missing in the file."
        )


def without_nan(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)


def all_whole(column: pa.ChunkedArray) -> bool:
    """Whether all floats are whole numbers that are exact; so are none."""
    whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), EXACT))
    return bool(pc.all(whole).as_py())


def settle_text(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text trimmed, an empty one null. Raises BadInput for what cannot be text."""
    type_ = column.type
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    texts = pa.types.is_string(inner) or pa.types.is_large_string(inner) or pa.types.is_null(inner)
    if pa.types.is_timestamp(inner):
        column = pc.strftime(column.cast(pa.timestamp("s"), safe=False), format="%Y-%m-%dT%H:%M:%S")
    elif pa.types.is_dictionary(type_) and not texts:
        return settle(name, column.cast(inner))
    elif not texts:
        raise BadInput(f"column {name} is of type {type_}, which no survey column is.")
    trimmed = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)

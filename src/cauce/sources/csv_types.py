"""What a column of text holds, decided by every one of its values: numbers, or text as written."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.errors import BadInput

# A leading zero says "code", and 19 digits no longer fit: neither is taken for a number.
INTEGER = r"^-?(0|[1-9][0-9]{0,17})$"
FLOAT = r"^-?((0|[1-9][0-9]{{0,17}})({d}[0-9]*)?|{d}[0-9]+)([eE][+-]?[0-9]+)?$"
GROUPED = r"^-?[0-9]{{1,3}}([{s}][0-9]{{3}})+({d}[0-9]+)?$"
SEPARATORS = ".,' \u00a0\u202f\u2019"
WORD = r"^[^0-9]*$"


def typed(name: str, column: pa.ChunkedArray, decimal: str) -> pa.ChunkedArray:
    """A dictionary-encoded column of text as integers, floats, or text.

    Values are trimmed; an empty one is null. Numbers are taken only if every value is a finite
    number in plain writing; "NaN", "inf", "1e400" and "01" leave the whole column text. A column
    of numbers and words ("NA") is text too, with a decimal point in its numbers.

    Raises:
        BadInput: numbers with thousands separators, which could mean two things.
    """
    whole = column.unify_dictionaries().combine_chunks()
    whole = whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole
    values = pc.utf8_trim_whitespace(whole.dictionary)
    values = pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)
    meant = numbers(name, values, decimal)
    return pa.chunked_array([pc.take(meant, whole.indices)], type=meant.type)


def numbers(name: str, values: pa.Array, decimal: str) -> pa.Array:
    """The distinct values of a column as numbers if all of them are, else as text."""
    if values.null_count == len(values):
        return values
    if every(values, INTEGER):
        return pc.cast(values, pa.int64())
    point = re.escape(decimal)
    plain = pc.match_substring_regex(values, FLOAT.format(d=point))
    with_point = pc.replace_substring(values, decimal, ".")
    if pc.all(plain).as_py():
        floats = pc.cast(with_point, pa.float64())
        return floats if pc.all(pc.is_finite(floats)).as_py() else values
    refuse_grouped(name, values, plain, decimal)
    words = pc.match_substring_regex(values, WORD)
    if decimal != "." and pc.all(pc.or_(plain, words)).as_py():
        return pc.if_else(plain, with_point, values)
    return values


def every(values: pa.Array, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(values, pattern)).as_py())


def refuse_grouped(name: str, values: pa.Array, plain: pa.Array, decimal: str) -> None:
    """Raises BadInput if all values are numbers, some only when a separator is left out."""
    signs = re.escape(SEPARATORS.replace(decimal, ""))
    grouped = pc.match_substring_regex(values, GROUPED.format(s=signs, d=re.escape(decimal)))
    only = pc.and_(grouped, pc.invert(plain))
    if pc.any(only).as_py() and pc.all(pc.or_(plain, grouped)).as_py():
        count = pc.sum(only).as_py()
        raise BadInput(
            f"column {name}: {count:,} distinct values look like numbers with thousands "
            f"separators (decimal = {decimal!r} was declared). They could mean two things: "
            "write them without separators, or correct decimal in csv = { … }."
        )

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
    values = trimmed(whole.dictionary)
    meant = numbers(name, values, decimal)
    return pa.chunked_array([pc.take(meant, whole.indices)], type=meant.type)


def trimmed(values: pa.Array) -> pa.Array:
    values = pc.utf8_trim_whitespace(values)
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def numbers(name: str, values: pa.Array, decimal: str) -> pa.Array:
    """The distinct values of a column as numbers if all of them are, else as text."""
    meaning = Meaning(name, decimal)
    meaning.add(values)
    return meaning.of(values)


class Meaning:
    """What a column holds, by its distinct values, which may come some at a time.

    Memory does not grow with them: but for numbers with thousands separators, which stop it.
    """

    def __init__(self, name: str, decimal: str) -> None:
        self._name, self._decimal = name, decimal
        self._any = False
        self._integer = self._plain = self._finite = self._worded = self._separated = True
        self._grouped: set[str] = set()

    def add(self, values: pa.Array) -> None:
        """Take in trimmed values, each once; null is none."""
        if values.null_count == len(values):
            return
        self._any = True
        self._integer = self._integer and every(values, INTEGER)
        if self._integer:
            return
        plain = pc.match_substring_regex(values, FLOAT.format(d=re.escape(self._decimal)))
        self._plain = self._plain and bool(pc.all(plain).as_py())
        if self._plain:
            floats = pc.cast(self._with_point(values), pa.float64())
            self._finite = self._finite and bool(pc.all(pc.is_finite(floats)).as_py())
        words = pc.match_substring_regex(values, WORD)
        self._worded = self._worded and bool(pc.all(pc.or_(plain, words)).as_py())
        self._separate(values, plain)

    def of(self, values: pa.Array) -> pa.Array:
        """Some of the values as what all of them are.

        Raises:
            BadInput: numbers with thousands separators, which could mean two things.
        """
        if not self._any:
            return values
        if self._integer:
            return pc.cast(values, pa.int64())
        if self._plain:
            if not self._finite:
                return values
            return pc.cast(self._with_point(values), pa.float64())
        self._refuse_grouped()
        if self._decimal != "." and self._worded:
            plain = pc.match_substring_regex(values, FLOAT.format(d=re.escape(self._decimal)))
            return pc.if_else(plain, self._with_point(values), values)
        return values

    def _with_point(self, values: pa.Array) -> pa.Array:
        return pc.replace_substring(values, self._decimal, ".")

    def _separate(self, values: pa.Array, plain: pa.Array) -> None:
        """Note the values that are numbers only when a separator is left out."""
        if not self._separated:
            return
        signs = re.escape(SEPARATORS.replace(self._decimal, ""))
        form = GROUPED.format(s=signs, d=re.escape(self._decimal))
        grouped = pc.match_substring_regex(values, form)
        self._separated = bool(pc.all(pc.or_(plain, grouped)).as_py())
        only = pc.fill_null(pc.and_(grouped, pc.invert(plain)), False)
        self._grouped.update(values.filter(only).to_pylist() if self._separated else ())

    def _refuse_grouped(self) -> None:
        """Raises BadInput if all values are numbers, some only when a separator is left out."""
        if self._separated and self._grouped:
            raise BadInput(
                f"column {self._name}: {len(self._grouped):,} distinct values look like numbers "
                f"with thousands separators (decimal = {self._decimal!r} was declared). They could "
                "mean two things: write them without separators, or correct decimal in csv = "
                "{ … }."
            )


def every(values: pa.Array, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(values, pattern)).as_py())

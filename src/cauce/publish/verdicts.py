"""The verdicts of observations: few combinations of words, and which of them each row has."""

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from cauce.model.arrays import Codes, Ints
from cauce.model.observation import Observations
from cauce.publish.components import WORDED

Words: TypeAlias = tuple[str, ...]
"""One word for each attribute that `worded` has, "" where there is none."""


@dataclass(frozen=True)
class Verdicts:
    """The combinations that occur, by their first row, and which of them each row has; (c,)."""

    words: tuple[Words, ...]
    codes: Codes

    @property
    def nbytes(self) -> int:
        return self.codes.nbytes + 500 * len(self.words)

    def of(self, rows: Ints) -> "Verdicts":
        """Those of some rows, by the first of these."""
        encoded = pa.array(self.codes[rows]).dictionary_encode()
        words = tuple(self.words[code] for code in encoded.dictionary.to_pylist())
        return Verdicts(words, encoded.indices.to_numpy())

    def texts(self, write: Callable[[Words], str]) -> pa.Array:
        """The text of every combination."""
        return pa.array([write(words) for words in self.words], pa.string())


def verdicts_of(observations: Observations, rows: Ints | None = None) -> Verdicts:
    """The verdicts of rows, all if None.

    A few objects stand for the words of all rows: they are told apart before anything is read.
    """
    columns: list[Sequence[str]] = [getattr(observations, a.field) for a in WORDED]
    if observations.dataflow.by_agency:
        columns = list(observations.theirs)
    if rows is not None:
        columns = [_some(column, rows) for column in columns]
    codes = np.zeros(len(observations.value) if rows is None else len(rows), dtype=np.int32)
    for column in columns:
        objects = _places(column)
        if not len(objects) or (objects == objects[0]).all():
            continue
        own = pa.array(objects).dictionary_encode().indices.to_numpy().astype(np.int64)
        together = pa.array(own * (int(codes.max(initial=0)) + 1) + codes)
        codes = together.dictionary_encode().indices.to_numpy()
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    # Of several rows the last that is written stays: the first one.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    words = tuple(tuple(str(column[row]) for column in columns) for row in first.tolist())
    return Verdicts(words, codes)


def _some(column: Sequence[str], rows: Ints) -> Sequence[str]:
    """The words of rows; of rows that follow one another without a look at each."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and (np.diff(rows) == 1).all():
        return column[int(rows[0]) : int(rows[-1]) + 1]
    return [*map(column.__getitem__, rows.tolist())]


def _places(column: Sequence[str]) -> Ints:
    """Where in memory each word is, (r,): what an array of objects holds, four times faster
    than asking for the identity of one after the other."""
    objects = np.fromiter(column, object, len(column))
    held = (ctypes.c_byte * objects.nbytes).from_address(objects.ctypes.data)
    return np.frombuffer(memoryview(held), np.int64).copy()

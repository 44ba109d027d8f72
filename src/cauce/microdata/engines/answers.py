"""What an engine answers, as arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cauce.microdata.engine import to_numpy
from cauce.model.arrays import Ints
from cauce.model.errors import MethodFailed

WIDE = 38


@dataclass(frozen=True)
class Answer:
    """The table an engine gave back."""

    table: pa.Table

    @property
    def rows(self) -> int:
        return int(self.table.num_rows)

    def labels(self, name: str) -> NDArray[Any]:
        """A column of labels: whole numbers, or objects with None where there is none."""
        return to_numpy(self.table[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of amounts, NaN where there is none."""
        return np.asarray(to_numpy(self.table[name]), dtype=np.float64)

    def counts(self, name: str) -> Ints:
        """A column of counts; the sum over nobody is 0."""
        column = self.table[name].cast(pa.int64()).fill_null(0)
        return np.asarray(column.to_numpy(), dtype=np.int64)

    def words(self, name: str, word: Callable[[Any], str]) -> NDArray[Any]:
        """A column as text, each value made into a word once; "" where there is none."""
        coded = self.table[name].combine_chunks().dictionary_encode()
        known = ["" if one is None else word(one) for one in coded.dictionary.to_pylist()]
        at = coded.indices.fill_null(len(known)).to_numpy()
        return np.asarray(np.array([*known, ""], dtype=np.str_)[at])

    def place_in(self, other: "Answer", *names: str) -> Ints:
        """The row of another answer that has the same labels, -1 where none has."""
        found = np.zeros(self.rows, dtype=np.int64)
        theirs = np.zeros(other.rows, dtype=np.int64)
        for name in names:
            known = pc.unique(other.table[name])
            own = pc.index_in(self.table[name].cast(known.type), value_set=known).fill_null(-1)
            found = found * (len(known) + 1) + np.asarray(own.to_numpy(), dtype=np.int64) + 1
            at = pc.index_in(other.table[name], value_set=known)
            theirs = theirs * (len(known) + 1) + np.asarray(at.to_numpy(), dtype=np.int64) + 1
        order = np.argsort(theirs)
        place = np.minimum(np.searchsorted(theirs[order], found), other.rows - 1)
        return np.where(theirs[order][place] == found, order[place], -1)

    def limbs(self, name: str) -> NDArray[np.uint64]:
        """A column of sums as two limbs of 64 bits, the higher first, shape (rows, 2)."""
        return limbs_of(self.table[name])


def limbs_of(column: pa.ChunkedArray) -> NDArray[np.uint64]:
    """Decimals without a fraction as limbs; see `Answer.limbs`.

    Raises:
        MethodFailed: the column has another type: the engine did not do as it was told.
    """
    kind = column.type
    if not (pa.types.is_decimal128(kind) and kind.scale == 0) or column.null_count:
        raise MethodFailed(f"The engine gave sums as {kind}, not as whole numbers of 38 digits.")
    parts = [_limbs(chunk) for chunk in column.chunks if len(chunk)]
    return np.concatenate(parts) if parts else np.zeros((0, 2), dtype=np.uint64)


def _limbs(chunk: pa.Array) -> NDArray[np.uint64]:
    raw = np.frombuffer(chunk.buffers()[1], dtype="<u8").reshape(-1, 2)
    own = raw[chunk.offset : chunk.offset + len(chunk), ::-1]
    return np.ascontiguousarray(own, dtype=np.uint64)

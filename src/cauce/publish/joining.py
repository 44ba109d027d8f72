"""Text of rows put together: columns of text side by side, and what all rows say once."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Text: TypeAlias = pa.Array
BATCH = 8_192


def lines(parts: Iterable[Text | str], count: int, skip: int = 0) -> bytes:
    """So many rows of the parts side by side, one after the other, but for the first bytes.

    A part is a text of every row, null where there is none, or one that all rows say.
    """
    merged = _merged(parts)
    if all(isinstance(part, str) for part in merged):
        return ("".join(map(str, merged)) * count).encode()[skip:]
    return _bytes(merged[0] if len(merged) == 1 else _beside(merged), skip)


def joined(parts: Iterable[Text | str], count: int) -> Text:
    """As `lines`, but every row by itself."""
    merged = _merged(parts)
    if all(isinstance(part, str) for part in merged):
        return pa.repeat("".join(map(str, merged)), count)
    return merged[0] if len(merged) == 1 else _beside(merged)


def blocks(count: int) -> Iterator[tuple[int, int]]:
    """Spans of rows of a size that keeps memory flat."""
    for start in range(0, count, BATCH):
        yield start, min(start + BATCH, count)


def _merged(parts: Iterable[Text | str]) -> list[Text | str]:
    """The parts with neighbours that all rows say as one."""
    merged: list[Text | str] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif not isinstance(part, str) or part:
            merged.append(part)
    return merged


def _beside(parts: list[Text | str]) -> Text:
    return pc.binary_join_element_wise(*parts, "", null_handling="replace", null_replacement="")


def _bytes(rows: Text, skip: int) -> bytes:
    if not len(rows):
        return b""
    offsets = np.frombuffer(rows.buffers()[1], dtype=np.int32)
    data = memoryview(rows.buffers()[2])
    return bytes(data[offsets[rows.offset] + skip : offsets[rows.offset + len(rows)]])

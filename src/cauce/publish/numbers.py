"""The numbers of a row as one text: value, errors and counts, written once and kept."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Flags, Ints
from cauce.model.observation import Observations
from cauce.publish.joining import Text, joined
from cauce.publish.select import new_series
from cauce.publish.texts import Beside

FEWEST, MOST = 128, 1_024
"""Rows whose numbers are kept together: whole series, unless they are longer than that."""
MOST_BESIDE = 4
"""How many rows may be written to be kept, for one that is asked for."""


@dataclass(frozen=True)
class Number:
    """A number of a row: its column in `Observations`, what stands around it, its absence."""

    column: str
    before: str
    after: str
    absent: str

    def texts(self, observations: Observations, rows: Ints) -> list[Text | str]:
        """The number of every row, the shortest that reads back as the same; what is alike once."""
        values = getattr(observations, self.column)[rows]
        gone = _gone(values)
        if gone.all():
            return [self.absent]
        if not gone.any():
            alike = bool((values == values[0]).all())
            text = pc.cast(pa.array(values[:1] if alike else values), pa.string())
            return [self.before, str(text[0].as_py()) if alike else text, self.after]
        text = pc.cast(pa.array(values, mask=gone), pa.string())
        own = pc.binary_join_element_wise(self.before, text, self.after, "")
        return [own.fill_null(self.absent)]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a row, in their order, with texts between them.

    The same `name` is the same way of writing. `kept` says that what is written is worth keeping.
    """

    name: Hashable
    each: tuple[Number | str, ...]
    kept: bool = True


def number_texts(
    observations: Observations, rows: Ints, numbers: Numbers, beside: Beside
) -> list[Text | str]:
    """The numbers of rows as text, out of blocks that are kept, or written for these rows alone."""
    if beside.texts is None or not len(rows) or not numbers.kept:
        return _anew(observations, rows, numbers)
    bounds = beside.one("blocks", lambda: _bounds(observations))
    block = np.searchsorted(bounds, rows, side="right") - 1
    ends = np.append(np.flatnonzero(block[1:] != block[:-1]) + 1, len(rows))
    begins = np.append(0, ends[:-1])
    asked = block[begins]
    if (bounds[asked + 1] - bounds[asked]).sum() > MOST_BESIDE * len(rows) + MOST:
        return _anew(observations, rows, numbers)

    def make(absent: list[int]) -> list[Text]:
        return _blocks(observations, numbers, bounds, asked[absent])

    texts = beside.each([(numbers.name, at) for at in asked.tolist()], make)
    spans = zip(texts, begins.tolist(), ends.tolist(), asked.tolist(), strict=True)
    found = [_among(text, rows[first:last] - bounds[at]) for text, first, last, at in spans]
    return [found[0] if len(found) == 1 else pa.concat_arrays(found)]


def _anew(observations: Observations, rows: Ints, numbers: Numbers) -> list[Text | str]:
    found: list[Text | str] = []
    for each in numbers.each:
        found += [each] if isinstance(each, str) else each.texts(observations, rows)
    return found


def _bounds(observations: Observations) -> Ints:
    """Where the blocks of a table begin, each with a series, and at its end the number of rows."""
    count = len(observations.value)
    starts = np.flatnonzero(new_series(observations, np.arange(count)))
    starts = starts[np.diff(starts // FEWEST, prepend=-1) > 0]
    lengths = np.diff(starts, append=count)
    long = [
        np.arange(start + MOST, start + length, MOST)
        for start, length in zip(starts[lengths > MOST], lengths[lengths > MOST], strict=True)
    ]
    return np.sort(np.concatenate([starts, *long, [count]]))


def _blocks(observations: Observations, numbers: Numbers, bounds: Ints, asked: Ints) -> list[Text]:
    """The texts of whole blocks, written together."""
    rows = np.concatenate([np.arange(bounds[at], bounds[at + 1]) for at in asked.tolist()])
    texts = joined(_anew(observations, rows, numbers), len(rows))
    ends = np.cumsum(bounds[asked + 1] - bounds[asked]).tolist()
    # Each by itself: a part of a whole would keep the whole in memory.
    return [
        pc.take(texts, pa.array(np.arange(first, last)))
        for first, last in zip([0, *ends[:-1]], ends, strict=True)
    ]


def _among(texts: Text, places: Ints) -> Text:
    """Some of the texts, without a copy where they follow one another."""
    first, count = int(places[0]), len(places)
    if int(places[-1]) - first == count - 1 and (np.diff(places) == 1).all():
        return texts.slice(first, count)
    return pc.take(texts, pa.array(places))


def _gone(values: np.ndarray) -> Flags:
    gone: Flags = values < 0 if values.dtype.kind == "i" else ~np.isfinite(values)
    return gone

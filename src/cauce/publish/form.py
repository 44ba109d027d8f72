"""How a format writes a row, part by part, and rows under the head of their series."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Flags
from cauce.model.dataflow import Dataflow
from cauce.publish.components import INDICATOR
from cauce.publish.joining import Text, joined, lines
from cauce.publish.numbers import Numbers
from cauce.publish.rows import Rows, codes_of
from cauce.publish.verdicts import Words


@dataclass(frozen=True)
class Coded:
    """The text of a row's code in the dimension at a place; `texts` has one for every code."""

    place: int
    texts: Text


@dataclass(frozen=True)
class Worded:
    """What is written of the words of a row's verdict. The same `name` is the same `write`."""

    name: Hashable
    write: Callable[[Words], str]


Part: TypeAlias = str | Coded | Numbers | Worded


@dataclass(frozen=True)
class Line:
    """The parts of a row in the order they stand; a text is said by every row.

    `without` is a text that is taken out of the rows in which it comes to stand.
    """

    parts: tuple[Part, ...]
    without: str = ""

    @property
    def nbytes(self) -> int:
        return sum(part.texts.nbytes for part in self.parts if isinstance(part, Coded))


@dataclass(frozen=True)
class Nested:
    """Observations in series: `head` opens one, `closed` ends it.

    `apart` stands between two series, `between` between two observations of one. `place` is that of
    the dimension at the observation: a series has one code in all others.
    """

    place: int
    head: Line
    observation: Line
    closed: str
    apart: str = ""
    between: str = ""

    @property
    def nbytes(self) -> int:
        return self.head.nbytes + self.observation.nbytes


def written(rows: Rows, line: Line, skip: int = 0) -> Iterator[bytes]:
    """The rows, without the first bytes of the first."""
    for part in rows.blocks():
        yield lines(_laid(part, line), len(part), skip)
        skip = 0


def nested(rows: Rows, form: Nested) -> Iterator[bytes]:
    """The rows in series; they stand series by series, as `Rows.by` gives them."""
    # The first series has none before it to close.
    skip = len(form.closed + form.apart)
    for part, begins in in_series(rows, form.place):
        texts = [*_heads(part, form, begins), *_laid(part, form.observation)]
        yield lines(texts, len(part), skip)
        skip = 0
    if len(rows):
        yield form.closed.encode()


def heads_alone(rows: Rows, form: Nested) -> Iterator[bytes]:
    """The series of the rows without their observations."""
    line = Line((form.apart, *form.head.parts, form.closed))
    skip = len(form.apart)
    for part, begins in in_series(rows, form.place):
        first = part.some(begins)
        if len(first):
            yield lines(_laid(first, line), len(first), skip)
            skip = 0


def in_series(rows: Rows, place: int) -> Iterator[tuple[Rows, Flags]]:
    """The rows in blocks, with where in each another series begins."""
    before = None
    for part in rows.blocks():
        key = np.delete(part.key, place, axis=1)
        begins = np.ones(len(key), dtype=np.bool_)
        begins[1:] = (key[1:] != key[:-1]).any(axis=1)
        begins[0] = before is None or bool((key[0] != before).any())
        before = key[-1]
        yield part, begins


def _laid(rows: Rows, line: Line) -> list[Text | str]:
    """The parts of rows as text; codes that follow one another are written together."""
    found: list[Text | str] = []
    together: list[Coded] = []
    for part in (*line.parts, ""):
        if isinstance(part, Coded):
            together.append(part)
            continue
        if together:
            places = [coded.place for coded in together]
            found += codes_of(rows.key[:, places], [coded.texts for coded in together])
            together = []
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, Numbers):
            found += rows.numbers(part)
        else:
            found.append(rows.verdicts(part.name, part.write))
    if not line.without:
        return found
    return [pc.replace_substring(joined(found, len(rows)), line.without, "")]


def _heads(part: Rows, form: Nested, begins: Flags) -> list[Text]:
    """Where a series begins: the end of the one before and its own head; `between` elsewhere."""
    first = part.some(begins)
    heads = joined((form.closed + form.apart, *_laid(first, form.head)), len(first))
    if not form.between:
        return [pc.take(heads, pa.array(np.cumsum(begins) - 1, mask=~begins))]
    among = pa.concat_arrays([heads, pa.array([form.between], pa.string())])
    return [pc.take(among, pa.array(np.where(begins, np.cumsum(begins) - 1, len(first))))]


def indicator_place(flow: Dataflow) -> int | None:
    """Where INDICATOR stands in the key; None in another producer's tables without one."""
    names = [dimension.id for dimension in flow.dimensions]
    return names.index(INDICATOR) if INDICATOR in names else None

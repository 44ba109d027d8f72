"""Rows of a table to be written, and the texts of their codes, numbers and verdicts."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cauce.model.arrays import Codes, Flags, Ints
from cauce.model.observation import Observations
from cauce.publish.joining import Text, blocks, joined
from cauce.publish.numbers import Numbers, number_texts
from cauce.publish.select import together
from cauce.publish.texts import ALONE, Beside
from cauce.publish.verdicts import Verdicts, Words, verdicts_of

MOST_KEPT = 1 << 16
"""The rows of an answer whose numbers are kept."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table, r of them, in the order they are written.

    What is written of the table whoever asks is kept `beside` it. The numbers of a `part` of very
    many are not: they would drive out everything else.
    """

    observations: Observations
    at: Ints
    beside: Beside = ALONE
    part: bool = False

    @classmethod
    def all(cls, observations: Observations) -> "Rows":
        return cls(observations, np.arange(len(observations.value)))

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def key(self) -> Codes:
        """Their codes by dimension, (r, d)."""
        found: Codes = self.observations.key[self.at]
        return found

    def some(self, chosen: Flags) -> "Rows":
        """Those of the rows that are flagged."""
        return replace(self, at=self.at[chosen])

    def by(self, place: int) -> "Rows":
        """The rows series by series, where the dimension at a place stands at the observation.

        Where that is time they are given so.
        """
        if place == self.observations.key.shape[1] - 1:
            return self
        return replace(self, at=together(self.observations, self.at, place))

    def blocks(self) -> "Iterator[Rows]":
        """The same in parts of a size that keeps memory flat."""
        for first, last in blocks(len(self)):
            part = self.part or len(self) > MOST_KEPT
            yield Rows(self.observations, self.at[first:last], self.beside, part)

    def numbers(self, numbers: Numbers) -> list[Text | str]:
        beside = ALONE if self.part else self.beside
        return number_texts(self.observations, self.at, numbers, beside)

    def verdicts(self, name: Hashable, write: Callable[[Words], str]) -> Text | str:
        """The verdicts as text. The same `name` is the same `write`."""
        verdicts = self._verdicts
        texts = self.beside.one(("verdicts", name), lambda: verdicts.texts(write))
        return one_of(
            texts, verdicts.codes if self.beside.texts is None else verdicts.codes[self.at]
        )

    def words_used(self) -> tuple[Words, ...]:
        """The combinations of words that occur among the rows, by the first of these."""
        if self.beside.texts is not None:
            return self._verdicts.of(self.at).words
        each = (verdicts_of(part.observations, part.at).words for part in self.blocks())
        return tuple(dict.fromkeys(words for part in each for words in part))

    @property
    def _verdicts(self) -> Verdicts:
        if self.beside.texts is None:
            return verdicts_of(self.observations, self.at)
        return self.beside.one("verdicts", lambda: verdicts_of(self.observations))


def one_of(texts: Text, codes: Codes) -> Text | str:
    """The text of every row's code; one where all are the same."""
    if len(codes) and (codes == codes[0]).all():
        return str(texts[int(codes[0])].as_py())
    return pc.take(texts, pa.array(codes))


def codes_of(key: Codes, texts: Sequence[Text]) -> list[Text | str]:
    """The texts of rows' codes, dimension by dimension.

    Rows that follow one another alike in all but the last dimension are written once.

    Args:
        key: of the dimensions to be written, (r, len(texts)).
        texts: by dimension, the text of every code.
    """
    parts: list[Text | str] = [""] * len(texts)
    differing = []
    for j, text in enumerate(texts):
        if len(key) and (key[:, j] == key[0, j]).all():
            parts[j] = str(text[int(key[0, j])].as_py())
        else:
            differing.append(j)
    own = [j for j in differing if j < len(texts) - 1]
    if own:
        begins = np.ones(len(key), dtype=np.bool_)
        begins[1:] = (key[1:, own] != key[:-1, own]).any(axis=1)
        for j in own:
            parts[j] = pc.take(texts[j], pa.array(key[begins, j]))
        heads = joined(parts[own[0] : own[-1] + 1], int(begins.sum()))
        spread = pc.take(heads, pa.array(np.cumsum(begins) - 1))
        parts[own[0] : own[-1] + 1] = [spread]
    if differing and differing[-1] == len(texts) - 1:
        parts[-1] = pc.take(texts[-1], pa.array(key[:, -1]))
    return parts

"""What an SDMX-JSON data message lists before its observations: codes, words and numbers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats, Ints
from cauce.model.codelist import Code
from cauce.publish.components import Attribute
from cauce.publish.layout import Layout
from cauce.publish.rows import Rows


@dataclass(frozen=True)
class Listing:
    """The codes that occur by dimension, the words by attribute, in the order they are listed.

    `places` has for every data set and dimension the position of each code in that list, -1 where
    it does not occur.
    """

    codes: tuple[tuple[Code, ...], ...]
    places: tuple[tuple[Ints, ...], ...]
    words: dict[str, tuple[str, ...]]

    def place_of(self, attribute: Attribute, word: str) -> str:
        """The position of a word as JSON has it; null where there is none."""
        words = self.words[attribute.id]
        return str(words.index(word)) if word in words else "null"

    def named(self, told: Sequence[tuple[int, Attribute]]) -> Hashable:
        """What the positions of these attributes depend on: the same name is the same text."""
        return tuple((a.id, self.words[a.id]) for _, a in told)


def listing(layout: Layout, sets: Sequence[Rows]) -> Listing:
    """What occurs in any of the sets; a message lists nothing else.

    The codes of a later set that an earlier one does not have stand after those it has.
    """
    occurs = [_occurring(rows) for rows in sets]
    codes: list[tuple[Code, ...]] = []
    places: list[list[Ints]] = [[] for _ in sets]
    for at in range(len(layout.dimensions)):
        listed: dict[str, Code] = {}
        for place, rows, flags in zip(places, sets, occurs, strict=True):
            own = rows.observations.dataflow.dimensions[at].codes
            found = [own[position] for position in np.flatnonzero(flags[at]).tolist()]
            for code in found:
                listed.setdefault(code.id, code)
            position_of = {id_: position for position, id_ in enumerate(listed)}
            position = np.full(len(own), -1)
            position[flags[at]] = [position_of[code.id] for code in found]
            place.append(position)
        codes.append(tuple(listed.values()))
    words = _words(layout, sets)
    if not layout.observed and layout.place is not None:
        # Nothing stands at the observation, so none of its codes are listed.
        codes[layout.place] = ()
    return Listing(tuple(codes), tuple(map(tuple, places)), words)


def distinct(sets: Sequence[Rows], column: str) -> Floats:
    """The different numbers of a column, ascending, in the rows of any set.

    It takes memory in their number, as the message it is for does.
    """
    found = [np.unique(getattr(rows.observations, column)[rows.at]) for rows in sets]
    values = np.unique(np.concatenate(found)) if found else np.empty(0)
    return values[values >= 0] if values.dtype.kind == "i" else values[np.isfinite(values)]


def _occurring(rows: Rows) -> list[np.ndarray]:
    """By dimension, whether each code occurs."""
    occurs = [np.zeros(len(d.codes), np.bool_) for d in rows.observations.dataflow.dimensions]
    for part in rows.blocks():
        for at, flags in enumerate(occurs):
            flags[part.key[:, at]] = True
    return occurs


def _words(layout: Layout, sets: Sequence[Rows]) -> dict[str, tuple[str, ...]]:
    """By attribute of observations that is words, those that occur, in the order they come."""
    asked = layout.placed((*layout.words, *layout.message.at("series")))
    if not asked:
        return {}
    said = dict.fromkeys(words for rows in sets for words in rows.words_used())
    return {
        attribute.id: tuple(dict.fromkeys(words[at] for words in said if words[at]))
        for at, attribute in sorted(asked, key=lambda pair: pair[0])
    }

"""Answers as numbers: words, pairs of words and pieces of words, weighted by how rare they are.

Source: TF-IDF with a logarithm of the frequency, Manning, Raghavan & Schütze (2008), Introduction
to Information Retrieval, sections 6.2 and 6.4; pieces of words for misspelt and compound ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cauce.outlook.coding.normal import TOKEN

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

Singles = NDArray[np.float32]
WORDS, PIECES = 20_000, 40_000
"""The most features of each kind: together 60,000, the commonest first."""


@dataclass(frozen=True)
class Features:
    """What is counted in a text: words and pairs of words, then pieces; how rare each is."""

    words: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Singles

    def __len__(self) -> int:
        return len(self.words) + len(self.pieces)


def learn_features(
    texts: Sequence[str], words: int = WORDS, pieces: int = PIECES
) -> tuple[Features, sparse.csr_matrix]:
    """The features of normalised texts, at most so many of each kind, and their numbers."""
    by_word = _by_word(max_features=words)
    by_piece = _by_piece(max_features=pieces)
    found = sparse.hstack([by_word.fit_transform(texts), by_piece.fit_transform(texts)])
    rarity = np.concatenate([by_word.idf_, by_piece.idf_]).astype(np.float32)
    names = (tuple(map(str, each.get_feature_names_out())) for each in (by_word, by_piece))
    return Features(next(names), next(names), rarity), sparse.csr_matrix(found)


class Measure:
    """Turns normalised texts into numbers, by features learnt before."""

    def __init__(self, features: Features) -> None:
        cut = len(features.words)
        self._word = _by_word(vocabulary=_places(features.words))
        self._piece = _by_piece(vocabulary=_places(features.pieces))
        self._word.idf_ = features.rarity[:cut]
        self._piece.idf_ = features.rarity[cut:]

    def __call__(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Shape (texts, features); the words and the pieces of a text have length 1 each."""
        both = [self._word.transform(texts), self._piece.transform(texts)]
        return sparse.csr_matrix(sparse.hstack(both))


def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _by_word(**how: object) -> "TfidfVectorizer":
    return _counter(
        token_pattern=r"\S+",  # noqa: S106 - a pattern of words
        ngram_range=(1, 2),
        sublinear_tf=True,
        lowercase=False,
        dtype=np.float32,
        **how,
    )


def _by_piece(**how: object) -> "TfidfVectorizer":
    return _counter(
        analyzer="char_wb",
        preprocessor=_without_tokens,
        ngram_range=(2, 5),
        sublinear_tf=True,
        dtype=np.float32,
        **how,
    )


def _counter(**how: object) -> "TfidfVectorizer":
    # Its import takes a second, which only who learns or codes has to wait.
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(**how)


def _without_tokens(text: str) -> str:
    """What is known beside a text is no text: it has no pieces."""
    if TOKEN not in text:
        return text
    return " ".join(word for word in text.split() if not word.startswith(TOKEN))

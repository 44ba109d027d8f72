"""The index of all that can be found, and what a query finds in it, the best first."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from cauce.portal.bulletin import Bulletin
from cauce.portal.finding.entries import WORTH, Entry, entries
from cauce.portal.finding.tongue import asked_tokens, letters, near, same, slips
from cauce.store import Snapshot

EXACT, OTHER_WORD, BEGINS, NEAR = 1.0, 0.85, 0.7, 0.5
"""How much a word is worth by how it fits."""
STEM = 6
"""Letters that two words of one stem share at least, and all but four of the longer."""


@dataclass(frozen=True)
class Index:
    """All entries; `places` gives the entries that have a word, `vocabulary` the words in order."""

    entries: tuple[Entry, ...]
    places: Mapping[str, tuple[int, ...]]
    vocabulary: tuple[str, ...]
    letters: Mapping[str, int]


@dataclass(frozen=True)
class Hits:
    """What a query finds, the best first. `whole` says that each has all the words asked for.

    `lost` are the words that nothing has, not even nearly; `meant` the words found for others.
    """

    entries: tuple[Entry, ...]
    whole: bool
    lost: tuple[str, ...]
    meant: Mapping[str, str]


def index(snapshot: Snapshot, bulletin: Bulletin) -> Index:
    """The index of a generation of the store."""
    found = entries(snapshot, bulletin)
    places: dict[str, list[int]] = {}
    for number, entry in enumerate(found):
        for word in entry.worth:
            places.setdefault(word, []).append(number)
    return Index(
        entries=found,
        places={word: tuple(numbers) for word, numbers in places.items()},
        vocabulary=tuple(sorted(places)),
        letters={word: letters(word) for word in places},
    )


def search(of: Index, query: str) -> Hits:
    """What has all the words of a query; what has some of them, if nothing has all."""
    asked = asked_tokens(query)
    fits = {word: _fits(of, word) for word in asked}
    scores: dict[int, list[float]] = {}
    for word in asked:
        for number, score in _scored(of, fits[word]).items():
            scores.setdefault(number, []).append(score)
    whole = [number for number, found in scores.items() if len(found) == len(asked)]
    chosen = whole or list(scores)
    phrase = " ".join(asked)

    def rank(number: int) -> tuple[float, str, str]:
        entry, found = of.entries[number], scores[number]
        title = _title(entry)
        alike = 2.0 if phrase in title else 1.0
        # Of two that fit alike, the one that says less besides is more about it.
        brief = 1.0 / (1.0 + 0.02 * min(len(text) for text in title))
        missing = len(found) / len(asked)
        return -sum(found) * WORTH[entry.kind] * alike * missing * (1 + brief), entry.path, ""

    return Hits(
        entries=tuple(of.entries[number] for number in sorted(chosen, key=rank)),
        whole=bool(whole),
        lost=tuple(word for word in asked if not fits[word]),
        meant=_meant(fits),
    )


def _title(entry: Entry) -> tuple[str, str]:
    """The title in both languages as a query would say it."""
    return " ".join(asked_tokens(entry.title.en)), " ".join(asked_tokens(entry.title.es))


def _meant(fits: Mapping[str, dict[str, float]]) -> dict[str, str]:
    """For a word that nothing has, the nearest word that something has."""
    found = {}
    for word, words in fits.items():
        if words and max(words.values()) <= NEAR:
            found[word] = min(words, key=lambda other: (not near(word, other, 1), other))
    return found


def _scored(of: Index, fits: Mapping[str, float]) -> dict[int, float]:
    """The entries that one word of a query finds, each with the best it is worth."""
    best: dict[int, float] = {}
    for word, fit in fits.items():
        numbers = of.places[word]
        rare = log(1 + len(of.entries) / len(numbers))
        for number in numbers:
            score = fit * rare * of.entries[number].worth[word]
            best[number] = max(score, best.get(number, 0.0))
    return best


def _fits(of: Index, word: str) -> dict[str, float]:
    """The words of the index that fit a word, and how well; near misses only if nothing else."""
    found = dict(_other_words(of, word))
    if word in of.places:
        found[word] = EXACT
    for longer in _beginning(of, word):
        found.setdefault(longer, BEGINS)
    if not found:
        found = {other: NEAR for other in of.vocabulary if _alike(of, word, other)}
    return found


def _other_words(of: Index, word: str) -> Iterator[tuple[str, float]]:
    for other in same().get(word, ()):
        if other in of.places:
            yield other, OTHER_WORD


def _beginning(of: Index, word: str) -> Iterator[str]:
    """The words that begin with a word of three letters or more."""
    if len(word) < 3:
        return
    at = bisect_left(of.vocabulary, word)
    while at < len(of.vocabulary) and of.vocabulary[at].startswith(word):
        yield of.vocabulary[at]
        at += 1


def _alike(of: Index, word: str, other: str) -> bool:
    """Whether a word is another with a slip, or of the same stem."""
    if len(word) >= STEM and len(other) >= STEM and word[:STEM] == other[:STEM]:
        shared = next(
            (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
            min(len(word), len(other)),
        )
        if max(len(word), len(other)) - shared <= 4:
            return True
    most = slips(word)
    differ = (letters(word) ^ of.letters[other]).bit_count()
    return most > 0 and differ <= 2 * most and near(word, other, most)

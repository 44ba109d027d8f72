"""Answers as words that may be compared: without accents, endings, marks, numbers, short forms.

The same rules are used when a model is trained and when it codes, so they are kept in the model.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Why = Literal["", "empty", "no answer", "no letters", "too long"]
LONGEST = 2_000
"""Letters of an answer that is read; a longer one is no answer to "What is your occupation?"."""
TOKEN = "#"  # noqa: S105 - how a word begins that says something beside the text, as #isic=f
_PAIR = re.compile(
    r"\(\s*[-/]?\s*(?:as?|os?|es|ora|ra|triz|s)\s*\)|/\s*-?(?:as?|os?|ora|ra|triz)\b"
)
_LETTERS = re.compile(r"[^a-z]+")
_MARKS = re.compile(r"(?<=\w)['’´`](?=\w)")
_PERIODS = re.compile(r"\b(?:[a-z]\.){2,}")
_SPANISH = re.compile(r"(?<=[a-z]{3})(?:as|os|es|[aeos])$")
_ENGLISH = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[a-z]{2}(?:ch|sh|ss))es$"), ""),
    (re.compile(r"(?<=[a-z]{2}[^su])s$"), ""),
    (re.compile(r"(?<=[a-z]{2})(?:woman|women|men|person|people)$"), "man"),
    (re.compile(r"(?<=ai)tress$"), "ter"),
    (re.compile(r"(?<=ac)tress$"), "tor"),
    (re.compile(r"(?<=ew)ardess$"), "ard"),
)


@dataclass(frozen=True)
class Words:
    """What a language writes short, what says nothing, and what people write instead of an answer.

    `short`: a word, and what it stands for. `idle`: articles and the like. `none`: whole answers.
    All are without accents and in small letters.
    """

    language: str
    short: Mapping[str, str] = field(default_factory=dict)
    idle: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()


def why_nothing(text: str, words: Words) -> Why:
    """Why an answer cannot be coded whatever the model: "" if it can be tried."""
    if len(text) > LONGEST:
        return "too long"
    plain = folded(text).strip()
    if not plain:
        return "empty" if not text.strip() else "no letters"
    if " ".join(_LETTERS.split(plain)).strip() in words.none:
        return "no answer"
    return "" if normalise(text, words) else "no letters"


def folded(text: str) -> str:
    """Small letters without accents; letters drawn in other shapes (𝐚, ａ) are those letters."""
    loose = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).lower()
    return "".join(sign for sign in loose if not unicodedata.combining(sign))


def normalise(text: str, words: Words) -> str:
    """The words of an answer, one blank between them; "" if it has none.

    >>> normalise("=Téc. en  Construcción (a) 2°", Words("es", {"tec": "tecnico"}, {"en"}))
    'tecnic construccion'
    """
    plain = _PAIR.sub(" ", _MARKS.sub("", folded(text[:LONGEST])))
    plain = _PERIODS.sub(lambda found: found[0].replace(".", ""), plain)
    found = (words.short.get(word, word) for word in _LETTERS.split(plain))
    several = [part for word in found for part in word.split() if part not in words.idle]
    return " ".join(root(word, words.language) for word in several)


def root(word: str, language: str) -> str:
    """A word without its ending of number and, in Spanish, of gender: ingeniera, ingenier."""
    if language == "es":
        return _SPANISH.sub("", word)
    for ending, instead in _ENGLISH:
        word = ending.sub(instead, word)
    return word


def key(normal: str) -> str:
    """What an index looks words up by: their order and repetition say nothing there.

    >>> key("hotel manager hotel")
    'hotel manager'
    """
    return " ".join(sorted(set(normal.split())))


def token(name: str, value: str) -> str:
    """A word for something known beside the text: the industry, the education, the status."""
    kept = re.sub(r"[^a-z0-9]+", "", folded(value))
    return f"{TOKEN}{name}={kept}" if kept else ""

"""From files of titles to a model file. GSBPM 5.2, classify and code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import cauce
from cauce.model.errors import BadInput
from cauce.outlook.coding import (
    LEVELS,
    Coder,
    HeldOut,
    Lesson,
    Title,
    Words,
    hold_out,
    learn,
    make_index,
    margins_of,
    material,
    normalise,
)
from cauce.outlook.coding.margins import levels, taken
from cauce.pipeline.progress import Progress, silent
from cauce.sources.coding.model_file import Learnt, ModelFile, write_model
from cauce.sources.coding.titles import read_source
from cauce.sources.coding.words import read_scheme, read_words, upper_titles
from cauce.sources.hashing import hash_file

NATIONAL, KNOWN, TITLES = "national index", "index", "titles of the classification"
ORDER = (NATIONAL, KNOWN, TITLES)
"""Which source an index asks first."""
ENOUGH = 1_000
"""Titles and answers of the office itself on which margins are set, instead of on all."""


@dataclass(frozen=True)
class Sources:
    """The files to learn from: national ones speak first in the index."""

    files: tuple[Path, ...]
    national: tuple[Path, ...] = ()
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Level:
    """How titles of unseen occupations fared: `digits` coded to, how many, how many rightly."""

    digits: int
    coded: int
    right: int


@dataclass(frozen=True)
class Trained:
    """What training came to: titles learnt, codes told apart, and the levels on unseen ones.

    `own` says that the margins were set on what the office coded itself.
    """

    sha256: str
    titles: int
    codes: int
    tested: int
    own: bool
    levels: tuple[Level, ...]


def train_model(
    sources: Sources,
    language: str,
    classification: str,
    out: Path,
    region: Path,
    lesson: Lesson | None = None,
    say: Progress = silent,
) -> Trained:
    """Train a model of the files and write it.

    Raises:
        BadInput: a file cannot be read, or has no titles.
        MethodFailed: too few texts or codes.
    """
    lesson = lesson or Lesson()
    words, scheme = read_words(region, language), read_scheme(region, classification)
    say("Reading titles …")
    learnt, by_rank, names = _read(sources, language)
    # ESCO gives no titles of groups; where several files do, the first named holds.
    names = upper_titles(region, classification, language) | names
    titles = [title for rank in ORDER for title in by_rank[rank]]
    known = material(titles, words)
    say(f"Setting margins on {lesson.folds} parts of {len(known.texts):,} texts …")
    held = hold_out(known, lesson)
    held, own = _nearest(held, by_rank[NATIONAL], words)
    margins = margins_of(held, scheme, lesson.target)
    say("Training on all of them …")
    linear = learn(known, lesson)
    index = make_index([*(by_rank[rank] for rank in ORDER), _named(names)], words)
    coder = Coder(words, scheme, index, linear, margins, names)
    made = datetime.now(UTC).date().isoformat()
    model = ModelFile(coder, learnt, made, cauce.__version__, lesson.seed)
    sha256 = write_model(out, model)
    told = tuple(_fared(held, coder))
    return Trained(sha256, len(known.texts), len(linear.codes), len(held.truth), own, told)


def _read(
    sources: Sources, language: str
) -> tuple[tuple[Learnt, ...], dict[str, list[Title]], dict[str, str]]:
    """What was learnt from, the titles by the rank of their source, and titles of groups."""
    by_rank: dict[str, list[Title]] = {rank: [] for rank in ORDER}
    learnt, names = [], dict[str, str]()
    for path, national in _each(sources):
        read = read_source(path, language, sources.encoding)
        rank = NATIONAL if national else TITLES if read.of_groups else KNOWN
        by_rank[rank] += read.titles
        if read.of_groups:
            for title in read.titles:
                # The title of a group stands before its examples.
                names.setdefault(title.code, title.text)
        learnt.append(Learnt(path.name, hash_file(path)[0], rank))
    return tuple(learnt), by_rank, names


def _nearest(held: HeldOut, national: list[Title], words: Words) -> tuple[HeldOut, bool]:
    """The office's own texts of those held out, if they are enough to set margins on."""
    texts = {" ".join([normalise(t.text, words), *t.beside]).strip() for t in national}
    mine = np.array([text in texts for text in held.texts])
    return (held.of(mine), True) if mine.sum() >= ENOUGH else (held, False)


def _each(sources: Sources) -> Iterable[tuple[Path, bool]]:
    if not sources.files and not sources.national:
        raise BadInput("Name the files to learn from: --from FILE.")
    yield from ((path, True) for path in sources.national)
    yield from ((path, False) for path in sources.files)


def _named(names: dict[str, str]) -> list[Title]:
    return [Title(text, code, first=True) for code, text in names.items()]


def _fared(held: HeldOut, coder: Coder) -> Iterable[Level]:
    """How the held-out titles fare at the margins that they themselves set."""
    found = levels(held.scores, coder.margins.sharpness, held.codes, coder.scheme)
    chosen = taken(found, coder.margins)
    for place, (level, digits) in enumerate(zip(found, LEVELS, strict=True)):
        said = level.said()
        here = [row for row, at in enumerate(chosen) if at == place]
        right = sum(said[row] == coder.scheme.group(held.truth[row], digits) for row in here)
        yield Level(digits, len(here), right)


def with_index(coder: Coder, sources: Sequence[Sequence[Title]]) -> Coder:
    """The coder with other sources asked before its own index, the first named first."""
    return replace(coder, index=make_index(sources, coder.words).before(coder.index))

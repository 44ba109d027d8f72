"""From titles with their codes to a model that knows how sure it is.

How sure is learnt from occupations the model has not seen: the titles are parted by occupation, a
model of the others codes each part, and the margins are set on all parts together. Texts of people
are mostly nearer to the titles than an unseen occupation is, so this errs on the careful side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import MethodFailed
from cauce.outlook.chance import stream
from cauce.outlook.coding.index import Title
from cauce.outlook.coding.linear import Linear, fit
from cauce.outlook.coding.margins import Margins, set_margins
from cauce.outlook.coding.normal import Words, normalise
from cauce.outlook.coding.scheme import Scheme
from cauce.outlook.coding.typos import with_slips

UNSEEN = -10.0
"""The score of a code that a model has never met; scores lie between -3 and 3."""
DIGITS = 4


@dataclass(frozen=True)
class Lesson:
    """How a model is trained: `slips` is the share of titles shown a second time with a slip."""

    seed: int = 1
    target: float = 0.8
    folds: int = 3
    slips: float = 0.25


@dataclass(frozen=True)
class Material:
    """Normalised texts with their codes of four digits, the occupation of each, and which name one.

    Text and code occur together once. Shapes (n,).
    """

    texts: tuple[str, ...]
    codes: tuple[str, ...]
    groups: tuple[str, ...]
    whole: Flags

    def of(self, chosen: Flags) -> "Material":
        """The texts a flag chooses."""
        at = np.flatnonzero(chosen)
        return Material(
            tuple(self.texts[i] for i in at),
            tuple(self.codes[i] for i in at),
            tuple(self.groups[i] for i in at),
            self.whole[at],
        )


@dataclass(frozen=True)
class HeldOut:
    """Scores of texts by models that knew nothing of their occupation, shape (texts, codes)."""

    texts: tuple[str, ...]
    groups: tuple[str, ...]
    truth: tuple[str, ...]
    fold: Ints
    codes: tuple[str, ...]
    scores: Floats

    def of(self, chosen: Flags) -> "HeldOut":
        """The texts a flag chooses, shape (texts,)."""
        at = np.flatnonzero(chosen)
        texts, groups, truth = (
            tuple(each[i] for i in at) for each in (self.texts, self.groups, self.truth)
        )
        return HeldOut(texts, groups, truth, self.fold[chosen], self.codes, self.scores[chosen])


def material(titles: Sequence[Title], words: Words) -> Material:
    """What there is to learn from titles: those with words and a code of four digits, each once."""
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    for title in titles:
        text = " ".join([normalise(title.text, words), *title.beside]).strip()
        if text and len(title.code) == DIGITS:
            found.setdefault((text, title.code), (title.group or text, title.whole))
    return Material(
        tuple(text for text, _ in found),
        tuple(code for _, code in found),
        tuple(group for group, _ in found.values()),
        np.array([whole for _, whole in found.values()], dtype=bool),
    )


def learn(known: Material, lesson: Lesson) -> Linear:
    """The linear model of all texts, and of some of them with a slip."""
    chosen = stream(lesson.seed, "slips").random(len(known.texts)) < lesson.slips
    again = known.of(chosen & known.whole)
    texts = [*known.texts, *with_slips(again.texts, 1, lesson.seed)]
    return fit(texts, [*known.codes, *again.codes], lesson.seed)


def hold_out(known: Material, lesson: Lesson) -> HeldOut:
    """Code each part of the titles by a model of the other parts; descriptions are not tested.

    Raises:
        MethodFailed: fewer occupations than parts.
    """
    fold = parts(known.groups, lesson)
    codes = tuple(sorted(set(known.codes)))
    scores = np.full((len(known.texts), len(codes)), UNSEEN)
    for number in range(lesson.folds):
        model = learn(known.of(fold != number), lesson)
        tested = np.flatnonzero((fold == number) & known.whole)
        columns = np.array([codes.index(code) for code in model.codes])
        measured = model.measure([known.texts[i] for i in tested])
        scores[np.ix_(tested, columns)] = model.scores(measured)
    shown = known.of(known.whole)
    return HeldOut(
        shown.texts, shown.groups, shown.codes, fold[known.whole], codes, scores[known.whole]
    )


def parts(groups: Sequence[str], lesson: Lesson) -> Ints:
    """Which part each text is in: all texts of an occupation are in the same. Shape (n,)."""
    each = sorted(set(groups))
    if len(each) < lesson.folds:
        raise MethodFailed(
            f"{len(each):,} occupations are too few to be parted into {lesson.folds}: the margins "
            "are set on occupations the model has not seen. Add texts."
        )
    order = stream(lesson.seed, "folds").permutation(len(each))
    part = {each[at]: number % lesson.folds for number, at in enumerate(order)}
    return np.array([part[group] for group in groups])


def margins_of(held: HeldOut, scheme: Scheme, target: float) -> Margins:
    """The margins that held-out texts ask for."""
    return set_margins(held.scores, held.codes, held.truth, scheme, target)

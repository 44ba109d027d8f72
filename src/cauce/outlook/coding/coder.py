"""Answers coded: by the index, by the model where it is sure, to fewer digits, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.outlook.coding.index import Index
from cauce.outlook.coding.linear import Linear
from cauce.outlook.coding.margins import Level, Margins, chances, levels, taken
from cauce.outlook.coding.normal import Why, Words, normalise, why_nothing
from cauce.outlook.coding.scheme import LEVELS, Scheme

How = Literal["index", "model", "backed off", "none"]
LISTED = 5
TASKS = 1.0
"""How much the tasks count beside the title: as much."""


@dataclass(frozen=True)
class Said:
    """An answer: the words that name the occupation, what is done in it, what is known beside.

    `beside` are tokens such as "#isic=f".
    """

    title: str
    tasks: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A code for a clerk to choose; `chance` is nan if an index and not the model proposes it."""

    code: str
    chance: float


@dataclass(frozen=True)
class Coded:
    """What became of an answer.

    `code` has `digits` digits, and is "" if there is none. `margin` is that of the digits coded
    to, or of four where nothing is coded; nan if no model was asked. `why` says why it was not
    tried.
    """

    code: str
    digits: int
    margin: float
    how: How
    proposals: tuple[Proposal, ...] = ()
    why: Why = ""


@dataclass(frozen=True)
class Coder:
    """An index, a linear model and its margins, for one language and one classification."""

    words: Words
    scheme: Scheme
    index: Index
    linear: Linear
    margins: Margins
    names: Mapping[str, str] = field(default_factory=dict)

    def code(self, answers: Sequence[Said]) -> list[Coded]:
        """What becomes of each answer, in their order."""
        why = [why_nothing(answer.title, self.words) for answer in answers]
        tried = [answer for answer, reason in zip(answers, why, strict=True) if not reason]
        coded = iter(self._tried(tried) if tried else ())
        return [
            Coded("", 0, float("nan"), "none", why=reason) if reason else next(coded)
            for reason in why
        ]

    def propose(self, text: str, tasks: str = "") -> tuple[Proposal, ...]:
        """The five codes a clerk should look at first, for one answer; none if it has no words."""
        return self.code([Said(text, tasks)])[0].proposals

    def _tried(self, answers: Sequence[Said]) -> list[Coded]:
        titles = [normalise(answer.title, self.words) for answer in answers]
        tasks = [normalise(answer.tasks, self.words) for answer in answers]
        scores, strange = self._scores(answers, titles, tasks)
        chance = chances(scores, self.margins.sharpness[0])
        found = levels(scores, self.margins.sharpness, self.linear.codes, self.scheme)
        first = np.argsort(-chance, axis=1, kind="stable")[:, :LISTED]
        # Where the model knows not a piece of the words, all it has is which code is commonest.
        chosen = np.where(strange, -1, taken(found, self.margins))
        told = _Told(chance, first, found, chosen)
        return [
            self._coded(
                row,
                told,
                _Known(
                    self.index.find(titles[row], tasks[row], answer.beside),
                    self.index.hint(titles[row]),
                ),
            )
            for row, answer in enumerate(answers)
        ]

    def _scores(
        self, answers: Sequence[Said], titles: Sequence[str], tasks: Sequence[str]
    ) -> tuple[Floats, Flags]:
        """Scores of the titles, with those of the tasks where told; which titles are unknown."""
        texts = [
            " ".join([title, *answer.beside]) for title, answer in zip(titles, answers, strict=True)
        ]
        measured = self.linear.measure(texts)
        scores, strange = self.linear.scores(measured), measured.getnnz(axis=1) == 0
        told = [row for row, text in enumerate(tasks) if text]
        if told:
            done = self.linear.measure([tasks[row] for row in told])
            scores[told] += TASKS * self.linear.scores(done)
        return scores, strange

    def _coded(self, row: int, told: "_Told", known: "_Known") -> Coded:
        listed = self._listed(row, told, known)
        nan = float("nan")
        group = self.scheme.common(known.names)
        if group:
            how: How = "index" if group in known.names else "backed off"
            return Coded(group, self.scheme.digits(group), nan, how, listed)
        top = self.linear.codes[told.first[row, 0]]
        if not known.names and list(known.hints) == [top]:
            return Coded(top, LEVELS[0], nan, "index", listed)
        place = int(told.chosen[row])
        if place < 0 or known.names:
            # Titles of different groups have these words: a model that is sure of one is wrong.
            return Coded("", 0, float(told.found[0].margin[row]), "none", listed)
        level = told.found[place]
        how = "backed off" if place else "model"
        code = level.groups[level.best[row]]
        return Coded(code, LEVELS[place], float(level.margin[row]), how, listed)

    def _listed(self, row: int, told: "_Told", known: "_Known") -> tuple[Proposal, ...]:
        """Names of the index first, then the model's likeliest, other names, the model's rest."""
        chance = dict(zip(self.linear.codes, told.chance[row].tolist(), strict=True))
        names, hints = (
            sorted(each, key=lambda code: -chance.get(code, 0.0))
            for each in (known.names, known.hints)
        )
        top, *rest = (self.linear.codes[place] for place in told.first[row])
        listed = list(dict.fromkeys([*names, top, *hints, *rest]))
        return tuple(Proposal(code, chance.get(code, float("nan"))) for code in listed[:LISTED])


@dataclass(frozen=True)
class _Told:
    """What the model makes of answers: chances, the five likeliest, the levels, the one chosen."""

    chance: Floats
    first: Ints
    found: Sequence[Level]
    chosen: Ints


@dataclass(frozen=True)
class _Known:
    """What the index has of an answer: codes it is the name of, and codes it is another name of."""

    names: Mapping[str, int]
    hints: Mapping[str, int]

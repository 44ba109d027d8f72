"""A tree of criteria judged from its leaves, and grown from the rows of a register."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from cauce.assess.logic import all_of, any_of
from cauce.assess.regularization.conditions import DAYS, VERDICTS, ask
from cauce.declare.words import did_you_mean, listed
from cauce.model.criterion import (
    Condition,
    ConditionKind,
    Criterion,
    Finding,
    Group,
    GroupKind,
    Line,
)
from cauce.model.errors import BadInput
from cauce.model.fact import Facts
from cauce.model.text import Text
from cauce.model.truth import Truth

GROUPS: tuple[GroupKind, ...] = get_args(GroupKind)
CONDITIONS: tuple[ConditionKind, ...] = get_args(ConditionKind)


def judge(criterion: Criterion, facts: Facts, on: date) -> Finding:
    """What was found of a criterion and of everything below it, on the day of application.

    Every leaf is asked, also where the answer is settled already, so that nobody has to apply twice
    to learn of a second way in.

    Raises:
        BadInput: a fact is of another kind than asked.

    Source: Kleene (1952), section 64; the eight alternative criteria of the Belize amnesty of 2022
    (tests/spec/assess/belize) are one "any" of eight leaves.
    """
    if isinstance(criterion, Condition):
        return ask(criterion, facts, on)
    parts = tuple(judge(part, facts, on) for part in criterion.parts)
    combine = all_of if criterion.kind == "all" else any_of
    truth = combine(part.truth for part in parts)
    because = _because(criterion, [part.truth for part in parts], truth)
    return Finding(criterion.id, criterion.name, truth, because, parts=parts)


def _because(group: Group, truths: list[Truth], truth: Truth) -> Text:
    met, unmet = truths.count(Truth.YES), truths.count(Truth.NO)
    unknown = truths.count(Truth.CANNOT_TELL)
    wanted = (
        Text("all are asked", "se piden todos")
        if group.kind == "all"
        else Text("one is enough", "basta uno")
    )
    verdict = VERDICTS[truth]
    return Text(
        f"{group.name.en}: of {len(truths)}, {wanted.en}; {met} met, {unmet} not met, "
        f"{unknown} cannot be told. {verdict.en}",
        f"{group.name.es}: de {len(truths)}, {wanted.es}; {met} se cumplen, {unmet} no, "
        f"de {unknown} no se sabe. {verdict.es}",
    )


def to_find_out(finding: Finding) -> tuple[str, ...]:
    """The facts that keep the answer open, each once; none if it is settled.

    Source: relevance of open leaves under `judge`; a leaf below a settled group changes nothing.
    """
    if finding.truth is not Truth.CANNOT_TELL:
        return ()
    if not finding.parts:
        return (finding.fact,)
    return tuple(dict.fromkeys(fact for part in finding.parts for fact in to_find_out(part)))


def grow(lines: Sequence[Line]) -> Criterion:
    """The tree that rows describe: one of them is within nothing and holds the others.

    Raises:
        BadInput: everything that is wrong, each with its row, counted from 1.

    Source: none: a register holds rows and no trees.
    """
    problems = [*_line_problems(lines), *_tree_problems(lines)]
    if problems:
        raise BadInput("\n".join(("The criteria cannot be read:", *problems)))
    top = next(line for line in lines if not line.within)
    return _grown(top, lines)


def _grown(line: Line, lines: Sequence[Line]) -> Criterion:
    for kind in GROUPS:
        if line.kind == kind:
            parts = tuple(_grown(part, lines) for part in lines if part.within == line.id)
            return Group(line.id, line.name, kind, parts)
    kind_of = next(kind for kind in CONDITIONS if kind == line.kind)
    return Condition(
        line.id, line.name, line.fact, kind_of, line.day, line.number, line.wanted, line.codes
    )


def _line_problems(lines: Sequence[Line]) -> list[str]:
    """What is wrong within single rows."""
    found = []
    for number, line in enumerate(lines, start=1):
        known = (*GROUPS, *CONDITIONS)
        if line.kind not in known:
            near = did_you_mean(line.kind, known)
            found.append(f"row {number}: {line.kind!r} is not one of {listed(known)}.{near}")
        if line.kind in CONDITIONS and not line.fact:
            found.append(f"row {number}: {line.id} names no fact.")
        if line.kind in DAYS - {"years"} and line.day is None:
            found.append(f"row {number}: {line.id} needs a day.")
        if line.kind == "one_of" and not line.codes:
            found.append(f"row {number}: {line.id} needs codes.")
    return found


def _tree_problems(lines: Sequence[Line]) -> list[str]:
    """What is wrong between rows."""
    kinds = {line.id: line.kind for line in lines}
    holds = {line.within for line in lines}
    found = []
    tops = sum(1 for line in lines if not line.within)
    if tops != 1:
        found.append(f"{tops} rows are within nothing; exactly one is the whole.")
    if len(kinds) != len(lines):
        found.append("two rows have the same id.")
    for number, line in enumerate(lines, start=1):
        if line.within and kinds.get(line.within) not in GROUPS:
            found.append(f"row {number}: {line.within} is no row of kind all or any.")
        if line.kind in GROUPS and line.id not in holds:
            found.append(f"row {number}: {line.id} holds nothing.")
        if _in_circle(line.id, {each.id: each.within for each in lines}):
            found.append(f"row {number}: {line.id} is within itself.")
    return found


def _in_circle(name: str, within: Mapping[str, str]) -> bool:
    """Whether going up from a row ever comes back to it."""
    seen: set[str] = set()
    at = within.get(name, "")
    while at and at not in seen:
        seen.add(at)
        at = within.get(at, "")
    return name in seen

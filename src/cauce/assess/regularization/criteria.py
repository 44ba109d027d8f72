"""A tree of criteria judged from its leaves, and grown from the rows of a register."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from cauce.assess.frames import trees
from cauce.assess.regularization.conditions import DAYS, ask
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

GROUPS: tuple[GroupKind, ...] = get_args(GroupKind)
CONDITIONS: tuple[ConditionKind, ...] = get_args(ConditionKind)


def judge(criterion: Criterion, facts: Facts, on: date) -> Finding:
    """What was found of a criterion and of everything below it, on the day of application.

    Raises:
        BadInput: a fact is of another kind than asked.

    Source: Kleene (1952), section 64; the eight alternative criteria of the Belize amnesty of 2022
    (tests/spec/assess/belize) are one "any" of eight leaves.
    """
    return trees.judge(criterion, lambda condition: ask(condition, facts, on))


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

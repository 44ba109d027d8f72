"""What tables count under another name: the labour force of one is n of a rate of another.

How counts depend on each other is found where they stand side by side. Where only some of them
stand, the others follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cauce.protect.span import Vector
from cauce.protect.system.formulas import declared
from cauce.protect.system.frames import Name
from cauce.protect.system.parts import Columns, Part

Equation = dict[Name, int]
"""Counts, each times a whole number, that add up to 0 in every domain."""
MORE = 4
"""How many domains more than independent counts it takes to tell a relation from chance."""


def derived(groups: Sequence[Sequence[Part]]) -> list[Part]:
    """All parts of all groups, with the counts that follow from those they have."""
    seen = [one for parts in groups for one in equations(parts[0].columns)]
    by_name = declared(name for parts in groups for name in parts[0].columns.vectors)
    return following(groups, [*seen, *by_name])


def following(groups: Iterable[Sequence[Part]], known: Sequence[Equation]) -> list[Part]:
    """All parts with the counts that follow from what they have, unless one would be below zero."""
    found: list[Part] = []
    for parts in groups:
        more = followed(parts[0].columns, known)
        fuller = [with_more(part, more) for part in parts]
        wrong = {name for part in fuller for name in more if (part.true[name] < 0).any()}
        right = {name: sums for name, sums in more.items() if name not in wrong}
        found += [with_more(part, right) for part in parts] if wrong else fuller
    return found


def equations(columns: Columns) -> Iterable[Equation]:
    """How the counts of a group depend on each other, if enough domains say so."""
    if columns.rows < len(columns.own) + MORE:
        return
    for name, vector in columns.vectors.items():
        if (
            name[0] != "amount"
            and name not in columns.own
            and vector
            and not (columns.loose & {name, *(columns.own[at] for at in vector)})
        ):
            yield {name: 1, **{columns.own[at]: -factor for at, factor in vector.items()}}


def followed(columns: Columns, known: Sequence[Equation]) -> dict[Name, Equation]:
    """The counts that are not there and follow from those that are: each as a sum of these."""
    found: dict[Name, Equation] = {}
    has = columns.vectors.keys() - columns.loose
    again = True
    while again:
        again = False
        for equation in known:
            lacking = [name for name in equation if name not in has and name not in found]
            if len(lacking) != 1 or abs(equation[lacking[0]]) != 1 or (
                lacking[0] in columns.loose
            ):  # fmt: skip
                continue
            found[lacking[0]] = solved(equation, lacking[0], found)
            again = True
    return found


def solved(equation: Equation, name: Name, found: dict[Name, Equation]) -> Equation:
    """A count by the others of an equation, those that follow themselves put in."""
    sign, sums = -equation[name], Equation()
    for other, factor in equation.items():
        if other != name:
            for part, entry in found.get(other, {other: 1}).items():
                sums[part] = sums.get(part, 0) + sign * factor * entry
    return {part: entry for part, entry in sums.items() if entry}


def with_more(part: Part, more: dict[Name, Equation]) -> Part:
    """The part with further counts that follow from its own."""
    vectors, true = dict(part.columns.vectors), dict(part.true)
    for name, sums in more.items():
        vector: Vector = {}
        for other, factor in sums.items():
            for column, entry in part.columns.vectors[other].items():
                vector[column] = vector.get(column, 0) + factor * entry
        vectors[name] = {column: entry for column, entry in vector.items() if entry}
        true[name] = sum(
            (factor * part.true[other] for other, factor in sums.items()),
            start=0.0 * next(iter(part.true.values())),
        )
    return replace(part, columns=replace(part.columns, vectors=vectors), true=true)

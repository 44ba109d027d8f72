"""The two sides of a gap: what it tells stands in other tables as numbers of their own.

A gap by sex between migrants and natives shows the respondents of the smaller side, and whoever
knows the rate of one side finds that of the other. So a gap tells as much as both of its sides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cauce.model.indicator import COMPARED, FORMULA, Indicator
from cauce.protect.span import Vector
from cauce.protect.system.axes import Atoms, Axis, Lists
from cauce.protect.system.frames import Domain, Formula, Name, formula
from cauce.protect.system.lists import AGE, atoms_of_ages
from cauce.protect.system.parts import Part
from cauce.protect.system.places import Spot, sums
from cauce.protect.system.union import Side, Union, has

CODE = re.compile(r"(\w+) = '(\w+)'")
FIRST = FORMULA.index("first")
YEARS = re.compile(rf"{AGE} (<|>=) (\d+)")


def with_sides(found: Union, every: Sequence[Spot]) -> None:
    """Note of every gap what it tells of its sides."""
    for spot in every:
        if spot.estimator in COMPARED and spot.n > 0:
            found.sides[spot.section.number, spot.row] = tuple(sides(found, spot))


def sides(found: Union, spot: Spot) -> Iterator[Side]:
    """The counts of both sides of a gap, so far as a table breaks them down."""
    table = spot.section.judged.table
    gap = table.cells.dataflow.indicators[int(table.indicator[spot.row])]
    kinds = ("n", "amount" if "amount" in spot.names else "cases")
    own = without_sides(gap)
    for expression in (gap.first, gap.second):
        if lies := classified(expression, found.lists):
            for kind in kinds:
                yield from counted(found, spot, (kind, own), *lies)


def without_sides(gap: Indicator) -> Formula:
    """What a gap compares, as a formula."""
    return formula(replace(gap, first="", second="", factors=(), across=""))


def told(found: Union, spot: Spot) -> list[Vector]:
    """What publishing a cell gives away: its own counts and amounts, and those of its sides."""
    return [*sums(found, spot), *(one.sum for one in beside(found, spot))]


def beside(found: Union, spot: Spot) -> tuple[Side, ...]:
    """What a cell tells of the sides that it compares; nothing if it is no gap."""
    return found.sides.get((spot.section.number, spot.row), ())


def named(part: Part, compared: Name) -> Name | None:
    """What a gap compares, as a part calls it that counts it without comparing.

    Who answered are the same people whatever is asked of their answers.
    """
    kind, own = compared
    if kind == "amount":
        compared = kind, own[:2]
    if kind != "n":
        return compared if has(part, compared) else None
    alike = (one for one in part.columns.vectors if one[0] == kind and one[1][:3] == own[:3])
    return next((one for one in sorted(alike) if has(part, one) and not one[1][FIRST]), None)


def classified(expression: str, known: Lists) -> tuple[str, Atoms] | None:
    """Of which concept a side is, and its atoms; None if it is not said by a code or an age."""
    if code := CODE.fullmatch(expression):
        name, own = code.groups()
        return known.concepts.get(name, name), known.atoms.get((name, own), frozenset({own}))
    if years := YEARS.fullmatch(expression):
        below, bound = years[1] == "<", int(years[2])
        return AGE, atoms_of_ages(0, bound - 1) if below else atoms_of_ages(bound)
    return None


def counted(found: Union, spot: Spot, compared: Name, concept: str, atoms: Atoms) -> Iterator[Side]:
    """A count of one side in the first part that has it: parts are linked where they agree."""
    own = found.parts[spot.part]
    for at, part in enumerate(found.parts):
        name = named(part, compared) if part.frame.place == own.frame.place else None
        if name and (positions := within_side(own, spot.domain, part, concept, atoms)):
            true = float(part.true[name][positions].sum())
            yield Side(compared[0], found.over(at, name, positions), true)
            return


def within_side(own: Part, domain: Domain, part: Part, concept: str, atoms: Atoms) -> list[int]:
    """The innermost domains of a part that one side of a gap of another is made of."""
    places = {axis.id: at for at, axis in enumerate(part.frame.axes)}
    wanted = [-1] * len(places)
    for axis, code in zip(own.frame.axes, domain, strict=True):
        if code >= 0:
            at = places.get(axis.id, -1)
            if at < 0 or axis.codes[code] not in part.frame.axes[at].codes:
                return []
            wanted[at] = part.frame.axes[at].codes.index(axis.codes[code])
    for at, axis in enumerate(part.frame.axes):
        codes = codes_within(axis, atoms) if axis.concept == concept and wanted[at] < 0 else []
        if codes:
            margins = ((*wanted[:at], code, *wanted[at + 1 :]) for code in codes)
            return [one for each in margins for one in part.frame.members.get(each, ())]
    return []


def codes_within(axis: Axis, atoms: Atoms) -> list[int]:
    """The codes of an axis that make up some atoms; none if one lies across their border."""
    if any(0 < len(own & atoms) < len(own) for own in axis.atoms):
        return []
    return [at for at, own in enumerate(axis.atoms) if own <= atoms]

"""What counts have to do with each other by their formulas, whatever the numbers say.

The unemployed in the labour force are the unemployed; those who are employed or unemployed are the
employed and the unemployed. Small numbers, of which chance could say as much, are related so too.
"""

import re
from collections.abc import Iterable, Iterator

from cauce.protect.system.frames import Name

ONE = re.compile(r"(\w+) = ('[^']*')")
SOME = re.compile(r"(\w+) IN \(('[^']*'(?:, '[^']*')*)\)")
ALL = frozenset({"1", "TRUE", ""})
People = frozenset[str]
"""Conditions that hold of everybody who is counted, each as the catalogue writes it."""
Equation = dict[Name, int]


def declared(names: Iterable[Name]) -> list[Equation]:
    """Sums of counts, each times a whole number, that are 0 by what the counts are of."""
    of: dict[People, list[Name]] = {}
    for name in sorted(set(names)):
        if (who := people(name)) is not None:
            of.setdefault(who, []).append(name)
    found: list[Equation] = []
    for who, alike in of.items():
        found += [{alike[0]: 1, other: -1} for other in alike[1:]]
        found += [
            {alike[0]: 1, **dict.fromkeys((of[part][0] for part in parts), -1)}
            for parts in split(who)
            if all(part in of for part in parts)
        ]
    return found


def people(name: Name) -> People | None:
    """Who is counted; None for what is no count of people, and for what compares or shares."""
    kind, formula = name
    universe, numerator, *rest = formula
    if kind not in ("n", "cases") or any(one not in ("", "()", "0.0", "False") for one in rest):
        return None
    terms = {*conditions(universe), *(conditions(numerator) if kind == "cases" else ())} - ALL
    if any(" OR " in one for one in terms):
        return None
    single = {match[1]: match[2] for one in terms if (match := ONE.fullmatch(one))}
    return frozenset(one for one in terms if not implied(one, single))


def conditions(expression: str) -> list[str]:
    """The conditions that an expression joins by AND."""
    return [one.strip() for one in expression.split(" AND ")]


def implied(one: str, single: dict[str, str]) -> bool:
    """Whether a list of codes says no more than that the one code among them holds."""
    match = SOME.fullmatch(one)
    return match is not None and single.get(match[1]) in match[2].split(", ")


def split(who: People) -> Iterator[list[People]]:
    """The same people by each code of a list, wherever a list of codes is among the conditions."""
    for one in sorted(who):
        if match := SOME.fullmatch(one):
            rest = who - {one}
            yield [rest | {f"{match[1]} = {code}"} for code in match[2].split(", ")]

"""Which dimensions of a release classify the same people, by lists of different detail.

Bounds of ages say themselves what they cut. For other lists a nesting of the catalogue says which
codes of a finer one make a code of theirs, or the codes of the finer list say under which they are.
What the counts of a release contradict is not taken as known: nobody can use it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from cauce.model.catalogue import OTHERS, Nesting
from cauce.model.dataflow import Dimension
from cauce.model.text import Text
from cauce.protect.system.axes import Atoms, Lists
from cauce.protect.system.margins import Margins, margins
from cauce.protect.table import Table

AGE = "AGE"
AGES = re.compile(r"Y(\d{1,3})(?:T(\d{1,3}))?|Y_GE(\d{1,3})|Y_LT(\d{1,3})")
OLDEST = 129
SAYS = Text("", "")
Named = dict[str, tuple[str, ...]]
Finer = Mapping[str, tuple[str, Named]]
"""For every dimension that is made of a finer one, which, and its codes by theirs."""


def lists(tables: Sequence[Table], nestings: Sequence[Nesting] = ()) -> Lists:
    """What the codes of every dimension are made of, so far as the counts bear it out."""
    dimensions = {
        each.id: each
        for table in tables
        for each in table.cells.dataflow.dimensions
        if each.additive
    }
    aged = {name: found for name, one in dimensions.items() if (found := ages(one))}
    finer: dict[str, tuple[str, Named]] = {}
    known = margins(tables)
    for one in (*nestings, *parents(dimensions)):
        if one.fine not in dimensions or {one.coarse, one.fine} & aged.keys():
            continue
        if one.coarse not in chain(one.fine, finer) and holds(one, known):
            named = resolved(one, codes_of(dimensions[one.fine]))
            finer.setdefault(one.coarse, (one.fine, named))
    concepts = dict.fromkeys(aged, AGE) | {name: chain(name, finer)[-1] for name in finer}
    atoms = {(name, code): part for name, found in aged.items() for code, part in found.items()}
    for name in finer:
        atoms |= {(name, code): made_of(name, code, finer) for code in finer[name][1]}
    return Lists(concepts, atoms)


def chain(dimension: str, finer: Finer) -> list[str]:
    """A dimension, the finer one it is made of, and so on to the finest."""
    found = [dimension]
    while found[-1] in finer:
        found.append(finer[found[-1]][0])
    return found


def made_of(dimension: str, code: str, finer: Finer) -> Atoms:
    """The codes of the finest list that make a code."""
    if dimension not in finer or code not in finer[dimension][1]:
        return frozenset({code})
    below, named = finer[dimension]
    return frozenset[str]().union(*(made_of(below, part, finer) for part in named[code]))


def codes_of(dimension: Dimension) -> tuple[str, ...]:
    return tuple(code.id for code in dimension.codes if not code.id.startswith("_"))


def ages(dimension: Dimension) -> dict[str, Atoms]:
    """The years of age each code takes in; nothing if the dimension is none of ages."""
    if not dimension.id.startswith(AGE):
        return {}
    found = {}
    for code in codes_of(dimension):
        bounds = AGES.fullmatch(code)
        if bounds is None:
            return {}
        first, last, least, below = (int(one) if one else None for one in bounds.groups())
        if first is not None:
            found[code] = atoms_of_ages(first, first if last is None else last)
        else:
            found[code] = atoms_of_ages(least or 0, OLDEST if below is None else below - 1)
    return found


def atoms_of_ages(first: int, last: int = OLDEST) -> Atoms:
    """The years of age from one to another, both included."""
    return frozenset(f"{year:03d}" for year in range(first, last + 1))


def parents(dimensions: Mapping[str, Dimension]) -> Iterator[Nesting]:
    """Dimensions whose codes are what the codes of another one stand under."""
    for fine in dimensions.values():
        above: dict[str, list[str]] = {}
        for code in fine.codes:
            if code.parent:
                above.setdefault(code.parent, []).append(code.id)
        for coarse in dimensions.values():
            shared = [code for code in codes_of(coarse) if code in above]
            if coarse.id != fine.id and len(shared) > 1:
                yield Nesting(
                    SAYS, coarse.id, fine.id, {code: tuple(above[code]) for code in shared}
                )


def resolved(nesting: Nesting, fine: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The finer codes of each code, those that nobody names by name."""
    named = {code for codes in nesting.codes.values() for code in codes}
    others = tuple(code for code in fine if code not in named)
    return {
        coarse: tuple(one for code in codes for one in (others if code == OTHERS else (code,)))
        for coarse, codes in nesting.codes.items()
    }


def holds(nesting: Nesting, known: Margins) -> bool:
    """Whether the sums of finer codes are what the coarser ones count, wherever both are told."""
    told = known.get(nesting.coarse, {})
    for what, fine in known.get(nesting.fine, {}).items():
        coarse = told.get(what)
        if coarse is None:
            continue
        codes = [code for code in fine if not code.startswith("_")]
        for code, parts in resolved(nesting, codes).items():
            if coarse.get(code, 0) != sum(fine.get(part, 0) for part in parts):
                return False
    return True

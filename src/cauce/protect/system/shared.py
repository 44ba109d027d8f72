"""Cells that one table leaves out since nobody is in them, and another shows somebody in.

That the cell is not there says 0 of them. So it has to be weighed as one that is there.
"""

from collections.abc import Sequence

from cauce.model.dataflow import Dimension
from cauce.protect.possible import added
from cauce.protect.system.frames import Place, sections
from cauce.protect.table import Table

Codes = tuple[str, ...]
Axes = tuple[tuple[str, Codes], ...]
"""Dimensions that add up, each with its codes."""


def shared(tables: Sequence[Table]) -> list[Table]:
    """Every table with the domains that tables of the same dimensions, and more, have people in."""
    axes = [axes_of(table) for table in tables]
    there = [domains(table) for table in tables]
    found = []
    for at, table in enumerate(tables):
        wanted: dict[Place, set[Codes]] = {}
        for other, theirs in enumerate(there):
            if other != at and set(axes[at]) <= set(axes[other]):
                columns = [axes[other].index(axis) for axis in axes[at]]
                for place in theirs.keys() & there[at].keys():
                    rest = set(range(len(axes[other]))) - set(columns)
                    wanted.setdefault(place, set()).update(
                        tuple(codes[column] for column in columns)
                        for codes in theirs[place]
                        if all(codes[column] == "" for column in rest)
                    )
        found.append(with_domains(table, {k: of - there[at][k] for k, of in wanted.items()}))
    return found


def axes_of(table: Table) -> Axes:
    return tuple((one.id, tuple(code.id for code in one.codes)) for one in adds(table))


def adds(table: Table) -> list[Dimension]:
    return [one for one in table.cells.dataflow.dimensions if one.additive]


def domains(table: Table) -> dict[Place, set[Codes]]:
    """The domains of every place by their codes, "" for a total."""
    names = [[code.id for code in one.codes] for one in adds(table)]
    return {
        place: {
            tuple("" if code < 0 else of[code] for of, code in zip(names, domain, strict=True))
            for domain in table.domain[rows].tolist()
        }
        for place, rows in sections(table)
    }


def with_domains(table: Table, wanted: dict[Place, set[Codes]]) -> Table:
    """The table with cells of nobody in these domains."""
    if not any(wanted.values()):
        return table
    names = [{code.id: at for at, code in enumerate(one.codes)} for one in adds(table)]
    lacking = [
        (int(table.block[rows[0]]), tuple(
            of[code] if code else -1 for of, code in zip(names, codes, strict=True)
        ))
        for place, rows in sections(table)
        for codes in wanted.get(place, ())
    ]  # fmt: skip
    return added(table, sorted(lacking))

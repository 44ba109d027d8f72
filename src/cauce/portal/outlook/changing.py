"""Which assumptions, changed alone, would make another class of an occupation's gap."""

from dataclasses import dataclass

from cauce.portal.outlook.rows import CLASS, SKILL, own_dimension
from cauce.portal.outlook.shelf import Run
from cauce.portal.words import Words

ASSUMPTION, BECOMES = "ASSUMPTION", "BECOMES"


@dataclass(frozen=True)
class Change:
    """An assumption, in percent of what is assumed, the class it would make, and what was tried."""

    name: str
    percent: str
    becomes: str
    tried: str


def changing(run: Run, code: str, words: Words) -> tuple[Change, ...] | None:
    """What would change the class of an occupation, the least first; None if nobody tried."""
    table = run.table("CHANGES")
    if table is None:
        return None
    free = (SKILL, ASSUMPTION, CLASS, BECOMES)
    own = own_dimension(table)
    found = []
    rows = table.rows({own: code}, free) if table.has(own, code) else []
    for row in rows:
        figure = table.figure(row, words)
        if figure.raw is None:
            continue
        names = table.name(row, ASSUMPTION, words), table.name(row, BECOMES, words)
        found.append((abs(figure.raw - 100), Change(names[0], figure.value, names[1],
                                                    figure.interval)))  # fmt: skip
    return tuple(one for _, one in sorted(found, key=lambda one: (one[0], one[1].name)))

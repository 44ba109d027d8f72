"""Which cells are withheld and why, for the office alone: in public they look alike."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import nan

import numpy as np

from cauce.model.arrays import Flags
from cauce.model.audit import SECONDARY, Audit, Withheld
from cauce.protect.primary import Primary
from cauce.protect.table import Table


def withheld_of(table: Table, primary: Primary, secondary: Flags) -> Iterator[Withheld]:
    """The cells of a dataflow that are withheld as confidential, each with the rules it fails."""
    rules = {
        field.name: getattr(primary, field.name)
        for field in fields(primary)
        if isinstance(getattr(primary, field.name), np.ndarray)
    }
    flow = table.cells.dataflow
    codes = [[code.id for code in dimension.codes] for dimension in flow.dimensions]
    for row in np.flatnonzero(primary.any | secondary).tolist():
        key = zip(codes, table.cells.key[row].tolist(), strict=True)
        own = tuple(name for name, fails in rules.items() if fails[row])
        yield Withheld(flow.id, tuple(of[at] for of, at in key), own or (SECONDARY,))


def account(cells: int, withheld: Sequence[Withheld]) -> Audit:
    """What was withheld and why, before anybody has attacked it: no bounds are known."""
    second = sum(SECONDARY in one.why for one in withheld)
    return Audit(cells, len(withheld) - second, second, 0, (), (), nan, nan, 0.0, tuple(withheld))

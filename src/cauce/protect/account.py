"""Which cells are withheld and why, for the office alone: in public they look alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from math import nan
from statistics import median

import numpy as np

from cauce.model.arrays import Flags
from cauce.model.audit import REPAIRED, SECONDARY, Audit, Bound, Withheld
from cauce.protect.primary import Primary
from cauce.protect.table import Table


def withheld_of(table: Table, primary: Primary, besides: Mapping[str, Flags]) -> Iterator[Withheld]:
    """The cells of a dataflow that are withheld as confidential, each with the rules it fails.

    Args:
        besides: those that fail no rule of their own, by the reason.
    """
    rules = {
        field.name: getattr(primary, field.name)
        for field in fields(primary)
        if isinstance(getattr(primary, field.name), np.ndarray)
    }
    flow = table.cells.dataflow
    codes = [[code.id for code in dimension.codes] for dimension in flow.dimensions]
    shut = np.any([primary.any, *besides.values()], axis=0)
    for row in np.flatnonzero(shut).tolist():
        key = zip(codes, table.cells.key[row].tolist(), strict=True)
        own = tuple(name for name, fails in rules.items() if fails[row])
        other = tuple(why for why, flags in besides.items() if flags[row])
        yield Withheld(flow.id, tuple(of[at] for of, at in key), own or other[:1])


def account(
    cells: int,
    withheld: Sequence[Withheld],
    bounds: Sequence[Bound],
    seconds: float,
) -> Audit:
    """What was withheld and why, and within which bounds an attacker finds it."""
    second = sum(SECONDARY in one.why for one in withheld)
    third = sum(REPAIRED in one.why for one in withheld)
    widths = [(one.high - one.low) / one.width for one in bounds if one.width > 0]
    return Audit(
        cells=cells,
        primary=len(withheld) - second - third,
        secondary=second,
        repaired=third,
        bounds=tuple(bounds),
        leaks=(),
        narrowest=min(widths, default=nan),
        median=median(widths) if widths else nan,
        seconds=seconds,
        withheld=tuple(withheld),
    )

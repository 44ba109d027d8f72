"""What earlier vintages still tell of the people of a release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from cauce.model.audit import Cited, Key
from cauce.model.codelist import TOTAL
from cauce.model.dataflow import Dataflow
from cauce.model.indicator import COMPARED, Indicator
from cauce.model.observation import Observations
from cauce.model.retained import Retained
from cauce.protect.recoded import Heirs, heirs
from cauce.protect.span import Vector
from cauce.protect.system.columns import CLOSE, count
from cauce.protect.system.frames import Name, Place, names_of
from cauce.protect.system.places import Spot
from cauce.protect.system.sides import CODE, without_sides
from cauce.protect.system.statements import cited
from cauce.protect.system.union import Union, has
from cauce.protect.told import Told

Codes = dict[str, tuple[str, ...]]
"""Of every dimension that is broken down the code, or the codes that it is made of today."""


@dataclass(frozen=True)
class Row:
    """A number of a retained vintage: where, of what, and how many; `gone` if it was withdrawn.

    `keys` are the cells of today that it is the sum of.
    """

    of: Cited
    place: Place
    codes: Codes
    name: Name
    number: float
    keys: tuple[Key, ...]
    gone: bool = False


def rows(retained: Sequence[Retained], now: Mapping[str, Dataflow]) -> dict[Place, list[Row]]:
    """The counts that retained vintages tell, by place.

    Args:
        now: the dataflows of the release by name, whose codes may be others.
    """
    found: dict[Place, list[Row]] = {}
    for one in retained:
        for flow in one.flows:
            later = heirs(now.get(flow.dataflow.id, flow.dataflow), flow.dataflow)
            for row in rows_of(one, flow, later):
                found.setdefault(row.place, []).append(row)
    return found


def rows_of(retained: Retained, flow: Observations, later: Heirs) -> Iterator[Row]:
    """The counts of published observations."""
    dimensions = flow.dataflow.dimensions
    names = [one.id for one in dimensions]
    order = {one.id: at for at, one in enumerate(flow.dataflow.indicators)}
    for row in np.flatnonzero(flow.n >= 0).tolist():
        codes = [
            one.codes[at].id for one, at in zip(dimensions, flow.key[row].tolist(), strict=True)
        ]
        which = order[codes[names.index("INDICATOR")]]
        place = tuple(
            (one.id, code)
            for one, code in zip(dimensions, codes, strict=True)
            if not one.additive and one.id not in ("INDICATOR", "FREQ")
        )
        own = {
            one.id: later.get((one.id, code), (code,))
            for one, code in zip(dimensions, codes, strict=True)
            if one.additive and code != TOTAL
        }
        keys = tuple(
            product(
                *(
                    later.get((one.id, code), (code,))
                    for one, code in zip(dimensions, codes, strict=True)
                )
            )
        )
        for kind, name, number in numbers(flow, row, which):
            of = Cited(flow.dataflow.id, tuple(codes), kind, retained.vintage)
            found = Row(of, place, own, name, number, keys, retained.gone)
            yield found
            yield from of_sides(found, flow.dataflow.indicators[which])


def numbers(flow: Observations, row: int, which: int) -> Iterator[tuple[str, Name, float]]:
    """The counts of an observation, each with what it counts; of an amount its sum, not its cases.

    Of a register's count that is told exactly the records, too.
    """
    one, said = flow.dataflow.indicators[which], bool(np.isfinite(flow.value[row]))
    amount = said and flow.cases[row] < 0 and one.estimator == "total"
    names = names_of(flow.dataflow, which, amount)
    told = {"n": flow.n[row], "cases": flow.cases[row], "missing": flow.missing[row]}
    for kind, number in told.items():
        if number >= 0 and kind in names:
            yield kind, names[kind], int(number)
    if amount:
        yield "amount", names["amount"], float(flow.value[row] / one.scale)
    elif said and "value" in names:
        yield "value", names["value"], round(float(flow.value[row]))


def of_sides(row: Row, gap: Indicator) -> Iterator[Row]:
    """The same number as that of either side of a gap, of which it is the smaller one's."""
    if gap.estimator in COMPARED and row.of.number in ("n", "cases"):
        for expression in (gap.first, gap.second):
            if code := CODE.fullmatch(expression):
                name, own = code.groups()
                uncompared = row.of.number, without_sides(gap)
                yield replace(row, codes=row.codes | {name: (own,)}, name=uncompared, keys=())


def recalled(found: Union, told: Sequence[Row]) -> list[Told]:
    """What a union knows of what is told elsewhere, so far as it is true of the same people.

    Of a total that is another now it knows what is left without the parts that are others now.
    """
    placed = [one for row in told if (one := place_in(found, row)) is not None]
    changed = {
        (one.row.of.vintage, one.at, one.row.name, one.positions[0]): one.row.number
        for one in placed
        if len(one.positions) == 1 and not true_of(found, one)
    }
    known = []
    for one in placed:
        name = one.row.of.vintage, one.at, one.row.name
        gone = {at: changed[*name, at] for at in one.positions if (*name, at) in changed}
        left = one if true_of(found, one) else without(one, gone)
        if true_of(found, left):
            vector: Vector = found.over(left.at, left.row.name, left.positions)
            known.append(Told(one.row.of, vector, left.row.number, left.row.number))
    return [one for one in known if one.sum]


@dataclass(frozen=True)
class Placed:
    """A number of a retained vintage in a part of a union: the innermost domains it is of."""

    row: Row
    at: int
    positions: list[int]


def place_in(found: Union, row: Row) -> Placed | None:
    """Where a number is in the first part that breaks down so, None if none does."""
    for at in range(len(found.parts)):
        if (positions := positions_in(found, at, row)) is not None:
            return Placed(row, at, positions)
    return None


def true_of(found: Union, one: Placed) -> bool:
    """Whether the number is still that of the same people."""
    now = found.parts[one.at].true[one.row.name][one.positions].sum()
    return bool(np.isclose(now, one.row.number, CLOSE, 0))


def without(one: Placed, gone: Mapping[int, float]) -> Placed:
    """The number of those domains that are not gone, if any are."""
    number = one.row.number - sum(gone.values())
    left = [at for at in one.positions if at not in gone]
    return replace(one, row=replace(one.row, number=number), positions=left)


def positions_in(found: Union, at: int, row: Row) -> list[int] | None:
    """The innermost domains of a part a number is of, None if it does not break down so."""
    part = found.parts[at]
    if part.frame.place != row.place or not has(part, row.name):
        return None
    axes = {axis.id: axis for axis in part.frame.axes}
    if not row.codes.keys() <= axes.keys():
        return None
    if any(not set(codes) <= set(axes[name].codes) for name, codes in row.codes.items()):
        return None
    domains = product(
        *(
            [axis.codes.index(code) for code in row.codes[axis.id]]
            if axis.id in row.codes
            else [-1]
            for axis in part.frame.axes
        )
    )
    return [one for domain in domains for one in part.frame.members.get(domain, ())]


def moved(every: Sequence[Spot], told: Sequence[Row], minimum: int) -> dict[Spot, Cited]:
    """The cells that an earlier vintage counts 1 to minimum - 1 people otherwise, and where.

    Who these are, and what, the difference of the two vintages would tell.
    """
    at = {(key.flow, key.key): spot for spot in every for key in [cited(spot, "n")]}
    found: dict[Spot, Cited] = {}
    for row in told:
        kind = row.of.number
        spots = [at[row.of.flow, key] for key in row.keys if (row.of.flow, key) in at]
        if spots and kind != "amount" and all(kind in spot.names for spot in spots):
            now = sum(count(spot.section, spot.row, kind) for spot in spots)
            if 0 < abs(now - row.number) < minimum:
                for spot in spots:
                    found.setdefault(spot, row.of)
    return found

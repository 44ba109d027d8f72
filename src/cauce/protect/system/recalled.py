"""What earlier vintages still tell of the people of a release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.audit import Cited
from cauce.model.codelist import TOTAL
from cauce.model.observation import Observations
from cauce.model.retained import Retained
from cauce.protect.span import Vector
from cauce.protect.system.columns import count
from cauce.protect.system.frames import Domain, Name, Place, names_of
from cauce.protect.system.places import Spot
from cauce.protect.system.statements import cited
from cauce.protect.system.union import Union, has
from cauce.protect.told import Told

Codes = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A number of a retained vintage: where, of what, and how many."""

    of: Cited
    place: Place
    codes: Codes
    name: Name
    number: int


def rows(retained: Sequence[Retained]) -> dict[Place, list[Row]]:
    """The counts that retained vintages tell, by place."""
    found: dict[Place, list[Row]] = {}
    for one in retained:
        for flow in one.flows:
            for row in rows_of(one, flow):
                found.setdefault(row.place, []).append(row)
    return found


def rows_of(retained: Retained, flow: Observations) -> Iterator[Row]:
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
            one.id: code
            for one, code in zip(dimensions, codes, strict=True)
            if one.additive and code != TOTAL
        }
        kinds = names_of(flow.dataflow, which, amount=False)
        for kind, number in numbers(flow, row):
            of = Cited(flow.dataflow.id, tuple(codes), kind, retained.vintage)
            yield Row(of, place, own, kinds[kind], number)


def numbers(flow: Observations, row: int) -> Iterator[tuple[str, int]]:
    """The counts of an observation; of an amount its cases are not told."""
    told = {"n": flow.n[row], "cases": flow.cases[row], "missing": flow.missing[row]}
    yield from ((kind, int(number)) for kind, number in told.items() if number >= 0)


def recalled(found: Union, told: Sequence[Row]) -> list[Told]:
    """What a union knows of what is told elsewhere, so far as it is true of the same people."""
    known = []
    for row in told:
        for at in range(len(found.parts)):
            domain = domain_in(found, at, row)
            if domain is None:
                continue
            positions = found.parts[at].frame.members.get(domain, [])
            if found.parts[at].true[row.name][positions].sum() == row.number:
                vector: Vector = found.over(at, row.name, positions)
                known.append(Told(row.of, vector, row.number, row.number))
            break
    return [one for one in known if one.sum]


def domain_in(found: Union, at: int, row: Row) -> Domain | None:
    """Where a number stands in a part, None if the part does not count it or break it down so."""
    part = found.parts[at]
    if part.frame.place != row.place or not has(part, row.name):
        return None
    places: Mapping[str, int] = {axis.id: n for n, axis in enumerate(part.frame.axes)}
    if not row.codes.keys() <= places.keys():
        return None
    domain = [-1] * len(places)
    for name, code in row.codes.items():
        codes = part.frame.axes[places[name]].codes
        if code not in codes:
            return None
        domain[places[name]] = codes.index(code)
    return tuple(domain)


def moved(every: Sequence[Spot], told: Sequence[Row], minimum: int) -> dict[Spot, Cited]:
    """The cells that an earlier vintage counts 1 to minimum - 1 people otherwise, and where.

    Who these are, and what, the difference of the two vintages would tell.
    """
    at = {(key.flow, key.key): spot for spot in every for key in [cited(spot, "n")]}
    found: dict[Spot, Cited] = {}
    for row in told:
        spot = at.get((row.of.flow, row.of.key))
        if spot is not None and row.of.number in spot.names:
            apart = abs(count(spot.section, spot.row, row.of.number) - row.number)
            if 0 < apart < minimum:
                found.setdefault(spot, row.of)
    return found

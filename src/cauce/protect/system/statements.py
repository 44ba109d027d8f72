"""What is published as statements about unknowns, and what is withheld as secrets."""

import math
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from cauce.model.audit import Cited
from cauce.protect.system.frames import Name
from cauce.protect.system.loose import Loose
from cauce.protect.system.places import TOLD, Spot, sensitive, wholes
from cauce.protect.system.sides import beside
from cauce.protect.system.signed import with_signs
from cauce.protect.system.union import Union
from cauce.protect.told import Secret, System, Told

Sum = tuple[tuple[int, int], ...]

VALUE = "value"
SHARED = Cited("", (), "shared")
"""Stands for what is known without being published: what two tables both count."""
NARROW = 0.1
"""How much of an amount a reader must at least be left in doubt about.

Source: the p % rule with the usual p of 10, Hundepool et al. (2012), section 4.2.2.
"""


def system(
    found: Union,
    every: Sequence[Spot],
    closed: AbstractSet[Spot],
    minimum: int,
    public: Sequence[Told] = (),
    nothing: AbstractSet[int] = frozenset(),
) -> System:
    """What a reader of one place is told, and what he may not find.

    Args:
        closed: the cells withheld for the sake of others.
        minimum: the fewest respondents that may be told.
        public: what earlier vintages tell already.
        nothing: the unknowns that may be known to be 0, as those of many who have nothing.
    """
    loose = Loose(found)
    free = [spot for spot in every if not spot.primary and spot not in closed]
    told = [*known(found), *public, *of_wholes(found, free)]
    secrets: dict[Sum, Secret] = {}
    for spot in every:
        if spot.primary or spot in closed:
            for secret in secrets_of(loose, spot, minimum):
                if not secret.sum.keys() <= nothing:
                    keep(secrets, secret)
        else:
            told += [*said(loose, spot), *of_sides(found, spot)]
    told += loose.told(every)
    whole = [name[0] != "amount" for name in loose.of]
    made = System(len(whole), tuple(whole), tuple(told), tuple(secrets.values()))
    return with_signs(made, loose.of, below_zero(loose, every))


def below_zero(loose: Loose, every: Sequence[Spot]) -> set[Name]:
    """The amounts that are below zero in a cell."""
    amounts = (spot for spot in every if "amount" in spot.names)
    return {spot.names["amount"] for spot in amounts if loose.number(spot, "amount") < 0}


def known(found: Union) -> Iterator[Told]:
    """What two tables both count, and that no count of any table is below zero."""
    for vector in found.alike:
        yield Told(SHARED, vector, 0.0, 0.0)
    for at, part in enumerate(found.parts):
        columns = part.columns
        for name, vector in columns.vectors.items():
            if name not in columns.loose and any(entry < 0 for entry in vector.values()):
                for position in range(len(part.frame.inner)):
                    yield Told(SHARED, found.single(at, name, position), 0.0, math.inf)


def of_wholes(found: Union, free: list[Spot]) -> Iterator[Told]:
    """What all classes of a breakdown have together, wherever one of its shares is published."""
    for vector in wholes(found, free):
        true = sum(factor * found.true[unknown] for unknown, factor in vector.items())
        if vector and not math.isnan(true):
            yield Told(SHARED, vector, true, true)


def said(loose: Loose, spot: Spot) -> Iterator[Told]:
    """The numbers of a published cell."""
    for kind in TOLD:
        if kind in spot.names and not math.isnan(true := loose.number(spot, kind)):
            yield Told(cited(spot, kind), loose.sum(spot, kind), true, true)


def of_sides(found: Union, spot: Spot) -> Iterator[Told]:
    """What a published gap tells of the numbers that it compares."""
    for side in beside(found, spot):
        if not math.isnan(side.true):
            yield Told(cited(spot, VALUE), side.sum, side.true, side.true)


def secrets_of(loose: Loose, spot: Spot, minimum: int) -> Iterator[Secret]:
    """The numbers of a withheld cell that nobody may find; of one for others' sake its main one."""
    own = sensitive(spot) if spot.primary else []
    for kind in own or ["amount" if "amount" in spot.names else "cases"]:
        true = loose.number(spot, kind)
        if math.isnan(true) or not (vector := loose.sum(spot, kind)):
            continue
        yield Secret(cited(spot, kind), vector, true, width(kind, true, minimum) if own else 0.0,
                     spot.primary)  # fmt: skip


def width(kind: str, true: float, minimum: int) -> float:
    """How far apart the bounds of a number have to be: of a count half the fewest that are told."""
    return NARROW * abs(true) if kind == "amount" else float(max(1, minimum // 2))


def keep(secrets: dict[Sum, Secret], one: Secret) -> None:
    """Keep each sum once, for the cell that asks most of it."""
    name = sum_of(one)
    if name not in secrets or (secrets[name].primary, secrets[name].width) < (
        one.primary, one.width
    ):  # fmt: skip
        secrets[name] = one


def sum_of(one: Secret) -> Sum:
    """What a secret sums, in order."""
    return tuple(sorted(one.sum.items()))


def cited(spot: Spot, kind: str) -> Cited:
    """A number by its place."""
    return Cited(spot.section.judged.table.cells.dataflow.id, spot.codes, kind)

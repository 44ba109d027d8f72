"""The supply of an occupation: its components beside each other, and nobody in two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text

Group = Literal["studying", "unemployed", "abroad", "employed_below", "employed_elsewhere"]
"""What people were on the day of the base year; nobody was two of these."""
Kind = Literal["graduates", "idle", "returnees", "migrants_below", "net_transfers"]

WHOM: dict[Kind, tuple[Group, ...]] = {
    "graduates": ("studying",),
    "idle": ("unemployed",),
    "returnees": ("abroad",),
    "migrants_below": ("employed_below",),
    "net_transfers": ("employed_elsewhere",),
}
"""Whom each component counts unless told otherwise."""

ONCE = Text(
    "Nobody is counted twice: graduates are those still studying in the base year, the idle are "
    "unemployed who have worked and do not study, those who return were abroad, "
    "migrants below their qualification are employed, and transfers leave those migrants out. "
    "Unemployed people who have never worked and no longer study are in no occupation's supply.",
    "Nadie se cuenta dos veces: los egresados son quienes aún estudian en el año base, los ociosos "
    "son desempleados que ya trabajaron y no estudian, quienes retornan estaban fuera, "
    "los migrantes por debajo de su calificación están ocupados y los traslados no los incluyen. "
    "Los desempleados que nunca trabajaron y ya no estudian no están en la oferta de ninguna "
    "ocupación.",
)


@dataclass(frozen=True)
class Component:
    """One source of workers: how many by year h, added up from the base year on, shape (d, h, o).

    `whom` are the groups of the base year it counts; d may be 1 where a component is no draw.
    """

    kind: Kind
    people: Floats
    whom: tuple[Group, ...]


@dataclass(frozen=True)
class Supply:
    """Workers that may be had by occupation, shape (d, h, o), and what they are made of.

    `total` is NaN where a component is: a sum that leaves something out is no supply. `missing`
    are the components that are not there at all; with one of them, `total` is what is known only.
    """

    total: Floats
    components: tuple[Component, ...]
    missing: tuple[Kind, ...]


def component(kind: Kind, people: Floats, whom: tuple[Group, ...] | None = None) -> Component:
    """A component, with the groups it counts; transfers may be of employed migrants, too."""
    return Component(kind, people, WHOM[kind] if whom is None else whom)


def supply(components: Sequence[Component]) -> Supply:
    """The components of a supply and their sum.

    Raises:
        BadInput: there is none; a group of people stands in two of them; one that is no transfer
            has fewer than 0 people; they are not of the same draws, years and occupations.
    """
    if not components:
        raise BadInput("A supply has no component: give graduates, the idle, or another one.")
    _once(components)
    for each in components:
        if each.kind != "net_transfers" and (each.people < 0).any():
            raise BadInput(f"Supply: {each.kind} has numbers below 0; there are no such people.")
    draws = max(len(each.people) for each in components)
    shapes = {each.people.shape[1:] for each in components}
    if len(shapes) > 1 or any(len(each.people) not in (1, draws) for each in components):
        listed = ", ".join(f"{each.kind} {each.people.shape}" for each in components)
        raise BadInput(f"Supply: not of the same draws, years and occupations: {listed}.")
    whole = [
        Component(each.kind, np.broadcast_to(each.people, (draws, *shapes.copy().pop())), each.whom)
        for each in components
    ]
    total: Floats = np.sum([each.people for each in whole], axis=0)
    there = {each.kind for each in whole}
    return Supply(total, tuple(whole), tuple(kind for kind in WHOM if kind not in there))


def set_aside(found: Supply, kinds: Sequence[Kind]) -> tuple[Supply, tuple[Component, ...]]:
    """The supply without some of its components, and those.

    A gap is closed step by step, and two of the steps are recognition of resident migrants' skills
    and return: who stands in such a step is set aside from the supply, or would be had twice.

    Raises:
        BadInput: nothing would be left.
    """
    kept = tuple(each for each in found.components if each.kind not in kinds)
    return supply(kept), tuple(each for each in found.components if each.kind in kinds)


def _once(components: Sequence[Component]) -> None:
    taken: dict[Group, Kind] = {}
    for each in components:
        for group in each.whom:
            if group in taken:
                raise BadInput(
                    f"Supply: {taken[group]} and {each.kind} both count people who were {group} in "
                    "the base year, so these would be counted twice. Leave one out, or give it "
                    "without them."
                )
            taken[group] = each.kind

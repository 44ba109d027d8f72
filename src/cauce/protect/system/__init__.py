"""A release as one system: the unknowns of all its tables together, and what is told of them."""

from collections.abc import Sequence

from cauce.model.catalogue import Nesting
from cauce.protect.system.across import across, followed, tie
from cauce.protect.system.columns import parts_of
from cauce.protect.system.frames import Judged, frames
from cauce.protect.system.links import link
from cauce.protect.system.lists import lists
from cauce.protect.system.places import Spot, spots
from cauce.protect.system.sides import with_sides
from cauce.protect.system.union import Union, union
from cauce.protect.system.years import together


def united(
    tables: Sequence[Judged], nestings: Sequence[Nesting] = ()
) -> list[tuple[Union, list[Spot]]]:
    """The unions of a release, one a place or year, each with its cells, the most wanted first."""
    known = lists([one.table for one in tables], nestings)
    parts = parts_of(frames(tables, known))
    between = across(parts)
    found = []
    for here in together(followed(parts, between)):
        one = union(here, known)
        link(one)
        tie(one, between)
        every = spots(one)
        with_sides(one, every)
        found.append((one, every))
    return found

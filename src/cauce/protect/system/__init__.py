"""A release as one system: the unknowns of all its tables together, and what is told of them."""

from collections.abc import Sequence

from cauce.model.catalogue import Nesting
from cauce.protect.system.columns import parts_of
from cauce.protect.system.frames import Judged, Place, frames
from cauce.protect.system.links import link
from cauce.protect.system.lists import lists
from cauce.protect.system.parts import Part
from cauce.protect.system.places import Spot, spots
from cauce.protect.system.union import Union, union


def united(
    tables: Sequence[Judged], nestings: Sequence[Nesting] = ()
) -> list[tuple[Union, list[Spot]]]:
    """The unions of a release, one a place, each with its cells, the most wanted first."""
    by_place: dict[Place, list[Part]] = {}
    known = lists([one.table for one in tables], nestings)
    for part in parts_of(frames(tables, known)):
        by_place.setdefault(part.frame.place, []).append(part)
    found = []
    for place in sorted(by_place):
        one = union(by_place[place])
        link(one)
        found.append((one, spots(one)))
    return found

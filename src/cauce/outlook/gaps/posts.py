"""What a gap is a gap of: an occupation at a skill level, and whom it may be filled by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput

BY_MAJOR = {
    "1": "L3T4", "2": "L4", "3": "L3", "4": "L2", "5": "L2", "6": "L2", "7": "L2", "8": "L2",
    "9": "L1", "0": "AF",
}  # fmt: skip
BY_SUB_MAJOR = {
    "11": "L4", "12": "L4", "13": "L4", "14": "L3", "01": "L4", "02": "L2", "03": "L1",
}  # fmt: skip
"""Where a major group holds several levels."""


@dataclass(frozen=True, order=True)
class Post:
    """An occupation (ISCO-08, one to four digits) at a skill level (`CL_SKILL_LEVEL`).

    Two posts are never set off against each other: who is too many in one fills no other.
    """

    occupation: str
    skill: str


def post(occupation: str) -> Post:
    """The post of an occupation, with the level that ISCO-08 gives it.

    Managers and the armed forces taken whole have the levels L3T4 and AF, which are ranges.

    Raises:
        BadInput: it is no ISCO-08 code of one to four digits, such as a total.

    Source: ILO (2012), International Standard Classification of Occupations, ISCO-08, volume I,
    table 1, skill levels of the major groups, and the notes on sub-major groups 14 and 01 to 03.
    """
    if not (occupation.isdigit() and 1 <= len(occupation) <= 4):
        raise BadInput(
            f"{occupation!r} is no occupation of ISCO-08, so it has no skill level, and no gap can "
            "be filled by it. Give one to four digits."
        )
    major = BY_MAJOR[occupation[0]]
    return Post(occupation, BY_SUB_MAJOR.get(occupation[:2], major))


@dataclass(frozen=True)
class Matched:
    """People by the post they can fill, shape (d, h, o), and those who can fill none, (d, h)."""

    people: Floats
    unmatched: Floats


def matched(people: Floats, of: Sequence[Post | None], to: Sequence[Post]) -> Matched:
    """People in the order of the posts that are asked about; an aggregate fills none of them.

    Args:
        people: by group, shape (d, h, s).
        of: the post each group can fill, s of them; None if nobody knows its occupation.
        to: the posts, o of them.

    A post of whose people nothing is known is NaN and not 0. Those without an occupation, or with
    one that nobody asks about, are counted apart and are in no gap: 63,500 people without an
    occupation are no engineers.

    Raises:
        BadInput: a post is asked about twice; the groups are not as many as their posts.

    Source: domain page outlook, sections 4.7 and 4.12.
    """
    if len(set(to)) < len(to):
        raise BadInput(f"{len(to) - len(set(to))} posts are asked about twice. Ask once.")
    if people.shape[2] != len(of):
        raise BadInput(f"{people.shape[2]} groups of people have {len(of)} posts.")
    found = np.full((*people.shape[:2], len(to)), np.nan)
    for at, wanted in enumerate(to):
        groups = [group for group, own in enumerate(of) if own == wanted]
        if groups:
            found[:, :, at] = people[:, :, groups].sum(axis=2)
    others = [group for group, own in enumerate(of) if own not in to]
    return Matched(found, people[:, :, others].sum(axis=2))

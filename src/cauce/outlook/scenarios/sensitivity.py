"""What would change a class: one assumption at a time, within the range somebody stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.outlook.gaps import DEFAULT, Classes, GapClass, Post, Threshold, classify, gap

STEPS = 20
"""Into how many steps each side of a range is cut: a change is found to this part of it."""


@dataclass(frozen=True)
class Assumed:
    """A part of the openings or of the supply at the horizon, and how far it may be off.

    `people` are its draws, (d, o). `low` and `high` are factors around 1 that `source` stands for;
    both 1 where nobody has said how far off it may be, and then it is not varied.
    """

    id: str
    name: Text
    side: Literal["openings", "supply"]
    people: Floats
    low: float
    high: float
    source: Text


@dataclass(frozen=True)
class Flip:
    """A post whose class another value of one assumption changes.

    `factor` is the value nearest to 1, to a twentieth of the range, from which the class is `after`
    with the probability `sure`; `low` and `high` are the range that was tried.
    """

    post: Post
    assumption: str
    before: GapClass
    after: GapClass
    factor: float
    sure: float
    low: float
    high: float


def what_would_change(
    posts: Sequence[Post],
    assumed: Sequence[Assumed],
    employed: Floats,
    years: int,
    threshold: Threshold = DEFAULT,
) -> tuple[Flip, ...]:
    """Every reasonable change of one assumption that flips the class of a post, the least first.

    Args:
        assumed: all parts of openings and supply, so that with factor 1 they make the gap.
        employed: of the base year, (o,) or (d, o).
        years: years ahead, which the threshold grows with.

    Raises:
        BadInput: nothing is assumed; a range does not hold 1, or falls below 0; an assumption
            stands twice.

    Source: domain page outlook, section 4.7; one-at-a-time analysis, Saltelli et al. (2008), Global
    Sensitivity Analysis: The Primer, chapter 1, which says what it cannot see: joint changes.
    """
    _check(assumed)

    def classes(which: int, factor: float) -> Classes:
        return _classes(assumed, which, factor, employed, years, threshold)

    before = classes(-1, 1.0)
    found: list[Flip] = []
    for at, one in enumerate(assumed):
        for end in {one.low, one.high} - {1.0}:
            tried = [(factor, classes(at, factor)) for factor in np.linspace(1, end, STEPS + 1)[1:]]
            found += _first_flips(posts, one, before, tried)
    return tuple(sorted(found, key=lambda flip: (flip.post, abs(flip.factor - 1), flip.assumption,
                                                 flip.factor)))  # fmt: skip


def _classes(
    assumed: Sequence[Assumed], which: int, factor: float, employed: Floats, years: int,
    threshold: Threshold,
) -> Classes:  # fmt: skip
    sides = {"openings": 0.0 * assumed[0].people, "supply": 0.0 * assumed[0].people}
    for at, one in enumerate(assumed):
        sides[one.side] = sides[one.side] + one.people * (factor if at == which else 1.0)
    openings = np.maximum(sides["openings"], 0.0)
    found = gap(openings[:, None, :], sides["supply"][:, None, :], employed)
    # The one year that is looked at stands first: its threshold is that of `years`.
    reach = Threshold(threshold.share * years, threshold.years, threshold.certainty)
    return classify(found.relative, reach)


def _first_flips(
    posts: Sequence[Post],
    one: Assumed,
    before: Classes,
    tried: Sequence[tuple[float, Classes]],
) -> list[Flip]:
    found = []
    for at, post in enumerate(posts):
        old = str(before.code[0, at])
        for factor, classes in tried:
            new = str(classes.code[0, at])
            if new != old:
                sure = float(np.fmax(classes.shortage[0, at], classes.surplus[0, at]))
                found.append(Flip(post, one.id, cast(GapClass, old), cast(GapClass, new),
                                  float(factor), sure, one.low, one.high))  # fmt: skip
                break
    return found


def _check(assumed: Sequence[Assumed]) -> None:
    if not assumed:
        raise BadInput("Nothing is assumed, so nothing could change. Give the parts of the gap.")
    if len({one.id for one in assumed}) < len(assumed):
        raise BadInput("An assumption stands twice in what is varied. Name each once.")
    for one in assumed:
        if not 0 <= one.low <= 1 <= one.high:
            raise BadInput(
                f"The range of {one.id} is {one.low:g} to {one.high:g}: it must be factors from 0 "
                "up that hold 1, the value it now has."
            )

"""Shortage today beside shortage ahead: two questions, two answers, never one score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from cauce.model.errors import BadInput
from cauce.model.shortage import FEWEST_SIGNS, PresentShortage, PresentVerdict
from cauce.outlook.gaps.classes import Classes, GapClass
from cauce.outlook.gaps.posts import Post

Quadrant = Literal["NOW_AND_AHEAD", "NOW_ONLY", "AHEAD_ONLY", "NEITHER", "NOT_TOLD"]
QUADRANTS: Mapping[tuple[PresentVerdict, GapClass], Quadrant] = {
    ("SHORTAGE", "SHORTAGE"): "NOW_AND_AHEAD",
    ("SHORTAGE", "SURPLUS"): "NOW_ONLY",
    ("NO_SHORTAGE", "SHORTAGE"): "AHEAD_ONLY",
    ("NO_SHORTAGE", "SURPLUS"): "NEITHER",
}
"""Where both answers are known; everything else is not told."""


@dataclass(frozen=True)
class NowAndAhead:
    """One post in the two-by-two view; `signs` counts the indicators available today."""

    post: Post
    now: PresentVerdict
    ahead: GapClass
    quadrant: Quadrant
    signs: int


def now_and_ahead(
    posts: Sequence[Post], present: Sequence[PresentShortage], classes: Classes, year: int
) -> tuple[NowAndAhead, ...]:
    """Every post with what is seen today and what is projected for a year ahead.

    Args:
        present: of occupations; one that is not there has no verdict.
        year: years ahead, from 1 to the horizon.

    A verdict on fewer than four indicators counts as none.

    Raises:
        BadInput: an occupation has two verdicts; the year is beyond the horizon.

    Source: domain page outlook, section 4.7.
    """
    found = {one.occupation: one for one in present}
    if len(found) < len(present):
        raise BadInput(f"{len(present) - len(found)} occupations have two verdicts for today.")
    if not 1 <= year <= len(classes.code):
        raise BadInput(f"Year {year} is not within the horizon of {len(classes.code)}.")
    ahead = [cast(GapClass, str(code)) for code in classes.code[year - 1]]
    return tuple(
        _placed(post, found.get(post.occupation), later)
        for post, later in zip(posts, ahead, strict=True)
    )


def _placed(post: Post, today: PresentShortage | None, ahead: GapClass) -> NowAndAhead:
    signs = sum(sign.available for sign in today.signs) if today else 0
    now: PresentVerdict = today.verdict if today and signs >= FEWEST_SIGNS else "NO_VERDICT"
    return NowAndAhead(post, now, ahead, QUADRANTS.get((now, ahead), "NOT_TOLD"), signs)

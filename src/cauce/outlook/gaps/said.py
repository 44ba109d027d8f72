"""Gaps, classes and what stands beside them as rows of dataflows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.codelist import TOTAL
from cauce.model.projected import COARSE_SHARE, Projected
from cauce.model.text import Text
from cauce.outlook.gaps.classes import Classes, support
from cauce.outlook.gaps.gap import Gap, totals
from cauce.outlook.gaps.posts import Post
from cauce.outlook.gaps.present import NowAndAhead
from cauce.outlook.gaps.published import Span, judged, medians
from cauce.outlook.gaps.tables import Axis, Frame, Row, Table, occupation_axis, projected

SKILL = Axis("SKILL_LEVEL", Text("Skill level", "Nivel de competencia"), "CL_SKILL_LEVEL")
CLASS = Axis("GAP_CLASS", Text("Class of the gap", "Clase de la brecha"), "CL_GAP_CLASS")
NOW = Axis("NOW", Text("Shortage today", "Escasez actual"), "CL_PRESENT_SHORTAGE")
NOT_SET_OFF = Text(
    "A sum of positive parts: shortages and surpluses of other occupations or skill levels are not "
    "set off against each other.",
    "Suma de partes positivas: escaseces y excedentes de otras ocupaciones o niveles de "
    "competencia no se compensan entre sí.",
)
OF_MORE = Text(
    "At least so many: the gap of {} occupations is not known.",
    "Al menos estas: no se sabe la brecha de {} ocupaciones.",
)
HALF_WIDTH = 1.2815515655446004
"""Standard errors on either side of a middle that hold 80 % of a normal distribution."""


@dataclass(frozen=True)
class Gaps:
    """The gaps of one area: of each post their draws and classes, and the base year's cv, (o,)."""

    area: str
    posts: tuple[Post, ...]
    base_year: int
    gap: Gap
    classes: Classes
    cv: Floats


def gap_table(found: Sequence[Gaps], frame: Frame) -> Projected:
    """The gap by occupation, skill level and year, with its class and the probability behind it.

    Every row of a post and year has the post's class among its codes. Totals are of all posts and
    of each skill level, people missing apart from people too many.

    Raises:
        BadInput: a code is not in the lists of the frame.

    Source: domain page outlook, sections 4.7 and 4.9.
    """
    axis = occupation_axis(post for one in found for post in one.posts)
    name = Text(
        "Gaps by occupation and skill level", "Brechas según ocupación y nivel de competencia"
    )
    rows = [row for one in found for row in (*_posts(one), *_totals(one))]
    return projected(Table("GAPS", name, (axis, SKILL, CLASS)), rows, frame)


def _posts(one: Gaps) -> list[Row]:
    people, relative = medians(one.gap.people), medians(one.gap.relative * 100)
    sure = _probability(support(one.classes), len(one.gap.people))
    rows = []
    for year in range(len(people.middle)):
        for at, post in enumerate(one.posts):
            coarse = one.cv[at]
            code = str(one.classes.code[year, at]) if coarse <= COARSE_SHARE else "NOT_KNOWN"
            codes = (post.occupation, post.skill, code)
            for indicator, span in (("PRJ_GAP_NB", people), ("PRJ_GAP_RT", relative),
                                    ("PRJ_GAP_PR", sure)):  # fmt: skip
                row = _row(one, indicator, codes, year, span, at)
                rows.append(judged(row, float(coarse), classed=span is sure))
    return rows


def _row(one: Gaps, indicator: str, codes: tuple[str, ...], year: int, span: Span, at: int) -> Row:
    return Row(one.area, indicator, codes, one.base_year + 1 + year, float(span.middle[year, at]),
               float(span.low[year, at]), float(span.high[year, at]))  # fmt: skip


def _probability(share: Floats, draws: int) -> Span:
    """A part of the draws in percent, with the chance of having drawn so few of them."""
    error = HALF_WIDTH * np.sqrt(share * (1 - share) / draws)
    low, high = np.maximum(share - error, 0.0), np.minimum(share + error, 1.0)
    return Span(100 * share, 100 * low, 100 * high)


def _totals(one: Gaps) -> list[Row]:
    levels = sorted({post.skill for post in one.posts})
    rows = []
    for level in (TOTAL, *levels):
        own = [at for at, post in enumerate(one.posts) if level in (TOTAL, post.skill)]
        sums = totals(one.gap.people[:, :, own])
        for indicator, draws in (("PRJ_MIS_NB", sums.missing), ("PRJ_SUR_NB", sums.surplus)):
            span = medians(draws[:, :, None])
            for year, unknown in enumerate(sums.unknown.tolist()):
                row = _row(one, indicator, (TOTAL, level, TOTAL), year, span, 0)
                rows.append(_lower_bound(row, unknown, len(own)))
    return rows


def _lower_bound(row: Row, unknown: int, of: int) -> Row:
    """A total with how many gaps it lacks; of none that is known there is no total."""
    if unknown == of:
        return judged(replace(row, value=np.nan, low=np.nan, high=np.nan), np.nan)
    more = Text(OF_MORE.en.format(unknown), OF_MORE.es.format(unknown))
    return replace(row, because=(NOT_SET_OFF, more) if unknown else (NOT_SET_OFF,))


def now_and_ahead_table(
    views: Sequence[NowAndAhead], of: Gaps, year: int, frame: Frame
) -> Projected:
    """Shortage today beside the class ahead, one row a post: two codes, and no score of both.

    The number is the probability behind the class ahead; today's verdict has none.

    Raises:
        BadInput: a code is not in the lists of the frame.

    Source: domain page outlook, section 4.7.
    """
    name = Text("Shortage today and ahead", "Escasez actual y futura")
    axis = occupation_axis(of.posts)
    sure = _probability(support(of.classes), len(of.gap.people))
    rows = []
    for at, view in enumerate(views):
        cv = float(of.cv[at])
        ahead = view.ahead if cv <= COARSE_SHARE else "NOT_KNOWN"
        codes = (view.post.occupation, view.post.skill, view.now, ahead)
        rows.append(judged(_row(of, "PRJ_GAP_PR", codes, year - 1, sure, at), cv, classed=True))
    return projected(Table("NOW_AHEAD", name, (axis, SKILL, NOW, CLASS)), rows, frame)

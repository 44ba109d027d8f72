"""Natives and movers in one picture, figure by figure."""

from collections.abc import Sequence

from cauce.portal.corridor.survey import Survey
from cauce.portal.origins import Table
from cauce.portal.words import Words
from cauce.publish.brief.told import Picture
from cauce.publish.charts import Point
from cauce.publish.charts.pairs import Both, pairs

Named = tuple[Table, str, dict[str, str], str]
"""A table, an indicator of it, the codes of its dimensions that are not at their total, a name."""


def paired(survey: Survey, named: Sequence[Named], title: str, words: Words) -> tuple[Picture, ...]:
    """Dots of natives and diamonds of movers; none if there is nothing to draw."""
    both = [
        Both(name, *_points(survey, table, indicator, more, name, words))
        for table, indicator, more, name in named
    ]
    if all(point.value is None for each in both for point in (each.first, each.second)):
        return ()
    groups = survey.names(words)
    said = "; ".join(f"{each.name}: {_said(groups, each)}" for each in both)
    return (
        Picture(
            lambda width: pairs(title, said, groups, both, words.plain, width=width),
            title,
        ),
    )


def _points(
    survey: Survey, table: Table, indicator: str, more: dict[str, str], name: str, words: Words
) -> tuple[Point, Point]:
    """The numbers of both; where nobody is in a cell, that."""
    found = []
    for code in (survey.pairing.natives, survey.pairing.movers):
        wanted = {**survey.wanted(indicator, table, **more), survey.pairing.dimension: code}
        rows = table.rows(wanted)
        nobody = Point(name, None, why=words("nobody_there"))
        found.append(table.point(rows[-1], name, words) if rows else nobody)
    return found[0], found[1]


def _said(groups: tuple[str, str], both: Both) -> str:
    told = (both.first.said or both.first.why, both.second.said or both.second.why)
    return ", ".join(f"{group} {each}" for group, each in zip(groups, told, strict=True))

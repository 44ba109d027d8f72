"""The ways of a mechanism, each with its figures and ratios."""

from collections.abc import Sequence

from cauce.assess.mechanisms.funnels import STAGES, Comparable, ratios
from cauce.model.errors import BadInput
from cauce.model.funnel import StageCount, Way
from cauce.model.text import Text

TWICE = Text(
    "a stage has two figures in one unit and source: one of them must be corrected",
    "una etapa tiene dos cifras en una misma unidad y fuente: debe corregirse una",
)


def ways(counts: Sequence[StageCount], comparable: Comparable = frozenset()) -> tuple[Way, ...]:
    """The counts by mechanism, corridor, period and sex, with the ratios within each.

    Source: docs/explanation/judging.md, "Mechanisms".
    """
    groups: dict[tuple[str, str, str, str], list[StageCount]] = {}
    for count in counts:
        place = count.mechanism, count.corridor, count.period, count.sex
        groups.setdefault(place, []).append(count)
    return tuple(_way(group, comparable) for _, group in sorted(groups.items()))


def _way(group: Sequence[StageCount], comparable: Comparable) -> Way:
    ordered = tuple(sorted(group, key=lambda count: STAGES.index(count.stage)))
    first = ordered[0]
    place = first.mechanism, first.corridor, first.period, first.sex
    try:
        return Way(*place, ordered, ratios(ordered, comparable))
    except BadInput:
        return Way(*place, ordered, (), TWICE)

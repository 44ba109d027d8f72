"""Ratios between the stages of a mechanism, and sums, where there may be any."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cauce.model.errors import BadInput
from cauce.model.funnel import StageCount, StageRatio, StageSum
from cauce.model.text import Text

STAGES = ("REQ", "CERT", "SEL", "VISA", "DEP", "ARR", "ACT", "COMP", "RET", "REPT")
"""Requested, certified, selected, visa issued, departed, arrived, active, completed, returned and
re-hired."""

STOCK = "ACT"
"""Those active are counted on a day, the other stages over a period."""

Comparable = frozenset[frozenset[str]]
"""Pairs of sources that somebody declared comparable."""


def ratios(
    counts: Sequence[StageCount], comparable: Comparable = frozenset()
) -> tuple[StageRatio, ...]:
    """Each stage over the one before it, in one mechanism, corridor, period and sex.

    Only within one unit and one source, or two that were declared comparable: certified positions
    over visas to persons is no rate. A ratio above 1 is shown with a caution, since those who
    depart in a year may have their visa from another. Those active are left out: they are counted
    on a day, not over a period.

    Raises:
        BadInput: counts of several mechanisms, corridors, periods or sexes; a stage that is none;
            two counts of a stage in one unit and source.

    Source: docs/explanation/judging.md, "Mechanisms"; cohort against period as in
    Preston, Heuveline and Guillot (2001), Demography, chapter 1.
    """
    _check(counts)
    found: list[StageRatio] = []
    here = [stage for stage in STAGES if any(count.stage == stage for count in counts)]
    for earlier, later in pairwise(stage for stage in here if stage != STOCK):
        before = [count for count in counts if count.stage == earlier]
        after = [count for count in counts if count.stage == later]
        pairs = [(a, b) for a in before for b in after if _may(a, b, comparable)]
        found += [_ratio(a, b) for a, b in pairs]
        if not pairs:
            found.append(StageRatio(earlier, later, "", "", None, refused=_why(before, after)))
    return tuple(found)


def _may(one: StageCount, other: StageCount, comparable: Comparable) -> bool:
    same = one.source == other.source or frozenset((one.source, other.source)) in comparable
    return one.unit == other.unit and same


def _ratio(before: StageCount, after: StageCount) -> StageRatio:
    same = before.source == after.source
    source = before.source if same else f"{before.source}; {after.source}"
    note = None if same else Text("two sources", "dos fuentes")
    if before.count is None or after.count is None or before.count == 0:
        refused = (
            Text("nobody at the stage before", "nadie en la etapa anterior")
            if before.count == 0
            else Text("a count is unknown", "se desconoce un conteo")
        )
        return StageRatio(before.stage, after.stage, before.unit, source, None, refused, note)
    ratio = after.count / before.count
    if ratio > 1:
        note = Text(
            "more than at the stage before: of another period, or counted otherwise",
            "más que en la etapa anterior: de otro período, o contados de otro modo",
        )
    return StageRatio(before.stage, after.stage, before.unit, source, ratio, note=note)


def _why(before: Sequence[StageCount], after: Sequence[StageCount]) -> Text:
    """Why no count of one stage goes with one of the next."""
    units = {count.unit for count in before} & {count.unit for count in after}
    if not units:
        names = ", ".join(sorted({count.unit for count in (*before, *after)}))
        return Text(f"counted in different units: {names}", f"unidades distintas: {names}")
    names = ", ".join(sorted({count.source for count in (*before, *after)}))
    return Text(
        f"from sources not declared comparable: {names}",
        f"de fuentes no declaradas comparables: {names}",
    )


def _check(counts: Sequence[StageCount]) -> None:
    if len({(c.mechanism, c.corridor, c.period, c.sex) for c in counts}) > 1:
        raise BadInput("A funnel is of one mechanism, corridor, period and sex: choose one.")
    strange = sorted({count.stage for count in counts} - set(STAGES))
    if strange:
        raise BadInput(f"No stages: {', '.join(strange)}. Stages are {', '.join(STAGES)}.")
    if len({(c.stage, c.unit, c.source) for c in counts}) != len(counts):
        raise BadInput("A stage was counted twice in one unit and source: keep one.")


def add_counts(counts: Sequence[StageCount]) -> StageSum:
    """The sum over mechanisms and corridors of one stage, or every reason against it.

    An unknown count makes it "at least".

    Raises:
        BadInput: there is nothing to add.

    Source: as `ratios`.
    """
    if not counts:
        raise BadInput("There is nothing to add: name at least one count.")
    refused = tuple(_differences(counts))
    if refused:
        return StageSum(None, at_least=False, refused=refused)
    known = [count.count for count in counts if count.count is not None]
    return StageSum(sum(known) if known else None, at_least=len(known) < len(counts))


def _differences(counts: Sequence[StageCount]) -> Iterator[Text]:
    for en, es, values in (
        ("units", "unidades", [count.unit for count in counts]),
        ("stages", "etapas", [count.stage for count in counts]),
        ("sources", "fuentes", [count.source for count in counts]),
        ("periods", "períodos", [count.period for count in counts]),
        ("sexes", "sexos", [count.sex for count in counts]),
    ):
        if len(set(values)) > 1:
            names = ", ".join(sorted(set(values)))
            yield Text(f"different {en}: {names}", f"{es}: {names}")
    places = [(count.mechanism, count.corridor) for count in counts]
    if len(set(places)) != len(places):
        yield Text("a corridor counted twice", "un corredor contado dos veces")

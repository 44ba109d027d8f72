"""A whole plan judged on a day, straight from its records."""

from collections.abc import Iterator, Sequence
from datetime import date

from cauce.assess.filled import text, whole
from cauce.assess.plans.indicators import indicator_progress
from cauce.assess.plans.nodes import roll_up
from cauce.assess.plans.records import (
    begins,
    indicators_of,
    members_of,
    noted,
    reporting,
    reports_of,
    task_reports_of,
    tasks_of,
    tree_of,
)
from cauce.assess.plans.tasks import task_progress
from cauce.model.errors import BadInput
from cauce.model.plan import Indicator, Report
from cauce.model.progress import Progress, Status
from cauce.model.record import Records
from cauce.model.standing import Leaf, PlanRecords, Standing
from cauce.model.text import Text

GRACE_INDICATOR, GRACE_TASK = 90, 30
"""Days late before overdue, where the plan names none. Ours."""

NO_TARGET = Text("it has no target with a date yet", "aún no tiene meta con fecha")
TWICE = Text(
    "two different reports of one period: one of them must be corrected",
    "dos informes distintos de un mismo período: debe corregirse uno",
)


def plan_standing(records: PlanRecords, on: date) -> Standing:
    """Where every part of a plan stands on a day, for each country that is to report.

    Those are the countries an indicator or milestone names; else the members of the plan's body on
    that day; else whoever ever reported on the plan; else the region itself. What has no target,
    or was reported in two ways, has no data, and says so.

    Raises:
        BadInput: the places of the plan are no tree.

    Source: docs/explanation/judging.md, "Plans".
    """
    nodes = tree_of(records.key, records.plan, records.nodes)
    places = frozenset(node.id for node in nodes)
    everyone = _everyone(records, on)
    indicators = list(_indicators(records, places, everyone, on))
    milestones = list(_milestones(records, places, everyone, on))
    leaves = (*indicators, *(leaf for leaf in milestones if leaf is not None))
    reported = {leaf.progress.country for leaf in leaves if leaf.progress.as_of is not None}
    return Standing(
        plan=records.key,
        on=on,
        nodes=nodes,
        below=roll_up(nodes, [leaf.progress for leaf in leaves]),
        leaves=leaves,
        silent=tuple(sorted({leaf.progress.country for leaf in leaves} - reported - {""})),
        cancelled=sum(1 for leaf in milestones if leaf is None),
    )


def _everyone(records: PlanRecords, on: date) -> tuple[str, ...]:
    alone = text(records.plan, "country")
    if alone:
        return (alone,)
    members = members_of(records.memberships, text(records.plan, "body"), on)
    return members or _reporters(records) or ("",)


def _reporters(records: PlanRecords) -> tuple[str, ...]:
    mine = _mine(records.indicators, records.key) | _mine(records.milestones, records.key)
    return tuple(
        sorted(
            {
                text(report, "country")
                for report in records.reports.values()
                if {text(report, "indicator"), text(report, "milestone")} & mine
            }
        )
    )


def _mine(records: Records, key: str) -> set[str]:
    return {name for name, record in records.items() if text(record, "plan") == key}


def _indicators(
    records: PlanRecords, places: frozenset[str], everyone: tuple[str, ...], on: date
) -> Iterator[Leaf]:
    grace = _grace(records, GRACE_INDICATOR)
    reports = reports_of(records.reports)
    found = indicators_of(records.indicators, records.key, places, begins(records.plan))
    for indicator in found:
        for country in reporting(records.indicators[indicator.id], everyone):
            progress = _progress(indicator, country, reports, on, grace)
            yield Leaf(indicator.name, "indicator", progress)


def _progress(
    indicator: Indicator, country: str, reports: Sequence[Report], on: date, grace: int
) -> Progress:
    """The progress of an indicator, or that nobody can tell and why."""
    because = NO_TARGET
    if indicator.targets:
        try:
            return indicator_progress(indicator, country, reports, on, grace)
        except BadInput:
            because = TWICE
    return Progress(
        id=indicator.id,
        node=indicator.node,
        country=country,
        status=Status.NO_DATA,
        completion=None,
        as_of=None,
        because=because,
        weight=indicator.weight,
    )


def _milestones(
    records: PlanRecords, places: frozenset[str], everyone: tuple[str, ...], on: date
) -> Iterator[Leaf | None]:
    """Every milestone by country; None for one that was cancelled."""
    grace = _grace(records, GRACE_TASK)
    reports = task_reports_of(records.reports)
    for task in tasks_of(records.milestones, records.key, places):
        record = records.milestones[task.id]
        for country in reporting(record, everyone):
            said = (*reports, *noted(task.id, record, country))
            progress = task_progress(task, country, said, on, grace)
            yield None if progress is None else Leaf(task.name, "milestone", progress)


def _grace(records: PlanRecords, otherwise: int) -> int:
    days = whole(records.plan, "grace_days")
    return otherwise if days is None else days

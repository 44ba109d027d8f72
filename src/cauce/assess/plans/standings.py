"""A whole plan judged on a day, straight from its records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from cauce.model.record import Record, Records
from cauce.model.standing import Leaf, PlanRecords, Standing
from cauce.model.text import Text

GRACE_INDICATOR, GRACE_TASK = 90, 30
"""Days late before overdue, where the plan names none. Ours."""

NO_TARGET = Text("it has no target with a date yet", "aún no tiene meta con fecha")
TWICE = Text(
    "two different reports of one period: one of them must be corrected",
    "dos informes distintos de un mismo período: debe corregirse uno",
)


def plan_standing(records: PlanRecords, on: date, only: frozenset[str] | None = None) -> Standing:
    """Where every part of a plan stands on a day, for each country that is to report.

    With `only`, just these countries are looked at: of others nothing is known here, which is not
    the same as nothing reported.

    Those are the countries an indicator or milestone names; else the members of the plan's body on
    that day; else whoever ever reported on the plan; else the region itself. What has no target,
    or was reported in two ways, has no data, and says so.

    Raises:
        BadInput: the places of the plan are no tree.

    Source: docs/explanation/judging.md, "Plans".
    """
    nodes = tree_of(records.key, records.plan, records.nodes)
    asked = _Asked(records, frozenset(node.id for node in nodes), _everyone(records, on), on, only)
    milestones = list(_milestones(asked))
    leaves = (*_indicators(asked), *(leaf for leaf in milestones if leaf is not None))
    return Standing(
        plan=records.key,
        on=on,
        nodes=nodes,
        below=roll_up(nodes, [leaf.progress for leaf in leaves]),
        leaves=leaves,
        silent=tuple(
            sorted({leaf.progress.country for leaf in leaves} - set(_heard(records, on)) - {""})
        ),
        cancelled=len(milestones) - sum(1 for leaf in milestones if leaf is not None),
    )


@dataclass(frozen=True)
class _Asked:
    """A plan with its places, the countries it is of where it names none, and who is looked at."""

    records: PlanRecords
    places: frozenset[str]
    everyone: tuple[str, ...]
    on: date
    only: frozenset[str] | None

    def countries(self, record: Record) -> list[str]:
        found = reporting(record, self.everyone)
        return [country for country in found if self.only is None or country in self.only]

    def grace(self, otherwise: int) -> int:
        days = whole(self.records.plan, "grace_days")
        return otherwise if days is None else days


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


def _heard(records: PlanRecords, on: date) -> Iterator[str]:
    """Countries that said something of the plan by a day: a report, or of a milestone of theirs."""
    mine = _mine(records.indicators, records.key) | _mine(records.milestones, records.key)
    for report in reports_of(records.reports):
        if report.indicator in mine and report.kind != "NR" and report.until <= on:
            yield report.country
    for said in task_reports_of(records.reports):
        if said.task in mine and said.state != "NR" and said.on <= on:
            yield said.country
    for key, record in records.milestones.items():
        own = text(record, "country")
        if key in mine and own and any(said.on <= on for said in noted(key, record, own)):
            yield own


def _mine(records: Records, key: str) -> set[str]:
    return {name for name, record in records.items() if text(record, "plan") == key}


def _indicators(asked: _Asked) -> Iterator[Leaf]:
    records, grace = asked.records, asked.grace(GRACE_INDICATOR)
    reports = reports_of(records.reports)
    found = indicators_of(records.indicators, records.key, asked.places, begins(records.plan))
    for indicator in found:
        for country in asked.countries(records.indicators[indicator.id]):
            progress = _progress(indicator, country, reports, asked.on, grace)
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


def _milestones(asked: _Asked) -> Iterator[Leaf | None]:
    """Every milestone by country; None for one that was cancelled."""
    records, grace = asked.records, asked.grace(GRACE_TASK)
    reports = task_reports_of(records.reports)
    for task in tasks_of(records.milestones, records.key, asked.places):
        record = records.milestones[task.id]
        for country in asked.countries(record):
            said = (*reports, *noted(task.id, record, country))
            progress = task_progress(task, country, said, asked.on, grace)
            yield None if progress is None else Leaf(task.name, "milestone", progress)

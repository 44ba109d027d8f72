"""A plan, as its registers hold it, turned into what is judged.

The fields are those of the registers `plans`, `plan_nodes`, `plan_indicators`, `plan_milestones`,
`plan_reports` and `memberships`. Reports on what is not of this plan are left out.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from cauce.assess.filled import codes, day, number, rows, text, whole, words
from cauce.model.plan import (
    Direction,
    Indicator,
    Node,
    Report,
    Reported,
    Task,
    TaskReport,
    TaskState,
)
from cauce.model.record import Record, Records
from cauce.model.text import Text

PLAN = Text("plan", "plan")
DIRECTIONS: Mapping[str, Direction] = {"UP": "UP", "DOWN": "DOWN", "YESNO": "YESNO"}
REPORTED: Mapping[str, Reported] = {"VALUE": "VALUE", "NC": "NC", "NR": "NR"}
STATES: Mapping[str, TaskState] = {
    "YTS": "YTS",
    "INP": "INP",
    "CMP": "CMP",
    "DEL": "DEL",
    "CAN": "CAN",
}
SILENT: Mapping[str, TaskState] = {"NC": "NC", "NR": "NR"}


def tree_of(key: str, plan: Record, nodes: Records) -> tuple[Node, ...]:
    """The places of a plan, its own first and each before what lies below; levels as it calls them.

    A place below one that is not there, or that is nobody's, lies below the plan itself.

    Source: none, it computes nothing.
    """
    mine = {name: node for name, node in nodes.items() if text(node, "plan") == key}
    ordered = sorted(mine, key=lambda name: (whole(mine[name], "position") or 0, _code(mine[name])))
    found = [
        Node(
            id=name,
            parent=above if (above := text(mine[name], "below")) in mine else key,
            level=_level(plan, whole(mine[name], "level")),
            name=_numbered(mine[name]),
            weight=_weight(mine[name]),
        )
        for name in ordered
    ]
    return (Node(key, "", PLAN, words(plan, "title", key)), *found)


def _code(node: Record) -> list[tuple[int, str]]:
    """The number of a place, so that 1.10 comes after 1.9."""
    parts = text(node, "code").split(".")
    return [(int(part) if part.isdecimal() else 0, part) for part in parts]


def _level(plan: Record, rank: int | None) -> Text:
    named = (row for row in rows(plan, "levels") if whole(row, "rank") == rank)
    row = next(named, {})
    return Text(
        words(row, "name", f"level {rank}").en,
        words(row, "name", f"nivel {rank}").es,
    )


def _numbered(node: Record) -> Text:
    code, name = text(node, "code"), words(node, "title")
    return Text(f"{code} {name.en}".strip(), f"{code} {name.es}".strip())


def _weight(record: Record) -> float:
    weight = number(record, "weight")
    return 1.0 if weight is None else weight


def indicators_of(
    records: Records, key: str, places: frozenset[str], since: date | None
) -> tuple[Indicator, ...]:
    """The indicators of a plan. A target of a year is due on its last day.

    A baseline whose year is unknown is as of `since`, the day the plan began, if that is known.

    Source: none, it computes nothing.
    """
    return tuple(
        Indicator(
            id=name,
            node=_place(record, key, places),
            name=_stated(record),
            direction=DIRECTIONS.get(text(record, "direction"), "UP"),
            baseline=number(record, "baseline"),
            baseline_on=_year_end(whole(record, "baseline_year")) or since,
            targets=dict(_targets(record)),
            weight=_weight(record),
        )
        for name, record in records.items()
        if text(record, "plan") == key
    )


def _stated(record: Record) -> Text:
    code, said = text(record, "code"), words(record, "statement")
    return Text(f"{code} {said.en}".strip(), f"{code} {said.es}".strip())


def _place(record: Record, key: str, places: frozenset[str]) -> str:
    node = text(record, "node")
    return node if node in places else key


def _targets(record: Record) -> Iterator[tuple[date, float]]:
    for row in rows(record, "targets"):
        due = day(row, "due") or _year_end(whole(row, "year"))
        value = number(row, "value")
        if due is not None and value is not None:
            yield due, value


def _year_end(year: int | None) -> date | None:
    return None if year is None else date(year, 12, 31)


def begins(plan: Record) -> date | None:
    """The first day of a plan, as far as it is known.

    Source: none, it computes nothing.
    """
    year = whole(plan, "starts_year")
    return day(plan, "starts_on") or (None if year is None else date(year, 1, 1))


def tasks_of(records: Records, key: str, places: frozenset[str]) -> tuple[Task, ...]:
    """The milestones of a plan; one without a day it is due has none.

    Source: none, it computes nothing.
    """
    return tuple(
        Task(
            id=name,
            node=_place(record, key, places),
            name=words(record, "title", name),
            due=day(record, "due"),
            start=day(record, "starts_on"),
            weight=_weight(record),
        )
        for name, record in records.items()
        if text(record, "plan") == key
    )


def reports_of(records: Records) -> tuple[Report, ...]:
    """What was reported of indicators. A value nobody knows is as good as not reported.

    A report whose period has no end cannot be placed in time and is left out.

    Source: none, it computes nothing.
    """
    return tuple(
        Report(
            indicator=text(record, "indicator"),
            country=text(record, "country"),
            until=until,
            kind=_kind(record),
            value=number(record, "value"),
        )
        for record in records.values()
        if text(record, "indicator") and (until := day(record, "period_to")) is not None
    )


def _kind(record: Record) -> Reported:
    kind = REPORTED.get(text(record, "reported"), "NR")
    return "NR" if kind == "VALUE" and number(record, "value") is None else kind


def task_reports_of(records: Records) -> tuple[TaskReport, ...]:
    """What was reported of milestones; a state nobody knows is as good as not reported.

    Source: none, it computes nothing.
    """
    return tuple(
        TaskReport(
            task=text(record, "milestone"),
            country=text(record, "country"),
            on=on,
            state=_state(record),
            done_on=day(record, "done_on"),
        )
        for record in records.values()
        if text(record, "milestone") and (on := day(record, "period_to")) is not None
    )


def _state(record: Record) -> TaskState:
    silent = SILENT.get(text(record, "reported"))
    return silent or STATES.get(text(record, "state"), "NR")


def noted(task: str, milestone: Record, country: str) -> tuple[TaskReport, ...]:
    """What the milestone itself says of how it went: started, done, cancelled.

    Source: none, it computes nothing.
    """
    done = day(milestone, "done_on")
    said: tuple[tuple[TaskState, date | None], ...] = (
        ("INP", day(milestone, "started_on")),
        ("CMP", done),
        ("CAN", day(milestone, "cancelled_on")),
    )
    return tuple(TaskReport(task, country, on, state, done) for state, on in said if on is not None)


def members_of(memberships: Records, body: str, on: date) -> tuple[str, ...]:
    """The members of a body on a day; whose day of joining is unknown counts as there already.

    Source: none, it computes nothing.
    """
    return tuple(
        sorted(
            {
                text(record, "country")
                for record in memberships.values()
                if text(record, "body") == body
                and text(record, "role") == "MEMB"
                and (day(record, "joined_on") or date.min) <= on
                and on < (day(record, "left_on") or date.max)
            }
        )
    )


def reporting(record: Record, everyone: tuple[str, ...]) -> tuple[str, ...]:
    """The countries that report on an indicator or milestone: those it names, or everyone.

    Source: none, it computes nothing.
    """
    alone = text(record, "country")
    return codes(record, "reporting_countries") or ((alone,) if alone else everyone)

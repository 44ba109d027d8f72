"""The status of an activity or a milestone."""

from collections.abc import Sequence
from datetime import date

from cauce.assess.dates import day_words
from cauce.model.plan import Task, TaskReport
from cauce.model.progress import Progress, Status
from cauce.model.text import Text


def task_progress(
    task: Task, country: str, reports: Sequence[TaskReport], on: date, grace_days: int = 30
) -> Progress | None:
    """Where a country stands with a task on a day; None if it was cancelled.

    - done: reported completed, on or before that day.
    - no data: nothing was reported, though it should have begun or is due; or it has no date.
    - overdue: due, not completed by the last report, and late beyond the grace.
    - at risk: late within the grace; reported delayed; or its start is past and it was reported
      not started.
    - on track: anything else.

    "No change" (NC) keeps the state reported before it, "not reported" (NR) says nothing.
    Completion is 1 if done, 0 if not started, and not known in between: a task half done is a
    judgement nobody made.

    Source: docs/explanation/judging.md, "Plans"; the states are those of the work-streams of
    the UN Network on Migration: yet to start, in progress, completed.
    """
    mine = [r for r in reports if (r.task, r.country) == (task.id, country) and r.on <= on]
    said = (report for report in mine if report.state not in ("NC", "NR"))
    last = max(said, key=lambda report: report.on, default=None)
    if last is not None and last.state == "CAN":
        return None
    status, because = _status(task, last, on, grace_days)
    share = {"CMP": 1.0, "YTS": 0.0}.get(last.state) if last else None
    as_of = max(r.on for r in mine if r.state != "NR") if last else None
    return Progress(task.id, task.node, country, status, share, as_of, because, task.weight)


def _status(task: Task, last: TaskReport | None, on: date, grace_days: int) -> tuple[Status, Text]:
    if last is not None and last.state == "CMP":
        day = day_words(last.done_on or last.on)
        return Status.DONE, Text(f"completed on {day.en}", f"completada el {day.es}")
    if task.due is None:
        return Status.NO_DATA, Text("it has no date", "no tiene fecha")
    begins = task.start or task.due
    if last is None and on >= begins:
        return Status.NO_DATA, Text("nothing was reported", "no se informó nada")
    late = (on - task.due).days
    if late > 0:
        return _late(late, grace_days)
    if last is not None and last.state == "DEL":
        return Status.AT_RISK, Text("reported delayed", "se informó atraso")
    if last is not None and last.state == "YTS" and task.start is not None and on > task.start:
        day = day_words(task.start)
        return (
            Status.AT_RISK,
            Text(f"not started; to begin on {day.en}", f"sin iniciar; debía empezar el {day.es}"),
        )
    return Status.ON_TRACK, Text(f"days to go: {-late}", f"días que faltan: {-late}")


def _late(late: int, grace_days: int) -> tuple[Status, Text]:
    if late > grace_days:
        return Status.OVERDUE, Text(f"days late: {late}", f"días de atraso: {late}")
    return (
        Status.AT_RISK,
        Text(f"days late: {late}, within the grace", f"días de atraso: {late}, dentro del plazo"),
    )

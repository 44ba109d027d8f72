"""The status of an indicator, from its direction, baseline, targets and reports."""

from collections.abc import Sequence
from datetime import date, timedelta

from cauce.assess.dates import day_words
from cauce.model.errors import BadInput
from cauce.model.plan import Indicator, Report
from cauce.model.progress import Progress, Status
from cauce.model.text import Text

NOTHING = Text("nothing was reported", "no se informó nada")


def indicator_progress(
    indicator: Indicator, country: str, reports: Sequence[Report], on: date, grace_days: int = 90
) -> Progress:
    """Where a country stands with an indicator on a day.

    - done: what was last reported reaches the last target.
    - no data: nothing was ever reported but "not reported", or a target fell due, its grace is
      over, and nobody has reported since: silence is no failure.
    - overdue: the last report of a target's period misses it, and its grace is over.
    - at risk: the same within the grace; or the value lies behind the straight line from the
      target before (or the baseline) to the next one, at the end of its own period.
    - on track: anything else.

    "No change" (NC) is a report: the value before it, or the baseline, still holds. Completion is
    (value − baseline) / (last target − baseline), within 0 and 1; it holds for both directions.

    Raises:
        BadInput: no target, or two different reports for one period.

    Source: docs/explanation/judging.md, "Plans"; OECD-DAC (2002), Glossary of Key
    Terms in Evaluation and Results Based Management, for baseline and target.
    """
    if not indicator.targets:
        raise BadInput(f"Indicator {indicator.id} has no target: add one with its date.")
    known = _values(indicator, country, reports, on)
    if not known:
        return _progress(indicator, country, Status.NO_DATA, None, None, NOTHING)
    until, value = known[-1]
    status, because = _status(indicator, value, until, on, timedelta(days=grace_days))
    return _progress(indicator, country, status, completion(indicator, value), until, because)


def _progress(
    indicator: Indicator,
    country: str,
    status: Status,
    share: float | None,
    as_of: date | None,
    because: Text,
) -> Progress:
    return Progress(
        indicator.id, indicator.node, country, status, share, as_of, because, indicator.weight
    )


def _values(
    indicator: Indicator, country: str, reports: Sequence[Report], on: date
) -> list[tuple[date, float]]:
    """What was reported by then, oldest first, with "no change" turned into the value it keeps."""
    mine = [
        report
        for report in reports
        if (report.indicator, report.country) == (indicator.id, country) and report.until <= on
    ]
    if len({report.until for report in mine}) != len(set(mine)):
        raise BadInput(f"{country} reported {indicator.id} twice, differently, for one period.")
    values: list[tuple[date, float]] = []
    for report in sorted(set(mine), key=lambda report: report.until):
        before = values[-1][1] if values else indicator.baseline
        value = before if report.kind == "NC" else report.value
        if report.kind != "NR" and value is not None:
            values.append((report.until, value))
    return values


def completion(indicator: Indicator, value: float) -> float | None:
    """The share of the way from the baseline to the last target, within 0 and 1.

    None if there is no baseline or no way to go.

    Source: as `indicator_progress`.
    """
    goal = indicator.targets[max(indicator.targets)]
    if indicator.baseline is None or goal == indicator.baseline:
        return None
    return min(max((value - indicator.baseline) / (goal - indicator.baseline), 0.0), 1.0)


def _status(
    indicator: Indicator, value: float, until: date, on: date, grace: timedelta
) -> tuple[Status, Text]:
    last = max(indicator.targets)
    if _reaches(indicator, value, indicator.targets[last]):
        return Status.DONE, _compared(value, indicator.targets[last], last)
    missed = [
        day
        for day, target in sorted(indicator.targets.items())
        if day <= on and not _reaches(indicator, value, target)
    ]
    if missed:
        return _missed(indicator, value, until, missed, on - grace)
    coming = min(day for day in indicator.targets if day > on)
    line = expected(indicator, until)
    if line is None or _reaches(indicator, value, line):
        return Status.ON_TRACK, _compared(value, indicator.targets[coming], coming)
    behind = _compared(value, line, until)
    return (
        Status.AT_RISK,
        Text(
            f"{behind.en}, on the straight line to the next target",
            f"{behind.es}, en la línea recta hacia la próxima meta",
        ),
    )


def _missed(
    indicator: Indicator, value: float, until: date, missed: Sequence[date], over: date
) -> tuple[Status, Text]:
    """Of targets that fell due and were not seen reached: late, or not reported on."""
    told = [day for day in missed if day <= until]
    if any(day < over for day in told):
        day = min(told)
        return Status.OVERDUE, _compared(value, indicator.targets[day], day)
    if any(day < over for day in missed):
        since, due = day_words(until), day_words(min(missed))
        return (
            Status.NO_DATA,
            Text(
                f"nobody has reported since {since.en}; a target fell due on {due.en}",
                f"no se informa desde el {since.es}; una meta vencía el {due.es}",
            ),
        )
    within = _compared(value, indicator.targets[missed[0]], missed[0])
    return Status.AT_RISK, Text(f"{within.en}; within the grace", f"{within.es}; dentro del plazo")


def _reaches(indicator: Indicator, value: float, target: float) -> bool:
    room = 1e-9 * max(1.0, abs(target))  # a value on the line must not miss it by rounding
    return value <= target + room if indicator.direction == "DOWN" else value >= target - room


def expected(indicator: Indicator, on: date) -> float | None:
    """Where the straight line between the target before and the one after stands on a day.

    None after the last target, or without a baseline before the first. A yes or no has no way
    between.

    Source: linear interpolation; the plan itself may set targets as close as it likes.
    """
    points = dict(indicator.targets)
    if indicator.baseline is not None and indicator.baseline_on is not None:
        points.setdefault(indicator.baseline_on, indicator.baseline)
    before = [day for day in points if day <= on]
    after = [day for day in points if day > on]
    if indicator.direction == "YESNO" or not before or not after:
        return None
    first, last = max(before), min(after)
    share = (on - first) / (last - first)
    return points[first] + share * (points[last] - points[first])


def _compared(value: float, target: float, day: date) -> Text:
    said = day_words(day)
    return Text(
        f"{value:g}, and {target:g} is wanted by {said.en}",
        f"{value:g}, y se pide {target:g} para el {said.es}",
    )

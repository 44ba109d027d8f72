"""What is due by when, and what is late, as of a day."""

from collections.abc import Sequence
from datetime import date, timedelta

from cauce.assess.dates import add_months
from cauce.model.iris import Clock, Due, IrisFrame, Progress, Taken


def clocks_on(frame: IrisFrame, progress: Progress, on: date) -> tuple[Due, ...]:
    """Every clock that runs, or ran, on a day.

    A clock of an application runs for each time it came into that state, until the next state. One
    of follow-up runs from the training until the follow-up was held. What happened after the day is
    not known on it. A start whose day is not known leaves the clock unknown, never late.

    Source: iriscertification.org, application: information due in 60 days; follow-up after 6 and 12
    months: ours; docs/explanation/judging.md, "IRIS".
    """
    found: list[Due] = []
    for clock in frame.clocks:
        if clock.state:
            found += _of_application(clock, progress.states, on)
        elif (one := _of_training(clock, progress, on)) is not None:
            found.append(one)
    return tuple(found)


def _of_application(clock: Clock, states: Sequence[Taken], on: date) -> list[Due]:
    undated = [one for one in states if one.on is None and one.id == clock.state]
    known = sorted((one.on, at, one.id) for at, one in enumerate(states) if one.on and one.on <= on)
    found = [Due(clock, "UNKNOWN", None, 0) for _ in undated]
    for at, (day, _, state) in enumerate(known):
        if state == clock.state:
            after = known[at + 1][0] if at + 1 < len(known) else None
            found.append(_due(clock, day, after, on))
    return found


def _of_training(clock: Clock, progress: Progress, on: date) -> Due | None:
    held = [one for one in progress.followed if one.id == clock.id]
    days = [one.on for one in held if one.on is not None and one.on <= on]
    start = progress.trained_on
    if start is None:
        return Due(clock, "UNKNOWN", None, 0)
    return _due(clock, start, min(days, default=None), on) if start <= on else None


def _due(clock: Clock, start: date, done: date | None, on: date) -> Due:
    due = add_months(start, clock.months) + timedelta(days=clock.days)
    if done is not None:
        late = (done - due).days
        return Due(clock, "DONE_LATE" if late > 0 else "DONE", due, max(late, 0))
    left = (due - on).days
    return Due(clock, "OVERDUE" if left < 0 else "DUE", due, abs(left))

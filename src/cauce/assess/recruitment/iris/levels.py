"""How far a recruiter has come, and on what ground."""

from collections.abc import Sequence
from datetime import date

from cauce.assess.dates import day_words
from cauce.model.iris import CapacityLevel, IrisFrame, Progress, Reached, Taken
from cauce.model.text import Text

ASSESSED = Text("all criteria were answered on", "se respondieron todos los criterios el")


def level_reached(
    frame: IrisFrame, progress: Progress, assessed_on: date | None, on: date
) -> Reached:
    """The highest level whose step, and every step below it, was taken by a day with evidence.

    `assessed_on` is when a self-assessment that left nothing open was made; None if none was. A
    step without a day or without evidence is not counted, and said.

    Source: IOM, IRIS Capacity Building Programme for the levels; what each takes is ours.
    """
    because: dict[str, Text] = {}
    reached: CapacityLevel | None = None
    for level in frame.levels:
        mine = [step for step in progress.steps if step.id == level.step]
        whole = assessed_on if level.assessed else None
        ground = _ground(mine, whole, on)
        if ground is None:
            return Reached(reached, because, _lacking(level, mine, on))
        because[level.id] = ground
        reached = level
    return Reached(reached, because, None)


def _ground(mine: Sequence[Taken], assessed_on: date | None, on: date) -> Text | None:
    """On what ground a level holds by itself; None if it does not."""
    if assessed_on is not None and assessed_on <= on:
        day = day_words(assessed_on)
        return Text(f"{ASSESSED.en} {day.en}", f"{ASSESSED.es} {day.es}")
    for step in mine:
        if step.on is not None and step.on <= on and step.evidence:
            day = day_words(step.on)
            return Text(f"{day.en}: {step.evidence}", f"{day.es}: {step.evidence}")
    return None


def _lacking(level: CapacityLevel, mine: Sequence[Taken], on: date) -> Text:
    if any(step.on is None for step in mine):
        why = Text("recorded without its day", "registrado sin su día")
    elif any(step.on <= on for step in mine if step.on):
        why = Text("recorded without evidence", "registrado sin evidencia")
    else:
        why = Text("not recorded", "no consta")
    return Text(f"{level.name.en}: {why.en}", f"{level.name.es}: {why.es}")

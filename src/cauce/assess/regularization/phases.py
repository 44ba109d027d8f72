"""Whether a phase takes applications on a day, as was known on another."""

from datetime import date

from cauce.assess.dates import day_words, earliest, latest
from cauce.assess.logic import settled
from cauce.model.fact import Day
from cauce.model.phase import Extension, Opening, Phase
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth


def opening(phase: Phase, day: date, known_on: date | None = None) -> Opening:
    """Whether the phase is open on `day`, by what had been announced on `known_on`.

    None is what is known today. An extension whose announcement or last day is not known leaves
    both cases possible where they differ.

    Source: two clocks, when it was true and when we knew; Snodgrass (1999), Developing
    Time-Oriented Database Applications in SQL, chapter 10.
    """
    closings = last_days(phase, known_on)
    cases = [phase.opens <= day <= end for known in closings for end in _ends(known)]
    truth = settled(cases)
    opens = day_words(phase.opens)
    closes = _or([_last_day(known) for known in closings])
    verdict = TRUTHS[truth]
    return Opening(
        truth,
        Text(
            f"{phase.name.en} takes applications from {opens.en}; last day: {closes.en}. "
            f"Open on {day_words(day).en}: {verdict.en}.",
            f"{phase.name.es} recibe solicitudes desde el {opens.es}; último día: {closes.es}. "
            f"Abierta el {day_words(day).es}: {verdict.es}.",
        ),
    )


def last_days(phase: Phase, known_on: date | None = None) -> tuple[Day, ...]:
    """The last day of a phase; several if it is not known which extension had been announced.

    Source: as `opening`.
    """
    found: tuple[Day, ...] = (phase.closes,)
    for extension in phase.extensions:
        known = _announced(extension, known_on)
        if known is Truth.YES:
            found = (extension.closes,)
        elif known is Truth.CANNOT_TELL:
            found = (*found, extension.closes)
    return found


def _announced(extension: Extension, known_on: date | None) -> Truth:
    if known_on is None:
        return Truth.YES
    if extension.announced is None:
        return Truth.CANNOT_TELL
    return settled(
        day <= known_on for day in (earliest(extension.announced), latest(extension.announced))
    )


def _ends(day: Day) -> tuple[date, date]:
    return earliest(day), latest(day)


def _last_day(day: Day) -> Text:
    """The last day in words; date.max stands for none, and for not known when."""
    if latest(day) != date.max:
        return day_words(day)
    if earliest(day) == date.max:
        return Text("none", "ninguno")
    return Text("not known", "no se conoce")


def _or(words: list[Text]) -> Text:
    return Text(" or ".join(w.en for w in words), " o ".join(w.es for w in words))

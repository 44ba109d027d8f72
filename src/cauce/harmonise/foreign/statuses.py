"""What another agency says beside a number, as our statuses have it."""

from collections.abc import Iterator, Sequence
from math import isfinite

from cauce.harmonise.foreign.columns import column_of, fault, words_of
from cauce.harmonise.foreign.held import Held
from cauce.model.foreign import Fault, ForeignRows
from cauce.model.observation import WITHOUT_VALUE, ConfStatus, ObsStatus
from cauce.model.rule import rule
from cauce.model.text import Text

OBS_STATUS, CONF_STATUS = "OBS_STATUS", "CONF_STATUS"
KNOWN = {status.value: status for status in ObsStatus}
ABSENT = Text("The producer gives no number.", "El productor no da cifra.")


def statuses(
    held: Held, rows: ForeignRows, value: Sequence[float]
) -> tuple[tuple[ObsStatus, ...], tuple[str, ...]]:
    """The status of every row, and what its producer calls it in words.

    Letters are those of SDMX CL_OBS_STATUS. A number whose letter says that there is none stays a
    number, and the letter is told beside it; an absence without such a letter is one that is
    missing.
    """
    component = held.components.get(OBS_STATUS)
    codes = (component.codes if component else None) or {}
    told = words_of(column_of(rows, OBS_STATUS))
    there = [*map(isfinite, value)]
    made = {pair: _status(*pair) for pair in set(zip(told, there, strict=True))}
    notes = {
        pair: _note(codes[pair[0]].name if pair[0] in codes else None, pair[0], pair[1], status)
        for pair, status in made.items()
    }
    pairs = list(zip(told, there, strict=True))
    return tuple(made[pair] for pair in pairs), tuple(notes[pair] for pair in pairs)


def _status(letter: str, there: bool) -> ObsStatus:
    status = KNOWN.get(letter, ObsStatus.NORMAL)
    if there:
        return ObsStatus.NORMAL if status in WITHOUT_VALUE else status
    return status if status in WITHOUT_VALUE else ObsStatus.MISSING


def _note(name: Text | None, letter: str, there: bool, status: ObsStatus) -> str:
    if letter in ("", ObsStatus.NORMAL):
        return "" if there else rule(ABSENT)
    return rule(name or Text(letter, letter)) if letter != status or name else ""


def confidential(rows: ForeignRows, value: Sequence[float]) -> tuple[ConfStatus, ...]:
    """Whether a number is withheld: only where there is none and a letter says so."""
    told = words_of(column_of(rows, CONF_STATUS))
    there = map(isfinite, value)
    shut = (ConfStatus.FREE, ConfStatus.CONFIDENTIAL)
    return tuple(
        shut[not is_there and letter not in ("", ConfStatus.FREE)]
        for letter, is_there in zip(told, there, strict=True)
    )


def closed_numbers(rows: ForeignRows, value: Sequence[float]) -> Iterator[Fault]:
    """The rows with a number that its producer calls confidential: it is not for publication."""
    told = words_of(column_of(rows, CONF_STATUS))
    why = "stands beside a number: it is not for publication, and is not taken."
    for row, letter in enumerate(told):
        if letter not in ("", ConfStatus.FREE) and isfinite(value[row]):
            yield fault(rows, row, CONF_STATUS, letter, why)

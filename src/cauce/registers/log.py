"""The log's own laws: how entries are chained, and what they say as of a moment.

Valid time (when it was true) and recorded time (when we knew) are kept apart, after Snodgrass
(2000), Developing Time-Oriented Database Applications in SQL, chapter 10. The chain follows
Schneier & Kelsey (1999), Secure Audit Logs to Support Computer Forensics, section 3.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from cauce.model.entry import Action, Draft, Entry, Period
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.registers.canonical import to_json

FIRST = "0" * 64
"""What stands for the hash before the first entry."""


def entry_of(draft: Draft, number: int, previous: str, now: datetime) -> Entry:
    """The entry a draft becomes, chained to the one before it."""
    entry = Entry(
        number=number,
        register=draft.register,
        key=draft.key,
        country=draft.country,
        action=draft.action,
        record=draft.record,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        recorded_at=now.astimezone(UTC),
        actor=draft.actor,
        reason=draft.reason,
        previous=previous,
        hash="",
    )
    return replace(entry, hash=hash_of(entry))


def hash_of(entry: Entry) -> str:
    """SHA-256 over everything an entry says and the hash before it, as hexadecimal digits."""
    record = "" if entry.record is None else to_json(entry.record)
    return chained(
        entry.previous,
        entry.number,
        entry.register,
        entry.key,
        entry.country,
        str(entry.action),
        record,
        _day(entry.valid_from),
        _day(entry.valid_to),
        entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.reason,
    )


def chained(previous: str, *parts: str | int) -> str:
    """The hash of some parts after the hash before them; no two lists of parts give one text."""
    text = json.dumps([previous, *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


@dataclass(frozen=True)
class Link:
    """What chains a row: its number, the hash before it, its own, and what that should be."""

    number: int
    previous: str
    hash: str
    wanted: str


def faults_in(entries: Iterable[Entry], after: Entry | None = None) -> Iterator[str]:
    """What is wrong with a log, row by row, in order of numbers; nothing if it is whole."""
    links = (Link(one.number, one.previous, one.hash, hash_of(one)) for one in entries)
    yield from faults_of(links, *((0, FIRST) if after is None else (after.number, after.hash)))


def faults_of(links: Iterable[Link], number: int = 0, previous: str = FIRST) -> Iterator[str]:
    """What is wrong with a chain after the row of that number and hash.

    A row that was altered, removed, inserted or moved is named by its number.
    """
    for link in links:
        if link.number != number + 1:
            yield f"row {number + 1} is missing: after row {number} comes row {link.number}."
        elif link.previous != previous:
            yield f"row {link.number} does not follow from row {number}."
        if link.hash != link.wanted:
            yield f"row {link.number} is not as it was written."
        number, previous = link.number, link.hash


def timeline(entries: Sequence[Entry], known_at: datetime | None = None) -> tuple[Period, ...]:
    """What the entries of one key say of all time, as it was known at a moment (now if None).

    Each entry lies over what earlier ones said: an opening or a change from its `valid_from` on, a
    correction within its period, an end from its `valid_from` on with nothing.
    """
    periods: list[Period] = []
    for entry in entries:
        if known_at is not None and entry.recorded_at > known_at:
            break
        periods = [part for old in periods for part in _outside(old, entry)]
        if entry.record is not None:
            periods.append(Period(entry.valid_from, entry.valid_to, entry.record, entry.number))
    periods.sort(key=lambda period: period.start or date.min)
    return tuple(periods)


def _outside(old: Period, entry: Entry) -> Iterator[Period]:
    """What is left of an earlier period before and after the new entry's."""
    start, end = entry.valid_from or date.min, entry.valid_to or date.max
    old_start, old_end = old.start or date.min, old.end or date.max
    if old_start < start:
        yield replace(old, end=old.end if old_end <= start else entry.valid_from)
    if end < old_end:
        yield replace(old, start=old.start if end <= old_start else entry.valid_to)


def as_of(
    entries: Sequence[Entry], day: date | None = None, known_at: datetime | None = None
) -> Period | None:
    """What was true on a day (the last of all time if None), as it was known at a moment."""
    periods = timeline(entries, known_at)
    if day is None:
        return periods[-1] if periods and periods[-1].end is None else None
    return next((p for p in periods if _covers(p, day)), None)


def _covers(period: Period, day: date) -> bool:
    return (period.start or date.min) <= day and (period.end is None or day < period.end)


def refuse_nonsense(draft: Draft, before: Sequence[Entry]) -> None:
    """Whether a draft may follow the entries of its key.

    Raises:
        BadInput: it opens what is there or alters what is not; it corrects without saying why;
            its period is empty; it says nothing new.
    """
    if draft.action is Action.OPEN and before:
        raise BadInput(f"{draft.register} {draft.key} exists already. Change or correct it.")
    if draft.action is not Action.OPEN and not before:
        raise BadInput(f"There is no {draft.register} {draft.key} to change.")
    if before and draft.country != before[0].country:
        raise BadInput(f"{draft.register} {draft.key} is another country's.")
    if (draft.record is None) != (draft.action is Action.END):
        raise BadInput("An end holds no record, and everything else holds one.")
    if draft.action is not Action.CORRECTION and draft.valid_to is not None:
        raise BadInput("Only a correction names the day up to which it holds. To end it, end it.")
    if draft.action in (Action.CHANGE, Action.END) and draft.valid_from is None:
        raise BadInput("Say from which day on this is so.")
    if draft.action is not Action.OPEN and not draft.reason.strip():
        raise BadInput("Say why: the reason is kept with the entry.")
    if draft.valid_from and draft.valid_to and draft.valid_to <= draft.valid_from:
        raise BadInput(f"The period from {draft.valid_from} to {draft.valid_to} is empty.")


def differences(before: Record, after: Record) -> tuple[str, ...]:
    """The fields in which two records differ, in the order of the new one."""
    names = dict.fromkeys((*after, *before))
    return tuple(name for name in names if before.get(name) != after.get(name))

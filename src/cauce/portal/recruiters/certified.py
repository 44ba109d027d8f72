"""Certificates of a recruiter on a day, as their certifying body recorded them, and nothing else.

What a recruiter says of itself has no shelf, so that it cannot get here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cauce.model.record import Record
from cauce.portal.recruiters.finding import RECRUITERS, head
from cauce.portal.recruiters.standing import standing
from cauce.portal.registers.library import Library, code_name, is_held, shown

CERTIFICATIONS = "iris_certifications"
HOLDS = ("CERT", "SURV")
"""States that run out by themselves: one without a last day is told to nobody."""


@dataclass(frozen=True)
class Certificate:
    """A certificate on a day; `kind` is its state, `source` where its body says so, and since when
    that was seen."""

    said: str
    kind: str
    source: str


def certificates(library: Library, key: str, on: date) -> tuple[Certificate, ...]:
    """Those of a recruiter, and of what turned out to be the same, of which a day can be told."""
    return tuple(
        told for record in _of(library, key) if (told := _certificate(library, record, on))
    )


def _of(library: Library, key: str) -> Iterator[Record]:
    """Only what the body itself states, though the shelf should hold nothing else."""
    mine = {r.key: r for r in library.records(RECRUITERS) if is_held(r)}
    for each in library.records(CERTIFICATIONS):
        said = shown(each).record
        whose = str(said.get("recruiter", ""))
        stated = is_held(each) and said.get("stated_by_body") is True
        if stated and whose in mine and head(whose, mine) == key:
            yield said


def _certificate(library: Library, record: Record, on: date) -> Certificate | None:
    words = library.words
    now = standing(record, on, HOLDS)
    if now.state in ("BEFORE", "UNCLEAR") or (now.state in HOLDS and now.until is None):
        return None
    state = _state(library, now.state)
    since = words("recruiters_since", day=words.day(now.since)) if now.since else ""
    until = words("recruiters_until", day=words.day(now.until)) if now.until else ""
    number, body = str(record.get("number", "")), str(record.get("body", ""))
    name = words("certified_by", number=number, body=body)
    seen = record.get("seen_on")
    day = words.day(seen) if isinstance(seen, date) else words("recruiters_not_known")
    return Certificate(
        said=", ".join(part for part in (state, since, until) if part) + f". {name}",
        kind=now.state,
        source=words("certified_source", source=str(record.get("source", "")), day=day),
    )


def _state(library: Library, state: str) -> str:
    """The words of a state; expired has its own, since a shelf has only codes that were written."""
    if state == "EXP":
        return library.words("certified_expired")
    shelf = next(e.shelf for e in library.editions if e.shelf.id == CERTIFICATIONS)
    return code_name(shelf, "CL_IRIS_CERTIFICATION", state, library.words)

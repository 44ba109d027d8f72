"""Finding a recruiter by what somebody types: a name, another spelling of it, a number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from cauce.model.record import Record
from cauce.model.shelf import PublicRecord
from cauce.portal.bulletin import folded
from cauce.portal.recruiters.standing import rows_of
from cauce.portal.registers.library import Library, is_held, shown

RECRUITERS, LICENCES, SANCTIONS = "recruiters", "recruiter_licences", "recruiter_sanctions"
MOST_NEAR = 8
NEAR = 0.6
"""How much of its letters a name shares with one that is offered in its place."""


@dataclass(frozen=True)
class Recruiter:
    """A recruiter with its licences and adjudicated sanctions; `names` are all it is known by."""

    key: str
    record: Record
    names: tuple[str, ...]
    licences: tuple[Record, ...]
    sanctions: tuple[Record, ...]


@dataclass(frozen=True)
class Found:
    """`exact` bear the name or number asked for; `near` are only like it, the nearest first."""

    exact: tuple[Recruiter, ...]
    near: tuple[Recruiter, ...]


def recruiters(library: Library) -> Mapping[str, Recruiter]:
    """All recruiters by key. What turned out to be another lends it its names and licences."""
    records = {r.key: r for r in library.records(RECRUITERS) if is_held(r)}
    heads = {key: head(key, records) for key in records}
    licences, sanctions = _beside(library, LICENCES, heads), _beside(library, SANCTIONS, heads)
    names: dict[str, list[str]] = {}
    for key, record in sorted(records.items(), key=lambda item: heads[item[0]] != item[0]):
        names.setdefault(heads[key], []).extend(_names(shown(record).record))
    return {
        key: Recruiter(
            key=key,
            record=shown(records[key]).record,
            names=tuple(dict.fromkeys(found)),
            licences=tuple(licences.get(key, ())),
            sanctions=tuple(s for s in sanctions.get(key, ()) if s.get("adjudicated") is True),
        )
        for key, found in names.items()
    }


def head(key: str, records: Mapping[str, PublicRecord]) -> str:
    """The record that a record is the same as in the end; itself if that leads round or nowhere."""
    seen = [key]
    while (after := shown(records[seen[-1]]).record.get("same_as")) in records:
        if after in seen:
            return key
        seen.append(str(after))
    return seen[-1]


def _beside(library: Library, register: str, heads: Mapping[str, str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for each in library.records(register):
        said = shown(each).record
        whose = heads.get(str(said.get("recruiter", "")))
        if is_held(each) and whose:
            found.setdefault(whose, []).append(said)
    return found


def _names(record: Record) -> Iterator[str]:
    yield str(record.get("name", ""))
    yield from (str(row["name"]) for row in rows_of(record, "other_names") if "name" in row)


def find(asked: str, among: Iterable[Recruiter]) -> Found:
    """Who bears a name or number but for capitals, accents, spaces and marks; else who is near.

    Who is only near is never given as the answer: a name like that of a licensed agency is what a
    swindler takes.
    """
    every = tuple(among)
    wanted = _letters(asked)
    exact = tuple(r for r in every if wanted and wanted in _borne(r))
    if exact or not wanted:
        return Found(exact, ())
    scored = [(max(_likeness(wanted, name) for name in _borne(r)), r) for r in every]
    near = sorted((s for s in scored if s[0] >= NEAR), key=lambda s: (-s[0], s[1].key))
    return Found((), tuple(r for _, r in near[:MOST_NEAR]))


def _borne(recruiter: Recruiter) -> frozenset[str]:
    numbers = (str(licence.get("number", "")) for licence in recruiter.licences)
    return frozenset(_letters(each) for each in (*recruiter.names, *numbers)) - {""}


def _letters(text: str) -> str:
    return "".join(letter for letter in folded(text) if letter.isalnum())


def _likeness(one: str, other: str) -> float:
    if len(one) >= 4 and (one in other or (len(other) >= 6 and other in one)):
        return 0.9
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 0.0 if matcher.quick_ratio() < NEAR else matcher.ratio()

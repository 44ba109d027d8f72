"""From a list of spellings to records of recruiters: proposed by the machine, accepted by a person.

GSBPM: phase 5.1, integrate data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from cauce.assess.filled import rows, text
from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record
from cauce.pipeline.registers import Declared
from cauce.registers.log import as_of
from cauce.registers.matching import Likeness, Proposal, propose
from cauce.registers.seed import key_of
from cauce.registers.values import folded
from cauce.sources.books.book import Grid
from cauce.sources.books.reading import read_book
from cauce.sources.spellings import read_spellings, write_sheets
from cauce.store.log import Database, Log, append
from cauce.store.log.writer import entries_of

RECRUITERS, REVIEW, ASKED = "recruiters", "review", "questions"
HEADINGS = ("group", "name", "rows", "why", "look", "country", "accepted", "record", "called")
NEEDED = HEADINGS[:7]
"""A workbook without the last two is of a list that was set beside no register."""
WHY = {
    "same": "capitals, marks, legal form | mayúsculas, signos, forma legal",
    "cut": "cut off where the field ended | cortado donde terminaba el campo",
    "typing": "a letter or two differ | difiere una letra o dos",
    "longer": "general words added | se agregan palabras generales",
    "tail": "other general words | otras palabras generales",
    "within": "one name within the other | un nombre dentro del otro",
    "words": "words in common | palabras en común",
    "other": "only through a third spelling | solo por una tercera grafía",
}
YES = frozenset({"yes", "y", "si", "s", "x", "1", "true"})


@dataclass(frozen=True)
class Proposed:
    """What a list yielded: its spellings, the groups proposed, the questions asked.

    `known` spellings stand in the register already, and are not asked about; `matched` groups are
    like a recruiter there.
    """

    spellings: int
    groups: int
    questions: int
    known: int = 0
    matched: int = 0


@dataclass(frozen=True)
class Group:
    """Spellings a person accepted as one recruiter, the most frequent first.

    `record` is the recruiter of the register they are spellings of, "" for a new one.
    """

    names: tuple[str, ...]
    country: str
    record: str = ""


@dataclass(frozen=True)
class KnownName:
    """A name that stands in the register: of which record, and what that is called."""

    record: str
    called: str


def known_names(database: Database, declared: Declared) -> dict[str, KnownName]:
    """Every name of every recruiter entered and not ended, by the name as it is written."""
    found: dict[str, KnownName] = {}
    for entries in Log(database, declared.registers).latest(RECRUITERS):
        period = as_of(entries)
        record = {} if period is None else period.record
        others = rows(record, "other_names")
        for name in (text(record, "name"), *(text(row, "name") for row in others)):
            if name:
                known = KnownName(text(record, "same_as") or entries[0].key, text(record, "name"))
                found.setdefault(name, known)
    return found


def write_review(
    source: Path, column: str, out: Path, known: Mapping[str, KnownName] | None = None
) -> Proposed:
    """Write the proposals for a list into a workbook; nothing is accepted in it yet.

    Args:
        known: the names of the register; spellings that stand there are left out, and groups that
            are like one name its record.

    Raises BadInput: the list cannot be read.
    """
    known = known or {}
    counted = read_spellings(source, column)
    proposals, questions = propose({**dict.fromkeys(known, 0), **counted})
    table = [_rows(number, each, counted, known) for number, each in enumerate(proposals, start=1)]
    asked = [
        (
            q.one + 1,
            _called(proposals[q.one]),
            q.other + 1,
            _called(proposals[q.other]),
            _why(q.why),
        )
        for q in questions
        if table[q.one] or table[q.other]
    ]
    heads = ("group", "name", "other group", "other name", "why")
    found = [row for each in table for row in each]
    write_sheets(out, {REVIEW: (HEADINGS, found), ASKED: (heads, asked)})
    there = sum(name in known for name in counted)
    spellings = sum(map(bool, map(str.strip, counted)))
    left = [each for each in table if each]
    matched = sum(bool(each[0][7]) for each in left)
    return Proposed(spellings, len(left), len(asked), there, matched)


def _rows(
    number: int, each: Proposal, counted: Mapping[str, int], known: Mapping[str, KnownName]
) -> list[tuple[str | int, ...]]:
    """The spellings of a group a person has to look at; with the record they are like."""
    there = [known[name] for name in each.spellings if name in known]
    record, called = (there[0].record, there[0].called) if there else ("", "")
    several = len({one.record for one in there}) > 1
    look = "?" if each.doubtful or several else ""
    why = ["", *(_why(like) for like in each.why)]
    return [
        (number, name, counted[name], told, look, "", "", record, called)
        for name, told in zip(each.spellings, why, strict=True)
        if name not in known
    ]


def _called(proposal: Proposal) -> str:
    return proposal.spellings[0]


def _why(like: Likeness) -> str:
    return f"{WHY[like.reason]} ({like.score:.2f})"


def read_review(path: Path, countries: frozenset[str]) -> tuple[Group, ...]:
    """The groups a person accepted, as they left them: moved rows are split or merged.

    Raises:
        BadInput: a sheet or heading is missing, or a row is half filled in; with the row.
    """
    grid = next((g for g in read_book(path).grids if g.name == REVIEW), None)
    headings = {} if grid is None else {str(v): at for at, v in grid.rows.get(1, {}).items()}
    if grid is None or not set(NEEDED) <= set(headings):
        raise BadInput(f"{path.name} needs a sheet {REVIEW} with {', '.join(NEEDED)}.")
    names: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    records: dict[str, str] = {}
    for number in sorted(grid.rows)[1:]:
        row = {name: _cell(grid, number, at) for name, at in headings.items()}
        if folded(row["accepted"]) not in YES:
            continue
        if not row["group"] or not row["name"]:
            raise BadInput(f"{path.name}, row {number}: accepted without a group or a name.")
        country = row["country"].upper()
        if country and (country not in countries or places.get(row["group"], country) != country):
            raise BadInput(
                f"{path.name}, row {number}: {country} is no country of the list (write GTM, MEX), "
                "or another row of its group has another one."
            )
        record = row.get("record", "")
        if records.setdefault(row["group"], record) != record:
            raise BadInput(
                f"{path.name}, row {number}: the rows of its group name several records, or some "
                "none. Give those of another recruiter another group."
            )
        names.setdefault(row["group"], []).append(row["name"])
        if country:
            places[row["group"]] = country
    return tuple(
        Group(tuple(dict.fromkeys(n)), places.get(g, ""), records[g]) for g, n in names.items()
    )


def _cell(grid: Grid, row: int, column: int) -> str:
    value = grid.rows[row].get(column, "")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def enter_groups(
    connection: Connection,
    declared: Declared,
    groups: Sequence[Group],
    seen_in: str,
    actor: str,
    now: datetime,
) -> int:
    """Enter each group as a recruiter, or as spellings of one; how many entries were new.

    All of them wait for a second person.

    Raises:
        BadInput: a record that a group names is not there.
    """
    drafts = [_draft(group, seen_in, actor) for group in groups if not group.record]
    new = [
        draft
        for draft in {draft.key: draft for draft in drafts}.values()
        if not entries_of(connection, declared.registers, RECRUITERS, draft.key)
    ]
    of: dict[str, list[str]] = {}
    for group in groups:
        if group.record:
            of.setdefault(group.record, []).extend(group.names)
    for key, names in of.items():
        entries = entries_of(connection, declared.registers, RECRUITERS, key)
        new += _spelt(key, entries, names, seen_in, actor)
    append(connection, declared.registers, new, now)
    return len(new)


def _spelt(
    key: str, entries: Sequence[Entry], names: Sequence[str], seen_in: str, actor: str
) -> list[Draft]:
    """A correction that adds the spellings a record has not; none if it has them all."""
    period = as_of(entries) if entries else None
    if period is None:
        raise BadInput(f"There is no recruiter {key[:40]}, or it ended: leave its record blank.")
    others = rows(period.record, "other_names")
    there = {text(period.record, "name"), *(text(row, "name") for row in others)}
    more = [name for name in dict.fromkeys(names) if name not in there]
    spelt = tuple({"name": n, "use": "SPELL", "seen_in": seen_in} for n in more)
    return (
        [
            Draft(
                register=RECRUITERS,
                key=key,
                country=entries[0].country,
                action=Action.CORRECTION,
                record={**period.record, "other_names": (*others, *spelt)},
                valid_from=period.start,
                valid_to=period.end,
                actor=actor,
                reason=f"Reviewed spellings: {seen_in}",
                base=entries[-1].number,
            )
        ]
        if more
        else []
    )


def _draft(group: Group, seen_in: str, actor: str) -> Draft:
    first, *others = group.names
    record: Record = {
        "name": first,
        "country": group.country or Absent.UNKNOWN,
        "source": seen_in,
    }
    if others:
        spelt = tuple({"name": n, "use": "SPELL", "seen_in": seen_in} for n in others)
        record = {**record, "other_names": spelt}
    return Draft(
        register=RECRUITERS,
        key=key_of(RECRUITERS, f"{first}/{group.country}"),
        country=group.country,
        action=Action.OPEN,
        record=record,
        valid_from=None,
        valid_to=None,
        actor=actor,
        reason=f"Reviewed spellings: {seen_in}",
        base=0,
    )

"""From a list of spellings to records of recruiters: proposed by the machine, accepted by a person.

GSBPM: phase 5.1, integrate data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record
from cauce.pipeline.registers import Declared
from cauce.registers.matching import Likeness, propose
from cauce.registers.seed import key_of
from cauce.registers.values import folded
from cauce.sources.books.book import Grid
from cauce.sources.books.reading import read_book
from cauce.sources.spellings import read_spellings, write_sheets
from cauce.store.log import append
from cauce.store.log.writer import entries_of

RECRUITERS, REVIEW, ASKED = "recruiters", "review", "questions"
HEADINGS = ("group", "name", "rows", "why", "look", "country", "accepted")
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
    """What a list yielded: its spellings, the groups proposed, the questions asked."""

    spellings: int
    groups: int
    questions: int


@dataclass(frozen=True)
class Group:
    """Spellings a person accepted as one recruiter, the most frequent first."""

    names: tuple[str, ...]
    country: str


def write_review(source: Path, column: str, out: Path) -> Proposed:
    """Write the proposals for a list into a workbook; nothing is accepted in it yet.

    Raises BadInput: the list cannot be read.
    """
    counted = read_spellings(source, column)
    proposals, questions = propose(counted)
    rows: list[Sequence[str | int]] = []
    for number, each in enumerate(proposals, start=1):
        why = ["", *(_why(like) for like in each.why)]
        look = "?" if each.doubtful else ""
        rows += [
            (number, name, counted[name], told, look, "", "")
            for name, told in zip(each.spellings, why, strict=True)
        ]
    asked = [
        (
            q.one + 1,
            proposals[q.one].spellings[0],
            q.other + 1,
            proposals[q.other].spellings[0],
            _why(q.why),
        )
        for q in questions
    ]
    write_sheets(
        out,
        {
            REVIEW: (HEADINGS, rows),
            ASKED: (("group", "name", "other group", "other name", "why"), asked),
        },
    )
    return Proposed(sum(map(bool, map(str.strip, counted))), len(proposals), len(questions))


def _why(like: Likeness) -> str:
    return f"{WHY[like.reason]} ({like.score:.2f})"


def read_review(path: Path, countries: frozenset[str]) -> tuple[Group, ...]:
    """The groups a person accepted, as they left them: moved rows are split or merged.

    Raises:
        BadInput: a sheet or heading is missing, or a row is half filled in; with the row.
    """
    grid = next((g for g in read_book(path).grids if g.name == REVIEW), None)
    headings = {} if grid is None else {str(v): at for at, v in grid.rows.get(1, {}).items()}
    if grid is None or not set(HEADINGS) <= set(headings):
        raise BadInput(f"{path.name} needs a sheet {REVIEW} with {', '.join(HEADINGS)}.")
    names: dict[str, list[str]] = {}
    places: dict[str, str] = {}
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
        names.setdefault(row["group"], []).append(row["name"])
        if country:
            places[row["group"]] = country
    return tuple(Group(tuple(dict.fromkeys(n)), places.get(g, "")) for g, n in names.items())


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
    """Enter each group as a recruiter that waits for a second person; how many were new."""
    drafts = [_draft(group, seen_in, actor) for group in groups]
    new = [
        draft
        for draft in {draft.key: draft for draft in drafts}.values()
        if not entries_of(connection, declared.registers, RECRUITERS, draft.key)
    ]
    append(connection, declared.registers, new, now)
    return len(new)


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

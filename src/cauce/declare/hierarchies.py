"""Which code stands above which, as CSV: `# LIST|LIST ABOVE|source`, then code,parent."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean
from cauce.model.codelist import Code, Codelist
from cauce.model.pack import Place

FOLDER = "hierarchies/"
DEEPEST = 12
"""Codes above a code; who needs more has made a circle."""


def with_hierarchies(
    lists: Mapping[str, Codelist], files: Mapping[str, str], problems: Problems
) -> dict[str, Codelist]:
    """The lists, each code with the one above it, as the files under `hierarchies/` say.

    A list may name itself as the list above: its codes then stand above each other.
    """
    found = dict(lists)
    for file, text in sorted(files.items()):
        if file.startswith(FOLDER) and file.endswith(".csv"):
            _read(file, text, found, problems)
    for codelist in found.values():
        for code in codelist.codes:
            if len(list(_line(code, codelist, found))) > DEEPEST:
                problems.add_told(f"{codelist.id}: {code.id} stands above itself.")
    return found


def standing_above(
    codes: Sequence[Code], codelist: Codelist, lists: Mapping[str, Codelist]
) -> tuple[Code, ...]:
    """The codes above these that are none of them, each after those above it.

    Args:
        codes: codes of the list, those that a table may hold.
    """
    known = {code.id for code in codes}
    found: dict[str, Code] = {}
    for code in codes:
        for each in reversed(list(_line(code, codelist, lists))):
            if each.id not in known:
                found.setdefault(each.id, each)
    return tuple(found.values())


def _line(code: Code, codelist: Codelist, lists: Mapping[str, Codelist]) -> Iterator[Code]:
    """The codes above a code, the nearest first; cut where there can be no more."""
    for _ in range(DEEPEST + 1):
        if not code.parent:
            return
        own = {each.id: each for each in codelist.codes}
        if code.parent not in own:
            codelist = lists[codelist.above]
            own = {each.id: each for each in codelist.codes}
        code = own[code.parent]
        yield code


def _read(file: str, text: str, lists: dict[str, Codelist], problems: Problems) -> None:
    lines = text.splitlines()
    head = [part.strip() for part in lines[0].removeprefix("#").split("|")] if lines else []
    if len(head) != 3 or not lines[0].startswith("#"):
        problems.add(Place(file, 1), "the first line must be # LIST|LIST ABOVE|source.")
        return
    for name in head[:2]:
        if name not in lists:
            near = did_you_mean(name, lists)
            problems.add(Place(file, 1), f"there is no code list {name}.{near}")
            return
    rows = list(csv.reader(lines[1:]))
    if not rows or rows[0] != ["code", "parent"]:
        problems.add(Place(file, 2), "the second line must be code,parent.")
        return
    codelist, above = lists[head[0]], lists[head[1]]
    known = {code.id for code in codelist.codes}
    upper = {code.id for code in (*codelist.codes, *above.codes)}
    parents: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=3):
        if len(row) != 2:
            problems.add(Place(file, number), "a line must have a code and the code above it.")
        elif row[0] in parents:
            problems.add(Place(file, number), f"code {row[0]} stands twice.")
        elif row[0] not in known or row[1] not in upper or row[0] == row[1]:
            problems.add(
                Place(file, number),
                f"{row[0]} must be a code of {codelist.id}, and {row[1]} another one of it or one "
                f"of {above.id}.",
            )
        else:
            parents[row[0]] = row[1]
    codes = tuple(replace(code, parent=parents.get(code.id, "")) for code in codelist.codes)
    lists[codelist.id] = replace(codelist, codes=codes, above=above.id)

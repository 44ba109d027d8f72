"""Code lists as CSV: a line `# ID|English|Spanish|source`, then code,en,es."""

import csv
from collections.abc import Mapping

from cauce.declare.hierarchies import FOLDER, with_hierarchies
from cauce.declare.problems import Problems
from cauce.model.codelist import Code, Codelist
from cauce.model.pack import Place
from cauce.model.text import Text


def read_codelist(file: str, text: str, problems: Problems) -> Codelist | None:
    """The list in a text, or None if its first lines are not those of one."""
    lines = text.splitlines()
    head = lines[0].removeprefix("#").split("|") if lines else []
    if len(head) != 4 or not lines[0].startswith("#"):
        problems.add(Place(file, 1), "the first line must be # ID|English|Spanish|source.")
        return None
    name, english, spanish, source = (part.strip() for part in head)
    rows = list(csv.reader(lines[1:]))
    if not rows or rows[0] != ["code", "en", "es"]:
        problems.add(Place(file, 2), "the second line must be code,en,es.")
        return None
    codes: dict[str, Code] = {}
    for number, row in enumerate(rows[1:], start=3):
        if len(row) != 3 or not all(row):
            problems.add(Place(file, number), "a line must have a code and its words, en and es.")
        elif row[0] in codes:
            problems.add(Place(file, number), f"code {row[0]} stands twice.")
        else:
            codes[row[0]] = Code(row[0], Text(row[1], row[2]))
    return Codelist(name, Text(english, spanish), tuple(codes.values()), source)


def read_codelists(files: Mapping[str, str]) -> dict[str, Codelist]:
    """The lists in these texts, by id, with what stands above their codes.

    Args:
        files: by name, for messages; those under `hierarchies/` say which code stands above which.

    Raises:
        BadInput: everything that is wrong, each with file and line.
    """
    problems = Problems()
    found: dict[str, Codelist] = {}
    for file, text in sorted(files.items()):
        if file.startswith(FOLDER):
            continue
        codelist = read_codelist(file, text, problems)
        if codelist is not None:
            if codelist.id in found:
                problems.add(Place(file, 1), f"{codelist.id} is declared twice.")
            found[codelist.id] = codelist
    found = with_hierarchies(found, files, problems)
    problems.stop_if_any("The code lists")
    return found

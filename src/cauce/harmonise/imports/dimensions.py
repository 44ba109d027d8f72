"""The dimensions of an import: where their codes stand in the file, and what its words mean."""

import csv
from collections.abc import Mapping, Sequence

from cauce.declare.hierarchies import standing_above
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.codelist import TOTAL, UNKNOWN, Code, Codelist
from cauce.model.imported import DimensionSpec
from cauce.model.pack import Place
from cauce.model.text import Text

AREA = "REF_AREA"
NAMES = {AREA: Text("Area", "Área")}
SPECIAL = {TOTAL: Text("Total", "Total"), UNKNOWN: Text("Unknown", "Se desconoce")}
BY = ("name", "code", "words")


def dimension(
    id_: str,
    section: Section,
    pack: str,
    files: Mapping[str, str],
    lists: Mapping[str, Codelist],
) -> DimensionSpec:
    """A [dimension.ID] of a mapping pack.

    Words of the file mean the code of the same English name in the first list (`by = "name"`), are
    codes themselves (`by = "code"`), or mean what the files of `words` say, which go first.
    """
    wanted = section.texts("lists")
    for name in wanted:
        if name not in lists:
            section.note("lists", f"There is no code list {name}.{did_you_mean(name, lists)}")
    known = [lists[name] for name in wanted if name in lists]
    names = dict(SPECIAL)
    for codelist in known:
        names |= {code.id: code.name for code in codelist.codes}
    by = section.choice("by", BY, "name")
    named = {code.name.en: code.id for code in known[0].codes} if known else {}
    codes = {"name": named, "code": {code: code for code in names}}
    found = dict(codes.get(by, {}))
    files_of_words = section.texts("words", ())
    for file in files_of_words:
        found |= _words(file if "/" in file else f"{pack}/{file}", files, names, section)
    if section.has("empty"):
        found[""] = section.choice("empty", tuple(names))
    fixed, source = section.text("fixed", ""), section.text("from", "")
    if bool(fixed) == bool(source):
        section.note("from", f'[dimension.{id_}] says either from = "a column" or fixed = "CRI".')
    if fixed and fixed not in names:
        section.note("fixed", f"{fixed} is in none of the lists {', '.join(wanted)}.")
    first = section.texts("first", ())
    ordered = [*(code for code in first if code in names), *names]
    listed_as = section.text("codelist", known[0].id if known else "CL")
    title = NAMES[id_] if id_ in NAMES else section.words("name")
    section.finish()
    return DimensionSpec(
        id=id_,
        name=title,
        codelist=listed_as,
        source=source,
        fixed=fixed,
        codes=found,
        names={code: names[code] for code in dict.fromkeys(ordered)},
        told=fixed or "; ".join((f"by {by}: {', '.join(wanted)}", *files_of_words)),
        line=section.place().line,
        ladder=_ladder(known, lists),
    )


def _ladder(known: Sequence[Codelist], lists: Mapping[str, Codelist]) -> Codelist:
    """The codes of a dimension in one list, with those above them."""
    codes: dict[str, Code] = {}
    for one in known:
        for code in (*one.codes, *standing_above(one.codes, one, lists)):
            codes.setdefault(code.id, code)
    return Codelist("", Text("", ""), tuple(codes.values()))


def _words(
    file: str, files: Mapping[str, str], names: Mapping[str, Text], section: Section
) -> dict[str, str]:
    """A CSV file with the columns theirs,code: what the producer writes, and our code for it."""
    if file not in files:
        section.note("words", f"There is no file {file} among the mapping packs.")
        return {}
    found: dict[str, str] = {}
    rows = list(csv.reader(files[file].splitlines()))
    problems = section.origin.problems
    if not rows or rows[0] != ["theirs", "code"]:
        problems.add(Place(file, 1), "the first line must be theirs,code.")
        return {}
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != 2 or not all(row):
            problems.add(Place(file, line), "a line must have what they write and our code.")
        elif row[0] in found:
            problems.add(Place(file, line), f"{row[0]!r} stands twice.")
        elif row[1] not in names:
            problems.add(Place(file, line), f"{row[1]} is in none of the lists of the dimension.")
        else:
            found[row[0]] = row[1]
    return found

"""How a pack makes its variables: recodes, numbers and derivations, read and checked."""

import csv
from collections.abc import Mapping

from cauce.declare.section import Section
from cauce.declare.words import did_you_mean, listed
from cauce.harmonise.expressions import parse_expression
from cauce.model.errors import BadInput
from cauce.model.missing import REASONS, Missing
from cauce.model.pack import Derivation, Dictionary, Number, Place, Recode


def recode(name: str, section: Section, dictionary: Dictionary, files: Mapping[str, str]) -> Recode:
    column = section.text("from")
    table = section.text("table", "")
    codes: dict[str, str] = {}
    missing: dict[str, Missing] = {}
    lines: dict[str, Place] = {}
    for key in section.rest():
        lines[key] = section.place(key)
        if key != key.strip():
            section.note(key, f"{key!r} has blanks around it: values are read without them.")
        value = section.data[key]
        if isinstance(value, str):
            codes[key] = value
        elif (reason := _reason(section, key)) is not None:
            missing[key] = reason
    if table:
        _recode_table(section, table, files, codes, missing, lines)
    if not codes and not missing:
        section.note("from", f"recode.{name} maps no code.")
    _check_targets(name, section, dictionary, codes, lines)
    return Recode(name, column, codes, missing, section.place(), lines)


def _reason(section: Section, key: str) -> Missing | None:
    value = section.data[key]
    word = value.get("missing") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(word, str) or word not in REASONS:
        near = did_you_mean(str(word), REASONS)
        section.note(
            key,
            f'{section.name(key)} must be a code in quotes or {{ missing = "…" }} with one of '
            f"{listed(REASONS)}.{near}",
        )
        return None
    return REASONS[word]


def _recode_table(
    section: Section,
    table: str,
    files: Mapping[str, str],
    codes: dict[str, str],
    missing: dict[str, Missing],
    lines: dict[str, Place],
) -> None:
    """Add the lines of a CSV file: source,target,missing."""
    if table not in files:
        section.note("table", f"the pack has no file {table}.{did_you_mean(table, files)}")
        return
    problems = section.origin.problems
    rows = list(csv.reader(files[table].splitlines()))
    if not rows or rows[0] != ["source", "target", "missing"]:
        problems.add(Place(table, 1), "the first line must be source,target,missing.")
        return
    for number, row in enumerate(rows[1:], start=2):
        place = Place(table, number)
        source, target, reason = (cell.strip() for cell in (*row, "", "", "")[:3])
        if len(row) != 3 or bool(target) == bool(reason):
            problems.add(place, "a line needs a source code and either a target or a reason.")
        elif source in lines:
            problems.add(place, f"source code {source!r} is mapped twice.")
        elif reason and reason not in REASONS:
            problems.add(place, f"{reason} is no missing reason.{did_you_mean(reason, REASONS)}")
        else:
            lines[source] = place
            if target:
                codes[source] = target
            else:
                missing[source] = REASONS[reason]


def _check_targets(
    name: str,
    section: Section,
    dictionary: Dictionary,
    codes: Mapping[str, str],
    lines: Mapping[str, Place],
) -> None:
    """Note every target code the variable's list does not have."""
    variable = dictionary.variables.get(name)
    if variable is None:
        near = did_you_mean(name, dictionary.variables)
        section.note("", f"there is no variable {name} in the dictionary.{near}")
        return
    if variable.kind == "number":
        section.note("", f"{name} is a number: write [number.{name}] or [derive.{name}].")
        return
    codelist = dictionary.codelists.get(variable.codelist)
    allowed = {"true", "false"} if codelist is None else {code.id for code in codelist.codes}
    for source, target in codes.items():
        if target not in allowed:
            where = variable.codelist or "a flag (true, false)"
            message = f"{name}: {target} is not in {where}.{did_you_mean(target, allowed)}"
            section.origin.problems.add(lines[source], message)


def number(name: str, section: Section) -> Number:
    column = section.text("from")
    low = section.number("minimum") if section.has("minimum") else None
    high = section.number("maximum") if section.has("maximum") else None
    missing = {key: _reason(section, key) for key in section.rest()}
    return Number(
        name,
        column,
        {key: reason for key, reason in missing.items() if reason is not None},
        low,
        high,
        section.place(),
    )


def derivation(name: str, section: Section) -> Derivation:
    expression = section.text("expr")
    if expression:
        try:
            parse_expression(expression, f"[derive.{name}]")
        except BadInput as error:
            section.note("expr", str(error))
    section.finish()
    return Derivation(name, expression, section.place())

"""The region's dictionary: variables, code lists and indicators, read from text and checked."""

from collections import Counter
from collections.abc import Mapping
from typing import get_args

from cauce.declare.codelists import read_codelist
from cauce.declare.hierarchies import with_hierarchies
from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.harmonise.breakdowns import (
    check_breakdown,
    check_tables,
    read_breakdowns,
    read_themes,
    theme_of,
)
from cauce.harmonise.codes import check_codes
from cauce.harmonise.expressions import check_names, parse_expression
from cauce.harmonise.identities import check_identities, read_identities
from cauce.harmonise.indicators import check_indicator, read_indicators
from cauce.harmonise.kinds import kind_of, variable_kinds
from cauce.harmonise.likeness import unit_fault
from cauce.harmonise.pairs import check_pairs, read_pairs
from cauce.harmonise.rules import check_validation, read_rules
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.pack import Dictionary, Place
from cauce.model.text import Text
from cauce.model.variable import Variable, VariableKind

APART = ("bulletin/", "coding/", "employers/", "ilms/")
"""Folders of a region that declare no variables: the news, words of coding, forms."""


def parse_dictionary(files: Mapping[str, str]) -> Dictionary:
    """The dictionary in the files of the region's folder, by name relative to it.

    Raises:
        BadInput: all that is wrong, each with file and line.
    """
    problems = Problems()
    found = Dictionary({}, {}, {})
    for name, text in sorted(files.items()):
        if name.startswith("codelists/") and name.endswith(".csv"):
            read_codelist_file(name, text, found.codelists, found.places, problems)
        elif name.endswith(".toml") and not name.startswith(APART):
            top = open_toml(name, text, problems)
            if top is not None:
                read_declarations(top, found)
                read_themes(top, found)
                read_breakdowns(top, found)
                read_identities(top, found)
                read_rules(top, found.rules)
                top.finish()
    found.codelists.update(with_hierarchies(found.codelists, files, problems))
    check_dictionary(found, problems)
    problems.stop_if_any("The region's dictionary")
    return found


def read_declarations(top: Section, into: Dictionary) -> None:
    """What a file of the region and a pack may both declare."""
    read_codelists(top, into.codelists, into.places)
    read_variables(top, into.variables, into.places)
    read_indicators(top, into.indicators, into.places)
    read_pairs(top, into)


def read_variables(top: Section, into: dict[str, Variable], places: dict[str, Place]) -> None:
    """Every [variable.ID] of a file."""
    for name, section in top.named("variable"):
        kinds: tuple[VariableKind, ...] = get_args(VariableKind)
        kind = section.choice("kind", kinds)
        found = Variable(
            id=name,
            name=section.words("name"),
            kind=next(k for k in kinds if k == kind),
            codelist=section.text("codelist") if kind == "code" else section.text("codelist", ""),
            unit=section.text("unit", ""),
            derive=_rules(section),
            source=section.text("source", ""),
            rule=section.words("rule") if section.has("rule") else None,
            icls=section.choice("icls", ("13", "19"), ""),
            criterion=section.choice("criterion", ("birth", "citizenship"), ""),
            stands_for=section.text("stands_for", ""),
        )
        section.finish()
        _declare("variable", name, section, into, places)
        into[name] = found
        places[f"variable.{name}.derive"] = section.place("derive")


def _rules(section: Section) -> tuple[str, ...]:
    """The rules of a variable: one, several in a list, or none."""
    if isinstance(section.data.get("derive"), list):
        return section.texts("derive")
    rule = section.text("derive", "")
    return (rule,) if rule else ()


def read_codelists(top: Section, into: dict[str, Codelist], places: dict[str, Place]) -> None:
    """Every [codelist.ID] of a file."""
    for name, section in top.named("codelist"):
        title = section.words("name")
        codes = tuple(_code(code) for code in section.tables("codes"))
        source = section.text("source", "")
        times = Counter(code.id for code in codes)
        for code in sorted(code for code, number in times.items() if number > 1):
            section.note("codes", f"code {code} stands twice in {name}.")
        section.finish()
        _declare("codelist", name, section, into, places)
        into[name] = Codelist(name, title, codes, source)


def _code(section: Section) -> Code:
    code = Code(section.text("id"), Text(section.text("en"), section.text("es")))
    section.finish()
    return code


def read_codelist_file(
    file: str,
    text: str,
    into: dict[str, Codelist],
    places: dict[str, Place],
    problems: Problems,
) -> None:
    """A code list as CSV, and the line it begins on."""
    codelist = read_codelist(file, text, problems)
    if codelist is None:
        return
    if codelist.id in into:
        problems.add(Place(file, 1), f"{codelist.id} is declared twice.")
    into[codelist.id] = codelist
    places[f"codelist.{codelist.id}"] = Place(file, 1)


def _declare(
    what: str, name: str, section: Section, known: Mapping[str, object], places: dict[str, Place]
) -> None:
    if name in known:
        section.note("", f"{what} {name} is declared twice.")
    places[f"{what}.{name}"] = section.place()


def check_dictionary(dictionary: Dictionary, problems: Problems) -> None:
    """Note every reference that does not resolve and every expression that cannot be."""
    for variable in dictionary.variables.values():
        _check_variable(variable, dictionary, problems)
    for indicator in dictionary.indicators.values():
        check_indicator(indicator, dictionary, problems)
        place = dictionary.places[f"indicator.{indicator.id}"]
        check_tables(indicator, indicator.tables, place, dictionary, problems)
        if theme_of(indicator.id, dictionary) and (fault := unit_fault(indicator)):
            problems.add(place, fault)
    for breakdown in dictionary.breakdowns.values():
        check_breakdown(breakdown, dictionary, problems)
    check_identities(dictionary, problems)
    check_validation(dictionary, variable_kinds(dictionary), problems)
    check_pairs(dictionary, problems)


def _check_variable(variable: Variable, dictionary: Dictionary, problems: Problems) -> None:
    place = dictionary.places[f"variable.{variable.id}"]
    if variable.kind == "code" and variable.codelist not in dictionary.codelists:
        near = did_you_mean(variable.codelist, dictionary.codelists)
        problems.add(place, f"there is no code list {variable.codelist}.{near}")
        return
    original = dictionary.variables.get(variable.stands_for)
    if variable.stands_for and (original is None or original.kind != variable.kind):
        near = did_you_mean(variable.stands_for, dictionary.variables)
        problems.add(
            place,
            f"{variable.id} stands for {variable.stands_for}, which is no such variable.{near}",
        )
    for rule in variable.derive:
        try:
            _check_rule(variable, rule, dictionary)
        except BadInput as error:
            problems.add(dictionary.places[f"variable.{variable.id}.derive"], str(error))


def _check_rule(variable: Variable, rule: str, dictionary: Dictionary) -> None:
    """Raises BadInput if a rule names what is not there, or gives what the variable is not."""
    where = f"[variable.{variable.id}] derive"
    expression = parse_expression(rule, where)
    check_names(expression, dictionary.variables, where)
    kinds = variable_kinds(dictionary)
    found = kind_of(expression, kinds, where)
    if found not in (kinds[variable.id], "any"):
        raise BadInput(f"{where} gives {found}; {variable.id} is a {variable.kind}.")
    check_codes(expression, dictionary, where, variable)

"""The region's dictionary: variables, code lists and indicators, read from text and checked."""

from collections import Counter
from collections.abc import Mapping
from typing import get_args

from cauce.declare.codelists import read_codelist
from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.harmonise.expressions import parse_expression
from cauce.harmonise.indicators import check_indicator, read_indicators
from cauce.harmonise.kinds import variable_kinds
from cauce.harmonise.rules import check_validation, read_rules
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary, Place
from cauce.model.text import Text
from cauce.model.validation import ValidationRule
from cauce.model.variable import Variable, VariableKind


def parse_dictionary(files: Mapping[str, str]) -> Dictionary:
    """The dictionary in the files of the region's folder, by name relative to it.

    Raises:
        BadInput: all that is wrong, each with file and line.
    """
    problems = Problems()
    variables: dict[str, Variable] = {}
    codelists: dict[str, Codelist] = {}
    indicators: dict[str, Indicator] = {}
    places: dict[str, Place] = {}
    rules: dict[str, ValidationRule] = {}
    for name, text in sorted(files.items()):
        if name.startswith("codelists/") and name.endswith(".csv"):
            read_codelist_file(name, text, codelists, places, problems)
        elif name.endswith(".toml") and not name.startswith("bulletin/"):
            top = open_toml(name, text, problems)
            if top is not None:
                read_codelists(top, codelists, places)
                read_variables(top, variables, places)
                read_indicators(top, indicators, places)
                read_rules(top, rules)
                top.finish()
    dictionary = Dictionary(variables, codelists, indicators, places, rules)
    check_dictionary(dictionary, problems)
    problems.stop_if_any("The region's dictionary")
    return dictionary


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
            derive=section.text("derive", ""),
            source=section.text("source", ""),
        )
        section.finish()
        _declare("variable", name, section, into, places)
        into[name] = found
        places[f"variable.{name}.derive"] = section.place("derive")


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
        place = dictionary.places[f"variable.{variable.id}"]
        if variable.kind == "code" and variable.codelist not in dictionary.codelists:
            near = did_you_mean(variable.codelist, dictionary.codelists)
            problems.add(place, f"there is no code list {variable.codelist}.{near}")
        if variable.derive:
            try:
                parse_expression(variable.derive, f"[variable.{variable.id}] derive")
            except BadInput as error:
                problems.add(place, str(error))
    for indicator in dictionary.indicators.values():
        check_indicator(indicator, dictionary, problems)
    check_validation(dictionary, variable_kinds(dictionary), problems)

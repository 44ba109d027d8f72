"""Themes and breakdowns of the catalogue, read from TOML and checked."""

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.harmonise.indicators import table_fault
from cauce.model.catalogue import Breakdown, Theme
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary, Place


def read_themes(top: Section, into: Dictionary) -> None:
    """The [theme.ID] of a file: what its indicators and breakdowns are about."""
    for name, section in top.named("theme"):
        into.themes[name] = Theme(name, section.text("number"), section.words("name"))
        section.finish()
        into.places[f"theme.{name}"] = section.place()


def read_breakdowns(top: Section, into: Dictionary) -> None:
    """Every [breakdown.CODE] of a file."""
    for name, section in top.named("breakdown"):
        found = Breakdown(
            id=name,
            name=section.words("name"),
            indicator=section.text("indicator"),
            tables=section.lists("tables"),
            ilostat=section.text("ilostat", ""),
        )
        section.finish()
        if name in into.breakdowns:
            section.note("", f"breakdown {name} is declared twice.")
        into.breakdowns[name] = found
        into.places[f"breakdown.{name}"] = section.place()


def theme_of(entry: str, dictionary: Dictionary) -> str:
    """The theme of the file an indicator or breakdown stands in; "" if the file has none."""
    places = dictionary.places
    place = places.get(f"indicator.{entry}") or places[f"breakdown.{entry}"]
    of = {places[f"theme.{name}"].file: name for name in dictionary.themes}
    return of.get(place.file, "")


def check_breakdown(breakdown: Breakdown, dictionary: Dictionary, problems: Problems) -> None:
    """Note a breakdown of what is not there, or by what it cannot be broken down."""
    place = dictionary.places[f"breakdown.{breakdown.id}"]
    indicator = dictionary.indicators.get(breakdown.indicator)
    if breakdown.id in dictionary.indicators:
        problems.add(place, f"{breakdown.id} is an indicator as well: one code, one figure.")
    if indicator is None:
        near = did_you_mean(breakdown.indicator, dictionary.indicators)
        problems.add(place, f"there is no indicator {breakdown.indicator}.{near}")
        return
    for table in breakdown.tables:
        for name in table:
            variable = dictionary.variables.get(name)
            if variable is None or variable.kind != "code":
                near = did_you_mean(name, dictionary.variables)
                problems.add(place, f"{name} is no coded variable.{near}")
    check_tables(indicator, breakdown.tables, place, dictionary, problems)


def check_tables(
    indicator: Indicator,
    tables: tuple[tuple[str, ...], ...],
    place: Place,
    dictionary: Dictionary,
    problems: Problems,
) -> None:
    """Note every table an indicator cannot stand in."""
    for table in tables:
        for fault in faults_in(indicator, table, dictionary):
            problems.add(place, fault)


def faults_in(
    indicator: Indicator, dimensions: tuple[str, ...], dictionary: Dictionary
) -> tuple[str, ...]:
    """Why an indicator cannot stand in a table with these dimensions; nothing if it can."""
    faults = table_fault(indicator, dimensions), mixed_criteria(indicator, dimensions, dictionary)
    return tuple(filter(None, faults))


def mixed_criteria(
    indicator: Indicator, dimensions: tuple[str, ...], dictionary: Dictionary
) -> str:
    """Why migrants by one criterion cannot be broken down by the other; "" if they are not."""
    for name in dimensions:
        variable = dictionary.variables.get(name)
        original = dictionary.variables.get(variable.stands_for) if variable else None
        criterion = getattr(variable, "criterion", "") or getattr(original, "criterion", "")
        if indicator.criterion and criterion not in ("", indicator.criterion):
            return (
                f"{indicator.id} tells migrants by {indicator.criterion}, and {name} by "
                f"{criterion}. Never mix the two: take it out of the dimensions."
            )
    return ""

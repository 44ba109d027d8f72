"""Indicators of the dictionary: read from TOML, each estimator with the keys it wants."""

from collections.abc import Mapping
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean, listed
from cauce.harmonise.expressions import check_expression, names_in, parse_expression
from cauce.harmonise.kinds import kind_of, variable_kinds
from cauce.harmonise.language import Kind
from cauce.model.errors import BadInput
from cauce.model.indicator import COMPARED, OF_AMOUNTS, Estimator, Indicator, IndicatorSource
from cauce.model.pack import Dictionary, Place

EXPRESSIONS = ("universe", "numerator", "denominator", "first", "second")
NAMES = ("factors", "across", "within", "dimensions", "tables")
TWO_THIRDS = 2 / 3
WANTED: Mapping[Estimator, tuple[str, ...]] = {
    "ratio": ("denominator",),
    "share": ("within",),
    "quantile": ("p",),
    "quantile_ratio": ("p",),
    "low": ("p", "fraction"),
    **dict.fromkeys(COMPARED, ("first", "second")),
    "factor_gap": ("first", "second", "factors"),
    "dissimilarity": ("first", "second", "across"),
}
"""The keys an estimator needs, beyond those all have."""
MAY: Mapping[Estimator, tuple[str, ...]] = {
    "share": ("of_all",),
    **dict.fromkeys(("difference", "relative_gap", "quotient"), ("denominator",)),
}
"""The keys an estimator may have."""
SPECIAL = (
    "denominator", "p", "fraction", "first", "second", "factors", "across", "within", "of_all"
)  # fmt: skip
"""Keys that only some estimators have."""


def read_indicators(top: Section, into: dict[str, Indicator], places: dict[str, Place]) -> None:
    """Every [indicator.ID] of a file."""
    for name, section in top.named("indicator"):
        found = _read_indicator(name, section)
        _check_keys(found, section)
        section.finish()
        if name in into:
            section.note("", f"indicator {name} is declared twice.")
        into[name] = found
        places[f"indicator.{name}"] = section.place()
        for part in (*EXPRESSIONS, *NAMES):
            places[f"indicator.{name}.{part}"] = section.place(part)


def _read_indicator(name: str, section: Section) -> Indicator:
    estimators: tuple[Estimator, ...] = get_args(Estimator)
    sources: tuple[IndicatorSource, ...] = get_args(IndicatorSource)
    source = section.choice("source", sources, "survey")
    # What is imported or counted has no expression over a survey's variables.
    blank = None if source == "survey" else ""
    estimator = section.choice("estimator", estimators, None if source == "survey" else "total")
    return Indicator(
        id=name,
        name=section.words("name"),
        definition=section.words("definition"),
        estimator=next(e for e in estimators if e == estimator),
        universe=section.text("universe", blank),
        numerator=section.text("numerator", blank),
        denominator=section.text("denominator", ""),
        unit=section.text("unit"),
        scale=section.number("scale", 1.0),
        decimals=section.whole("decimals", 0),
        standard=section.said("standard", ""),
        ilostat=section.text("ilostat", ""),
        p=_orders(section, estimator),
        fraction=section.number("fraction", TWO_THIRDS if estimator == "low" else 0.0),
        first=section.text("first", ""),
        second=section.text("second", ""),
        factors=section.texts("factors", ()),
        across=section.text("across", ""),
        within=section.text("within", ""),
        of_all=section.truth("of_all", False),
        icls=section.choice("icls", ("13", "19"), ""),
        criterion=section.choice("criterion", ("birth", "citizenship"), ""),
        age=section.text("age", ""),
        source=next(s for s in sources if s == source),
        dimensions=section.texts("dimensions", ()),
        tables=section.lists("tables"),
    )


def _orders(section: Section, estimator: str) -> tuple[float, ...]:
    """The orders of quantiles: one number, or a list of them; of "low" the median if not said."""
    values = section.numbers("p", (0.5,) if estimator == "low" else ())
    if any(not 0 < value < 1 for value in values):
        section.note("p", f"{section.name('p')} must lie between 0 and 1, as the median's 0.5.")
    return values


def _check_keys(indicator: Indicator, section: Section) -> None:
    """Note a key that the estimator lacks, or has no use for."""
    estimator = indicator.estimator
    wanted, may = WANTED.get(estimator, ()), MAY.get(estimator, ())
    for key in SPECIAL:
        there = bool(getattr(indicator, key))
        if there and key not in (*wanted, *may):
            section.note(key, f"a {estimator} has no {key}. {_keys(estimator)}")
        if not there and key in wanted:
            section.note(key, f"a {estimator} has a {key}, and it is missing. {_keys(estimator)}")
    orders = {"quantile_ratio": 2}.get(estimator, 1)
    if "p" in wanted and indicator.p and len(indicator.p) != orders:
        section.note("p", f"a {estimator} has {orders} orders in p, not {len(indicator.p)}.")
    if estimator == "quantile_ratio" and len(set(indicator.p)) == 1:
        section.note("p", "a quantile_ratio compares two orders; both are the same.")
    if indicator.fraction < 0:
        section.note("fraction", "the fraction must be above 0.")


def _keys(estimator: Estimator) -> str:
    keys = (*WANTED.get(estimator, ()), *MAY.get(estimator, ()))
    return f"Its own keys: {listed(keys) if keys else 'none'}."


def check_indicator(indicator: Indicator, dictionary: Dictionary, problems: Problems) -> None:
    """Note what an indicator's expressions and names refer to and is not there, or is unfit."""
    amount: tuple[Kind, ...] = ("number",)
    anything: tuple[Kind, ...] = ("flag", "number")
    numerator = amount if indicator.estimator in OF_AMOUNTS else anything
    wanted: Mapping[str, tuple[Kind, ...]] = {
        "universe": ("flag",),
        "numerator": ("flag",) if indicator.estimator == "rate" else numerator,
        "denominator": anything,
        "first": ("flag",),
        "second": ("flag",),
    }
    for part, kinds in wanted.items():
        _check_part(indicator, part, kinds, dictionary, problems)
    for part in NAMES:
        _check_names(indicator, part, dictionary, problems)


def _check_names(
    indicator: Indicator, part: str, dictionary: Dictionary, problems: Problems
) -> None:
    """Note every name of a part that is no coded variable."""
    held = getattr(indicator, part)
    names = [held] if isinstance(held, str) else held
    flat = [n for name in names for n in (name if isinstance(name, tuple) else (name,)) if n]
    one = f"indicator.{indicator.id}"
    for name in flat:
        variable = dictionary.variables.get(name)
        if variable is None or variable.kind != "code":
            near = did_you_mean(name, dictionary.variables)
            place = dictionary.places[f"{one}.{part}"]
            problems.add(place, f"[{one}] {part}: {name} is no coded variable.{near}")


def _check_part(
    indicator: Indicator,
    part: str,
    kinds: tuple[Kind, ...],
    dictionary: Dictionary,
    problems: Problems,
) -> None:
    text = getattr(indicator, part)
    if not text:
        return
    place = dictionary.places[f"indicator.{indicator.id}.{part}"]
    where = f"[indicator.{indicator.id}] {part}"
    try:
        expression = check_expression(text, dictionary.variables, where)
        found = kind_of(expression, variable_kinds(dictionary), where)
    except BadInput as error:
        problems.add(place, str(error))
        return
    if found not in (*kinds, "any"):
        problems.add(place, f"{where} gives {found}; it must give {' or '.join(kinds)}.")


def indicator_names(indicator: Indicator) -> tuple[str, ...]:
    """The variables an indicator uses, each once; not the dimensions it is broken down by."""
    found: dict[str, None] = {}
    for part in EXPRESSIONS:
        text = getattr(indicator, part)
        if text:
            found.update(dict.fromkeys(names_in(parse_expression(text, indicator.id))))
    found.update(dict.fromkeys(filter(None, (*indicator.factors, indicator.across))))
    return tuple(found)


def domain_names(indicator: Indicator) -> tuple[str, ...]:
    """The variables that tell the two domains of a comparison apart, and the one it sums over.

    A table must not have them as dimensions: in one code of SEX there are no men and women.
    """
    found: dict[str, None] = dict.fromkeys(filter(None, (indicator.across,)))
    for text in filter(None, (indicator.first, indicator.second)):
        found.update(dict.fromkeys(names_in(parse_expression(text, indicator.id))))
    return tuple(found)


def table_fault(indicator: Indicator, dimensions: tuple[str, ...]) -> str:
    """Why an indicator cannot stand in a table with these dimensions; "" if it can."""
    if indicator.source != "survey":
        return (
            f"{indicator.id} comes from {indicator.source}, not from a survey: "
            "no table of a pack can estimate it."
        )
    if indicator.within and indicator.within not in dimensions:
        return (
            f"{indicator.id} is a share within {indicator.within}, which the table does not have "
            "as a dimension. Add it."
        )
    shared = [name for name in domain_names(indicator) if name in dimensions]
    if shared:
        return (
            f"{indicator.id} compares domains of {listed(shared)}, so the table cannot be broken "
            "down by it. Take it out of the dimensions."
        )
    return ""

"""Which variables a pack's tables need, how each is made, and in which order."""

from collections.abc import Iterator
from math import prod

from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean
from cauce.harmonise.breakdowns import faults_in
from cauce.harmonise.calibration import raised_columns, raised_variables
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.indicators import indicator_names
from cauce.harmonise.kinds import kind_of, variable_kinds
from cauce.harmonise.likeness import unlike, unlike_periods
from cauce.harmonise.makers import Maker, declared, makers, ordered
from cauce.harmonise.rules import validated_variables
from cauce.harmonise.stages import stage_columns
from cauce.harmonise.years import check_years
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, UNKNOWN
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Number, Pack, TableSpec
from cauce.model.rule import rule_in

MOST_NUMBERS = 4_000_000
"""A table of more numbers is refused: what it would need of memory is not to be found out late."""


def needed(pack: Pack, every: bool = False) -> tuple[Maker, ...]:
    """The makers that tables, rules and margins need, each after those it uses.

    Args:
        every: also those the pack declares and no table uses, so that a check can prove them.

    Raises:
        BadInput: a variable is not made by the pack, or makers go round in a circle.
    """
    known = makers(pack)
    wanted: list[str] = []
    for table in pack.tables:
        wanted += table.dimensions
    for indicator in used_indicators(pack):
        wanted += indicator_names(indicator)
    for rule in pack.consistent:
        wanted += names_in(parse_expression(rule.expression, rule.says))
    wanted += [*validated_variables(pack, known), *raised_variables(pack)]
    if every:
        wanted += [made.variable for made in declared(pack)]
    return ordered(wanted, known)


def used_indicators(pack: Pack) -> tuple[Indicator, ...]:
    """The indicators of all tables, each once, in the order of the tables."""
    names = dict.fromkeys(name for table in pack.tables for name in table.indicators)
    return tuple(
        pack.dictionary.indicators[name] for name in names if name in pack.dictionary.indicators
    )


def source_columns(pack: Pack, every: bool = False) -> tuple[str, ...]:
    """The columns of the file that are used, each once; `every` as in `needed`."""
    design = pack.design
    names = [design.stratum, design.psu, design.weight, design.fpc, *design.person]
    names += raised_columns(pack)
    names += stage_columns(design)
    for maker in needed(pack, every):
        names += maker.columns
    return tuple(dict.fromkeys(name for name in names if name))


def check_needs(pack: Pack, problems: Problems) -> None:
    """Note tables, headlines and derivations that name what is not there."""
    _check_tables(pack, problems)
    _check_headlines(pack, problems)
    _check_standards(pack, problems)
    twice = [made.variable for made in declared(pack)]
    for made in declared(pack):
        if made.variable not in pack.dictionary.variables:
            near = did_you_mean(made.variable, pack.dictionary.variables)
            problems.add(made.place, f"there is no variable {made.variable}.{near}")
        elif twice.count(made.variable) > 1:
            problems.add(made.place, f"{made.variable} is made in more than one way.")
        elif isinstance(made, Number) and pack.dictionary.variables[made.variable].kind != "number":
            problems.add(made.place, f"{made.variable} is no number: write [recode.…].")
    _check_kinds(pack, problems)
    if pack.tables and not problems.any():
        try:
            needed(pack, every=True)
        except BadInput as error:
            problems.add(pack.tables[0].place, str(error))


def _check_kinds(pack: Pack, problems: Problems) -> None:
    kinds = variable_kinds(pack.dictionary)
    for derivation in pack.derivations:
        variable = pack.dictionary.variables.get(derivation.variable)
        if variable is None:
            continue
        known = {name: kind for name, kind in kinds.items() if name != variable.id}
        try:
            expression = parse_expression(derivation.expression, f"[derive.{variable.id}]")
        except BadInput:
            continue  # noted where it was read
        try:
            found = kind_of(expression, known, f"[derive.{variable.id}]")
        except BadInput as error:
            problems.add(derivation.place, str(error))
            continue
        if found not in (kinds[variable.id], "any"):
            message = f"[derive.{variable.id}] gives {found}; {variable.id} is {variable.kind}."
            problems.add(derivation.place, message)


def _check_tables(pack: Pack, problems: Problems) -> None:
    if not pack.tables:
        problems.add_told("pack.toml: there is no [[table]]: say what to estimate.")
    for table in pack.tables:
        for fault in _table_faults(table, pack):
            problems.add(table.place, fault)
        _check_size(table, pack, problems)


def _table_faults(table: TableSpec, pack: Pack) -> Iterator[str]:
    """Everything wrong with a table: names that are not there, and figures that are unlike."""
    if sum(other.id == table.id for other in pack.tables) > 1:
        yield f"two tables have the id {table.id}."
    dictionary = pack.dictionary
    known = [dictionary.indicators[n] for n in table.indicators if n in dictionary.indicators]
    for name in table.indicators:
        if name not in dictionary.indicators:
            near = did_you_mean(name, dictionary.indicators)
            yield f"table {table.id}: there is no indicator {name}.{near}"
    for indicator in known:
        for fault in faults_in(indicator, table.dimensions, dictionary):
            yield f"table {table.id}: {fault}"
    if fault := unlike(known):
        yield f"table {table.id}: {fault}"
    for name in table.dimensions:
        variable = dictionary.variables.get(name)
        if variable is None or variable.kind != "code":
            near = did_you_mean(name, dictionary.variables)
            yield f"table {table.id}: {name} is no coded variable.{near}"


def _check_standards(pack: Pack, problems: Problems) -> None:
    """Note what would put figures of different standards or periods into one series."""
    if fault := unlike_periods(pack.waves):
        problems.add_told(f"pack.toml: {fault}")
    check_years(pack, problems)
    stated = pack.survey.concepts.get("icls", "")
    for made in pack.recodes:
        variable = pack.dictionary.variables.get(made.variable)
        if variable and stated and variable.icls not in ("", stated):
            problems.add(
                made.place,
                f"concepts say that the office follows the {stated}th ICLS, and {variable.id} is "
                f"by the {variable.icls}th. Recode its answer to the variable of the {stated}th.",
            )


def _check_size(table: TableSpec, pack: Pack, problems: Problems) -> None:
    """Note a table nobody could read and no machine should make."""
    numbers = len(table.indicators)
    sizes = []
    for name in table.dimensions:
        variable = pack.dictionary.variables.get(name)
        codelist = pack.dictionary.codelists.get(variable.codelist) if variable else None
        sizes.append(3 + len(codelist.codes) if codelist else 1)
    if (numbers := numbers * prod(sizes)) > MOST_NUMBERS:
        crossed = " × ".join(f"{n} ({s:,})" for n, s in zip(table.dimensions, sizes, strict=True))
        problems.add(
            table.place,
            f"table {table.id} would hold {numbers:,} numbers: {crossed}, for "
            f"{len(table.indicators)} indicators. At most {MOST_NUMBERS:,}: leave out a dimension, "
            "or group its codes in a shorter list.",
        )


def _check_headlines(pack: Pack, problems: Problems) -> None:
    periods = {wave.period for wave in pack.waves}
    if pack.survey.annual:
        periods |= {period.partition("-")[0] for period in periods}
    for headline in pack.headlines:
        name = rule_in(headline.name, "en")
        if headline.period not in periods:
            problems.add(headline.place, f"no wave has the period {headline.period}.")
        tables = [t for t in pack.tables if headline.indicator in t.indicators]
        if not any(set(headline.codes) <= set(t.dimensions) for t in tables):
            problems.add(
                headline.place,
                f"{name}: no table has {headline.indicator} by "
                f"{', '.join(headline.codes) or 'nothing'}. Add one.",
            )
        for dimension, code in headline.codes.items():
            variable = pack.dictionary.variables.get(dimension)
            codelist = variable and pack.dictionary.codelists.get(variable.codelist)
            codes = {c.id for c in codelist.codes} if codelist else set()
            if codelist and code not in codes | {TOTAL, UNKNOWN, NOT_APPLICABLE}:
                near = did_you_mean(code, codes)
                problems.add(headline.place, f"{name}: {dimension} has no code {code}.{near}")

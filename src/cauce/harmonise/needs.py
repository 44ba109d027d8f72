"""Which variables a pack's tables need, how each is made, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from cauce.declare.problems import Problems
from cauce.declare.words import did_you_mean
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.indicators import indicator_names, table_fault
from cauce.harmonise.kinds import kind_of, variable_kinds
from cauce.harmonise.rules import validated_variables
from cauce.model.codelist import NOT_APPLICABLE, TOTAL, UNKNOWN
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Derivation, Number, Pack, Recode, TableSpec
from cauce.model.rule import rule_in

MOST_NUMBERS = 4_000_000
"""A table of more numbers is refused: what it would need of memory is not to be found out late."""


@dataclass(frozen=True)
class Maker:
    """How a variable is made: its recode, number or derivation, and the names it uses."""

    variable: str
    how: Recode | Number | Derivation
    variables: tuple[str, ...]
    columns: tuple[str, ...]


def makers(pack: Pack) -> dict[str, Maker]:
    """How each variable the pack can give is made: its own way first, then the region's."""
    found: dict[str, Maker] = {}
    own = {d.variable: d for d in pack.derivations}
    can = {r.variable for r in pack.recodes} | {n.variable for n in pack.numbers} | set(own)
    regional = {
        variable.id: Derivation(
            variable.id, variable.derive, pack.dictionary.places[f"variable.{variable.id}.derive"]
        )
        for variable in pack.dictionary.variables.values()
        if variable.derive and variable.id not in can
    }
    can |= set(regional)
    simple: tuple[Recode | Number, ...] = (*pack.recodes, *pack.numbers)
    for made in simple:
        found[made.variable] = Maker(made.variable, made, (), (made.column,))
    for derivation in (*own.values(), *regional.values()):
        names = names_in(parse_expression(derivation.expression, derivation.variable))
        # A derivation that uses its own name means the column of that name.
        variables = tuple(n for n in names if n in can and n != derivation.variable)
        columns = tuple(n for n in names if n not in variables)
        if derivation.variable in regional and columns:
            continue
        found[derivation.variable] = Maker(derivation.variable, derivation, variables, columns)
    return found


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
    wanted += validated_variables(pack, known)
    if every:
        wanted += [made.variable for made in declared(pack)]
    return ordered(wanted, known)


def declared(pack: Pack) -> tuple[Recode | Number | Derivation, ...]:
    """Every way the pack itself makes a variable."""
    return (*pack.recodes, *pack.numbers, *pack.derivations)


def ordered(wanted: list[str], known: Mapping[str, Maker]) -> tuple[Maker, ...]:
    """The makers of some variables and of all they use, in an order that works."""
    done: dict[str, Maker] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in path:
            circle = " → ".join((*path[path.index(name) :], name))
            raise BadInput(f"These derivations need each other: {circle}.")
        if name not in known:
            raise BadInput(
                f"The pack does not make {name}, which its tables need. Add [recode.{name}], "
                f"[number.{name}] or [derive.{name}].{did_you_mean(name, known)}"
            )
        for inner in known[name].variables:
            visit(inner, (*path, name))
        done[name] = known[name]

    for name in wanted:
        visit(name, ())
    return tuple(done.values())


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
    for maker in needed(pack, every):
        names += maker.columns
    return tuple(dict.fromkeys(name for name in names if name))


def check_needs(pack: Pack, problems: Problems) -> None:
    """Note tables, headlines and derivations that name what is not there."""
    _check_tables(pack, problems)
    _check_headlines(pack, problems)
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
        if sum(other.id == table.id for other in pack.tables) > 1:
            problems.add(table.place, f"two tables have the id {table.id}.")
        for name in table.indicators:
            if name not in pack.dictionary.indicators:
                near = did_you_mean(name, pack.dictionary.indicators)
                problems.add(table.place, f"table {table.id}: there is no indicator {name}.{near}")
            elif fault := table_fault(pack.dictionary.indicators[name], table.dimensions):
                problems.add(table.place, f"table {table.id}: {fault}")
        _check_size(table, pack, problems)
        for name in table.dimensions:
            variable = pack.dictionary.variables.get(name)
            if variable is None or variable.kind != "code":
                near = did_you_mean(name, pack.dictionary.variables)
                problems.add(table.place, f"table {table.id}: {name} is no coded variable.{near}")


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

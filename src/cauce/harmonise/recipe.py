"""A pack as checked SQL over the relation `source`: the columns an engine is to make."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from cauce.harmonise.calibration import auxiliary_columns, raised_checks
from cauce.harmonise.checks import checks_of, design_checks
from cauce.harmonise.consistency import file_checks
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.indicators import indicator_names
from cauce.harmonise.kinds import column_kind, kind_of, variable_kinds
from cauce.harmonise.makers import Maker
from cauce.harmonise.needs import needed, source_columns, used_indicators
from cauce.harmonise.sql import VALUE, WHY, quoted, to_sql
from cauce.harmonise.stages import certainty_sql, stage_checks, stages_sql
from cauce.harmonise.validation import questions
from cauce.harmonise.values import column_sql, position_sql, value_and_reason
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.pack import Derivation, Pack
from cauce.model.recipe import Check, CodedColumn, ReasonColumn, Recipe, ScoreColumns

ROW = "file_row_number"
"""What the engine calls the place of a row in the file."""

TYPES = {"code": "VARCHAR", "number": "DOUBLE", "flag": "BOOLEAN"}


def compile_recipe(
    pack: Pack,
    columns: Mapping[str, str],
    every: bool = False,
    weighted: float = 0.0,
    period: str = "",
) -> Recipe:
    """The recipe of one wave.

    Args:
        columns: the columns of the staged file and what they hold: "integer", "float", "text",
            "boolean" or "date".
        every: make and check also what the pack declares and no table uses.
        weighted: what the office says the wave's weights add up to; 0 if it is not said.
        period: the wave's, "" if rules are not to know its year.

    Raises:
        BadInput: a variable the tables need is not made.
    """
    chain = needed(pack, every)
    used = source_columns(pack, every)
    given = pack.design.replicates is not None and pack.design.replicates.made is None
    steps = [_raw(used, given)]
    checks: list[Check] = []
    for number, maker in enumerate(chain):
        value, why = value_and_reason(maker, pack, columns, f"s{number}")
        kind = TYPES[pack.dictionary.variables[maker.variable].kind]
        steps.append(
            f"s{number + 1} AS (SELECT *, "
            f"CAST({value} AS {kind}) AS {quoted(VALUE + maker.variable)}, "
            f"CAST({why} AS TINYINT) AS {quoted(WHY + maker.variable)} FROM s{number})"
        )
        checks += checks_of(maker, pack, columns)
    last = f"harmonised AS (SELECT * FROM s{len(chain)})"
    design = pack.design
    dimensions = dict.fromkeys(name for table in pack.tables for name in table.dimensions)
    return Recipe(
        used_columns=used,
        with_sql="WITH " + ",\n".join((*steps, last)),
        stratum=column_sql(design.stratum),
        psu=column_sql(design.psu),
        weight=column_sql(design.weight),
        fpc=column_sql(design.fpc),
        psu_scope=design.psu_scope,
        single_psu=design.single_psu,
        columns=tuple(CodedColumn(name, position_sql(name, pack)) for name in dimensions),
        scores=tuple(_score(indicator, pack) for indicator in used_indicators(pack)),
        checks=(
            *design_checks(pack),
            *raised_checks(pack, columns),
            *stage_checks(pack, columns),
            *checks,
            *file_checks(pack, weighted),
        ),
        reasons=tuple(
            ReasonColumn(maker.variable, f"coalesce({quoted(WHY + maker.variable)}, 0)")
            for maker in chain
        ),
        doubts=tuple(_doubts(chain, pack, columns)),
        questions=questions(pack, period),
        unit=design.unit,
        order=tuple(quoted(name) for name in (design.stratum, design.psu) if name),
        auxiliary=auxiliary_columns(pack, columns),
        stages=stages_sql(design),
        certainty=certainty_sql(pack, columns),
        replicates=design.replicates,
        row=quoted(ROW) if given else "",
    )


def _raw(columns: Iterable[str], numbered: bool) -> str:
    names = ", ".join(f"{quoted(n)} AS {column_sql(n)}" for n in columns)
    if numbered:
        names += f", {ROW} AS {quoted(ROW)}"
    return f"s0 AS (SELECT {names} FROM source)"


def _doubts(chain: Iterable[Maker], pack: Pack, columns: Mapping[str, str]) -> Iterator[str]:
    """What is mixed in derivations, now that the kinds of the file's columns are known.

    Not an error in itself: text that holds numbers only is taken for them.
    """
    for maker in chain:
        if isinstance(maker.how, Derivation):
            where = f"[derive.{maker.variable}]"
            kinds = {name: column_kind(columns.get(name, "")) for name in maker.columns}
            known = variable_kinds(pack.dictionary) | kinds
            try:
                kind_of(parse_expression(maker.how.expression, where), known, where)
            except BadInput as error:
                yield str(error)


def _unknown(indicator: Indicator, sql: Callable[[str], str]) -> str:
    """Whether a missing answer leaves open if somebody belongs to the universe and the domains.

    Who does not belong whatever the answer is does not: false and unknown is false.
    """
    belongs = sql(indicator.universe)
    if indicator.first:
        belongs = f"({belongs}) AND (({sql(indicator.first)}) OR ({sql(indicator.second)}))"
    whys = _whys(indicator.universe, indicator.first, indicator.second)
    lost = " OR ".join(f"coalesce({why} > {int(Missing.NOT_APPLICABLE)}, FALSE)" for why in whys)
    return f"(({belongs}) IS NULL AND ({lost}))" if lost else "FALSE"


def _not_asked(indicator: Indicator) -> str:
    """Whether all that the numerator and denominator lack does not apply to somebody."""
    whys = _whys(indicator.numerator, indicator.denominator)
    if not whys:
        return "FALSE"
    none = int(Missing.NOT_APPLICABLE)
    every = " AND ".join(f"coalesce({why}, {none}) = {none}" for why in whys)
    some = " OR ".join(f"{why} IS NOT NULL" for why in whys)
    return f"(({every}) AND ({some}))"


def _whys(*texts: str) -> list[str]:
    """The columns that say why the variables of some expressions have no value."""
    names = dict.fromkeys(
        name for text in texts if text for name in names_in(parse_expression(text, "indicator"))
    )
    return [quoted(WHY + name) for name in names]


def _score(indicator: Indicator, pack: Pack) -> ScoreColumns:
    names = {name: VALUE + name for name in indicator_names(indicator)}

    def sql(text: str) -> str:
        return to_sql(parse_expression(text, indicator.id), names)

    def flag(text: str) -> str:
        return f"coalesce({sql(text)}, FALSE)" if text else ""

    amount = parse_expression(indicator.numerator, indicator.id)
    kinds = variable_kinds(pack.dictionary)
    return ScoreColumns(
        indicator=indicator.id,
        universe=flag(indicator.universe),
        numerator=f"CAST({sql(indicator.numerator)} AS DOUBLE)",
        denominator=f"CAST({sql(indicator.denominator)} AS DOUBLE)"
        if indicator.denominator
        else "",
        magnitude=bool(names_in(amount)) and kind_of(amount, kinds, indicator.id) == "number",
        estimator=indicator.estimator,
        first=flag(indicator.first),
        second=flag(indicator.second),
        unknown=_unknown(indicator, sql),
        not_asked=_not_asked(indicator),
        factors=tuple(position_sql(name, pack) for name in indicator.factors),
        across=position_sql(indicator.across, pack) if indicator.across else "",
    )

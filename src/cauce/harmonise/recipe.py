"""A pack as checked SQL over the relation `source`.

Each variable X of the pack becomes two columns: "v:X", its value or NULL, and "w:X", the number of
the missing reason or NULL. Columns of the file are "c:NAME", so that names cannot collide.
"""

from collections.abc import Iterable, Iterator, Mapping

from cauce.harmonise.consistency import file_checks
from cauce.harmonise.dictionary import indicator_names, variable_kinds
from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.kinds import column_kind, kind_of
from cauce.harmonise.needs import Maker, needed, source_columns, used_indicators
from cauce.harmonise.sql import (
    plain_text,
    quoted,
    reason_part,
    text_literal,
    to_sql,
    value_part,
)
from cauce.harmonise.validation import questions
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.pack import Derivation, Number, Pack, Recode
from cauce.model.recipe import Check, CodedColumn, ReasonColumn, Recipe, ScoreColumns

COLUMN, VALUE, WHY = "c:", "v:", "w:"
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
    steps = [_raw(used)]
    checks: list[Check] = []
    for number, maker in enumerate(chain):
        value, why = _value_and_reason(maker, pack, columns)
        kind = TYPES[pack.dictionary.variables[maker.variable].kind]
        steps.append(
            f"s{number + 1} AS (SELECT *, "
            f"CAST({value} AS {kind}) AS {quoted(VALUE + maker.variable)}, "
            f"CAST({why} AS TINYINT) AS {quoted(WHY + maker.variable)} FROM s{number})"
        )
        checks += _checks(maker, pack, columns)
    last = f"harmonised AS (SELECT * FROM s{len(chain)})"
    design = pack.design
    dimensions = dict.fromkeys(name for table in pack.tables for name in table.dimensions)
    return Recipe(
        used_columns=used,
        with_sql="WITH " + ",\n".join((*steps, last)),
        stratum=_column(design.stratum),
        psu=_column(design.psu),
        weight=_column(design.weight),
        fpc=_column(design.fpc),
        psu_scope=design.psu_scope,
        single_psu=design.single_psu,
        columns=tuple(CodedColumn(name, _position(name, pack)) for name in dimensions),
        scores=tuple(_score(indicator, pack) for indicator in used_indicators(pack)),
        checks=(*_design_checks(pack), *checks, *file_checks(pack, weighted)),
        reasons=tuple(
            ReasonColumn(maker.variable, f"coalesce({quoted(WHY + maker.variable)}, 0)")
            for maker in chain
        ),
        doubts=tuple(_doubts(chain, pack, columns)),
        questions=questions(pack, period),
    )


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


def _raw(columns: Iterable[str]) -> str:
    names = ", ".join(f"{quoted(n)} AS {_column(n)}" for n in columns)
    return f"s0 AS (SELECT {names} FROM source)"


def _column(name: str) -> str:
    return quoted(COLUMN + name) if name else ""


def _canonical(column: str, columns: Mapping[str, str]) -> str:
    """A source value as the text a pack's codes are written in; an empty cell is ''."""
    sql = _column(column)
    kind = columns.get(column, "text")
    if kind == "float":
        return f"coalesce({plain_text(sql)}, '')"
    if kind == "text":
        return f"coalesce(trim({sql}), '')"
    return f"coalesce(CAST({sql} AS VARCHAR), '')"


def _value_and_reason(maker: Maker, pack: Pack, columns: Mapping[str, str]) -> tuple[str, str]:
    """SQL for a variable's value and for the reason it has none."""
    how = maker.how
    if isinstance(how, Recode):
        flag = pack.dictionary.variables[how.variable].kind == "flag"
        text = _canonical(how.column, columns)
        targets = {
            code: target.upper() if flag else text_literal(target)
            for code, target in how.codes.items()
        }
        return _case(text, targets), _reasons(text, how.missing)
    if isinstance(how, Number):
        text = _canonical(how.column, columns)
        lost = ", ".join(text_literal(code) for code in how.missing) or "NULL"
        number = f"TRY_CAST({_column(how.column)} AS DOUBLE)"
        return f"CASE WHEN {text} IN ({lost}) THEN NULL ELSE {number} END", _reasons(
            text, how.missing
        )
    return _derived(maker, how)


def _case(text: str, targets: Mapping[str, str]) -> str:
    if not targets:
        return "NULL"
    whens = " ".join(f"WHEN {text_literal(code)} THEN {to}" for code, to in targets.items())
    return f"CASE {text} {whens} END"


def _reasons(text: str, missing: Mapping[str, Missing]) -> str:
    return _case(text, {code: str(int(reason)) for code, reason in missing.items()})


def _names(maker: Maker) -> dict[str, str]:
    """The engine's column for every name a derivation uses."""
    return {n: COLUMN + n for n in maker.columns} | {n: VALUE + n for n in maker.variables}


def _derived(maker: Maker, how: Derivation) -> tuple[str, str]:
    """A derivation's value, and its reason: its own, else what its inputs lack.

    Where it gives no value because inputs are missing, the result is not applicable if all missing
    inputs are, and not stated otherwise.
    """
    expression = parse_expression(how.expression, f"[derive.{how.variable}]")
    names = _names(maker)
    value = to_sql(value_part(expression), names)
    own = reason_part(expression)
    reasons = [quoted(WHY + name) for name in maker.variables]
    inherited = "NULL"
    if reasons or maker.columns:
        lacking = " OR ".join(
            [
                *(f"{r} IS NOT NULL" for r in reasons),
                *(f"{_column(c)} IS NULL" for c in maker.columns),
            ]
        )
        stated = " OR ".join(
            [
                *(f"{r} > {int(Missing.NOT_APPLICABLE)}" for r in reasons),
                *(f"{_column(c)} IS NULL" for c in maker.columns),
            ]
        )
        inherited = (
            f"CASE WHEN {stated} THEN {int(Missing.NOT_STATED)} "
            f"WHEN {lacking} THEN {int(Missing.NOT_APPLICABLE)} END"
        )
    first = f"{to_sql(own, names)}, " if own is not None else ""
    why = f"CASE WHEN ({value}) IS NOT NULL THEN NULL ELSE coalesce({first}{inherited}) END"
    return value, why


def _position(name: str, pack: Pack) -> str:
    """The position of a variable's code in its list, or the negative reason."""
    codes = pack.dictionary.codelists[pack.dictionary.variables[name].codelist].codes
    positions = {code.id: str(position) for position, code in enumerate(codes)}
    case = _case(quoted(VALUE + name), positions)
    return f"coalesce({case}, {quoted(WHY + name)}, {int(Missing.NOT_STATED)})"


def _score(indicator: Indicator, pack: Pack) -> ScoreColumns:
    names = {name: VALUE + name for name in indicator_names(indicator)}

    def sql(text: str) -> str:
        return to_sql(parse_expression(text, indicator.id), names)

    amount = parse_expression(indicator.numerator, indicator.id)
    kinds = variable_kinds(pack.dictionary)
    return ScoreColumns(
        indicator=indicator.id,
        universe=f"coalesce({sql(indicator.universe)}, FALSE)",
        numerator=f"CAST({sql(indicator.numerator)} AS DOUBLE)",
        denominator=f"CAST({sql(indicator.denominator)} AS DOUBLE)"
        if indicator.denominator
        else "",
        magnitude=bool(names_in(amount)) and kind_of(amount, kinds, indicator.id) == "number",
        estimator=indicator.estimator,
    )


def _checks(maker: Maker, pack: Pack, columns: Mapping[str, str]) -> list[Check]:
    """Questions to the data that must have no answer, for one variable."""
    how, name = maker.how, maker.variable
    if isinstance(how, Recode):
        return [_coverage(how, columns)]
    if isinstance(how, Number):
        return _number_checks(how, columns)
    found = [
        Check(
            f"SELECT NULL AS code, count(*) AS count FROM harmonised WHERE {quoted(VALUE + name)} "
            f"IS NULL AND {quoted(WHY + name)} IS NULL",
            f"[derive.{name}] gives no value and no reason for {{count}} respondents whose inputs "
            "are all there. Add an ELSE.",
        )
    ]
    variable = pack.dictionary.variables[name]
    if variable.kind == "code":
        codes = ", ".join(
            text_literal(code.id) for code in pack.dictionary.codelists[variable.codelist].codes
        )
        value = quoted(VALUE + name)
        found.append(
            Check(
                f"SELECT {value} AS code, count(*) AS count FROM harmonised WHERE {value} IS NOT "
                f"NULL AND {value} NOT IN ({codes}) GROUP BY 1 ORDER BY 1",
                f"[derive.{name}] gives codes that {variable.codelist} does not have: {{codes}}. "
                "Correct the expression, or add them to the list.",
            )
        )
    return found


def _coverage(how: Recode, columns: Mapping[str, str]) -> Check:
    text = _canonical(how.column, columns)
    known = ", ".join(text_literal(code) for code in (*how.codes, *how.missing))
    return Check(
        f"SELECT {text} AS code, count(*) AS count FROM harmonised WHERE {text} NOT IN ({known}) "
        "GROUP BY 1 ORDER BY 1",
        f"{how.variable} (column {how.column}) has codes the pack does not know: {{codes}}. Add "
        f'each to [recode.{how.variable}] with its meaning, such as "{{first}}" = "…" or '
        f'"{{first}}" = {{{{ missing = "…" }}}}.',
        known=(*how.codes, *how.missing),
    )


def _number_checks(how: Number, columns: Mapping[str, str]) -> list[Check]:
    """Numbers are counted and not shown: a value may be a person's."""
    text = _canonical(how.column, columns)
    lost = ", ".join(text_literal(code) for code in how.missing) or "NULL"
    value, why = quoted(VALUE + how.variable), quoted(WHY + how.variable)

    def count(condition: str) -> str:
        return f"SELECT NULL AS code, count(*) AS count FROM harmonised WHERE {condition}"

    found = []
    if "" not in how.missing:
        found.append(
            Check(
                count(f"{text} = ''"),
                f"{how.variable} (column {how.column}) is empty for {{count}} respondents. Add "
                f'"" = {{{{ missing = "…" }}}} to [number.{how.variable}] with the reason.',
            )
        )
    found.append(
        Check(
            count(
                f"{value} IS NULL AND {why} IS NULL AND {text} <> '' AND {text} NOT IN ({lost})"
                if how.missing
                else f"{value} IS NULL AND {text} <> ''"
            ),
            f"{how.variable} (column {how.column}) is not a number for {{count}} respondents. "
            f"Add the codes that are no numbers to [number.{how.variable}].",
        )
    )
    for bound, sign, word in ((how.minimum, "<", "below"), (how.maximum, ">", "above")):
        if bound is not None:
            found.append(
                Check(
                    count(f"{value} {sign} {bound!r}"),
                    f"{how.variable} (column {how.column}) is {word} {bound:g} for {{count}} "
                    f"respondents. Correct the bound, or give these codes a missing reason.",
                )
            )
    return found


def _design_checks(pack: Pack) -> list[Check]:
    found = []
    for key in ("stratum", "psu", "weight"):
        name = getattr(pack.design, key)
        if name:
            found.append(
                Check(
                    "SELECT NULL AS code, count(*) AS count FROM harmonised WHERE "
                    f"{_column(name)} IS NULL",
                    f"The {key} (column {name}) is empty for {{count}} respondents.",
                )
            )
    for key in ("weight", "fpc"):
        name = getattr(pack.design, key)
        if name:
            column = _column(name)
            found.append(
                Check(
                    "SELECT NULL AS code, count(*) AS count FROM harmonised WHERE "
                    f"{column} IS NOT NULL AND TRY_CAST({column} AS DOUBLE) IS NULL",
                    f"The {key} (column {name}) is not a number for {{count}} respondents.",
                )
            )
    return found

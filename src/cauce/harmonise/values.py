"""How a variable's value and the reason it has none are written as SQL.

Each variable X of the pack becomes two columns: "v:X", its value or NULL, and "w:X", the number of
the missing reason or NULL. Columns of the file are "c:NAME", so that names cannot collide.
"""

from collections.abc import Mapping

from cauce.harmonise.expressions import is_usual, parse_expression
from cauce.harmonise.makers import Maker
from cauce.harmonise.sql import (
    VALUE,
    WHY,
    plain_text,
    quoted,
    reason_part,
    text_literal,
    to_sql,
    value_part,
)
from cauce.model.missing import Missing
from cauce.model.pack import Derivation, Number, Pack, Recode

COLUMN = "c:"
FEWEST_USUAL = 30
"""What is usual in a group of fewer respondents is chance: Cauce's own bound."""


def column_sql(name: str) -> str:
    return quoted(COLUMN + name) if name else ""


def canonical(column: str, columns: Mapping[str, str]) -> str:
    """A source value as the text a pack's codes are written in; an empty cell is ''."""
    sql = column_sql(column)
    kind = columns.get(column, "text")
    if kind == "float":
        return f"coalesce({plain_text(sql)}, '')"
    if kind == "text":
        return f"coalesce(trim({sql}), '')"
    return f"coalesce(CAST({sql} AS VARCHAR), '')"


def value_and_reason(
    maker: Maker, pack: Pack, columns: Mapping[str, str], relation: str = ""
) -> tuple[str, str]:
    """SQL for a variable's value and for the reason it has none.

    Args:
        relation: what holds everybody, for what is usual among them.
    """
    how = maker.how
    if isinstance(how, Recode):
        flag = pack.dictionary.variables[how.variable].kind == "flag"
        text = canonical(how.column, columns)
        targets = {
            code: target.upper() if flag else text_literal(target)
            for code, target in how.codes.items()
        }
        return mapped(text, targets), _reasons(text, how.missing)
    if isinstance(how, Number):
        text = canonical(how.column, columns)
        lost = ", ".join(text_literal(code) for code in how.missing) or "NULL"
        number = f"TRY_CAST({column_sql(how.column)} AS DOUBLE)"
        return f"CASE WHEN {text} IN ({lost}) THEN NULL ELSE {number} END", _reasons(
            text, how.missing
        )
    return _derived(maker, how, column_sql(pack.design.weight), relation)


def mapped(text: str, targets: Mapping[str, str]) -> str:
    if not targets:
        return "NULL"
    whens = " ".join(f"WHEN {text_literal(code)} THEN {to}" for code, to in targets.items())
    return f"CASE {text} {whens} END"


def _reasons(text: str, missing: Mapping[str, Missing]) -> str:
    return mapped(text, {code: str(int(reason)) for code, reason in missing.items()})


def _names(maker: Maker) -> dict[str, str]:
    """The engine's column for every name a derivation uses."""
    return {n: COLUMN + n for n in maker.columns} | {n: VALUE + n for n in maker.variables}


def _usual(of: str, group: str, weight: str, relation: str) -> str:
    """SQL for the code of a variable that most of the weight of a group has; NULL in small groups.

    Of codes with the same weight the highest. It is looked up in a map that is made once: a join
    would change the order of the rows.
    """
    # Columns and the relation are our own names, quoted.
    known = f"{group} IS NOT NULL AND {of} IS NOT NULL"
    parts = f"{group} AS g, {of} AS e, sum({weight}) AS s, count(*) AS n"
    sums = f"(SELECT {parts} FROM {relation} WHERE {known} GROUP BY 1, 2)"  # noqa: S608
    most = "g AS k, max({'s': s, 'e': e}).e AS v"
    usual = f"(SELECT {most} FROM {sums} GROUP BY g HAVING sum(n) >= {FEWEST_USUAL})"  # noqa: S608
    return f"map_extract((SELECT map(list(k), list(v)) FROM {usual}), {group})[1]"  # noqa: S608


def _derived(maker: Maker, how: Derivation, weight: str, relation: str) -> tuple[str, str]:
    """A derivation's value, and its reason: its own, else what its inputs lack.

    Where it gives no value because inputs are missing, the result is not applicable if all missing
    inputs are, and not stated otherwise.
    """
    expression = parse_expression(how.expression, f"[derive.{how.variable}]")
    names = _names(maker)
    if is_usual(expression):
        of, group = (to_sql(one, names) for one in expression.expressions)
        value = _usual(of, group, weight, relation)
    else:
        value = to_sql(value_part(expression), names)
    own = reason_part(expression)
    reasons = [quoted(WHY + name) for name in maker.variables]
    inherited = "NULL"
    if reasons or maker.columns:
        lacking = " OR ".join(
            [
                *(f"{r} IS NOT NULL" for r in reasons),
                *(f"{column_sql(c)} IS NULL" for c in maker.columns),
            ]
        )
        stated = " OR ".join(
            [
                *(f"{r} > {int(Missing.NOT_APPLICABLE)}" for r in reasons),
                *(f"{column_sql(c)} IS NULL" for c in maker.columns),
            ]
        )
        inherited = (
            f"CASE WHEN {stated} THEN {int(Missing.NOT_STATED)} "
            f"WHEN {lacking} THEN {int(Missing.NOT_APPLICABLE)} END"
        )
    first = f"{to_sql(own, names)}, " if own is not None else ""
    if is_usual(expression):
        # In a small group nothing is usual, though everybody answered.
        inherited = f"{inherited}, {int(Missing.NOT_STATED)}"
    why = f"CASE WHEN ({value}) IS NOT NULL THEN NULL ELSE coalesce({first}{inherited}) END"
    return value, why


def position_sql(name: str, pack: Pack) -> str:
    """The position of a variable's code in its list, or the negative reason."""
    codes = pack.dictionary.codelists[pack.dictionary.variables[name].codelist].codes
    positions = {code.id: str(position) for position, code in enumerate(codes)}
    case = mapped(quoted(VALUE + name), positions)
    return f"coalesce({case}, {quoted(WHY + name)}, {int(Missing.NOT_STATED)})"

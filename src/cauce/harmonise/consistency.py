"""What must hold in a file as a whole: between answers, between rows, and of its weights."""

from collections.abc import Iterator

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.harmonise.checks import counted
from cauce.harmonise.expressions import check_expression, parse_expression
from cauce.harmonise.kinds import kind_of, variable_kinds
from cauce.harmonise.makers import makers
from cauce.harmonise.sql import quoted, to_sql
from cauce.model.errors import BadInput
from cauce.model.pack import Consistency, Pack
from cauce.model.recipe import Check

COLUMN, VALUE = "c:", "v:"
WEIGHTS_MAY_DIFFER = 0.001
"""How far the sum of weights may be from the one the office states, as a share of it."""


def consistency(section: Section) -> Consistency:
    found = Consistency(
        section.text("expr"), section.text("says"), section.whole("at_most", 0), section.place()
    )
    section.finish()
    return found


def check_rules(pack: Pack, problems: Problems) -> None:
    """Note every [[consistent]] that is no true-or-false expression over the pack's variables."""
    if problems.any():
        return  # what makers there are is only known of a pack that can be read
    known = makers(pack)
    for rule in pack.consistent:
        where = "[[consistent]] expr"
        try:
            expression = check_expression(rule.expression, known, where)
            found = kind_of(expression, variable_kinds(pack.dictionary), where)
        except BadInput as error:
            problems.add(rule.place, str(error))
            continue
        if found not in ("flag", "any"):
            problems.add(rule.place, f"{where} gives {found}; it must give true or false.")


def file_checks(pack: Pack, weighted: float) -> Iterator[Check]:
    """Questions about the whole file that must have no answer.

    Args:
        weighted: what the office says the weights add up to; 0 if the pack does not say.
    """
    for rule in pack.consistent:
        expression = to_sql(parse_expression(rule.expression, rule.says), _values(pack))
        yield counted(
            f"NOT {expression}",
            f"Against [[consistent]] of line {rule.place.line}, {_plain(rule.says)!r}, stand "
            f"{{count}} respondents; at most {rule.at_most:,} may. Correct the recodes or the "
            "file, or say at_most with the number that is known and accepted.",
            f" HAVING count(*) > {rule.at_most}",
        )
    if pack.design.person:
        yield _twice(pack.design.person)
    if weighted:
        yield _sum_of_weights(pack.design.weight, weighted)


def _values(pack: Pack) -> dict[str, str]:
    return {name: VALUE + name for name in makers(pack)}


def _twice(columns: tuple[str, ...]) -> Check:
    names = ", ".join(quoted(COLUMN + name) for name in columns)
    return Check(
        "SELECT NULL AS code, coalesce(sum(respondents), 0)::BIGINT AS count FROM (SELECT "
        f"count(*) AS respondents FROM harmonised GROUP BY {names} HAVING count(*) > 1)",
        f"{{count}} respondents share {', '.join(columns)} with another, and design.person says "
        "that names each once. Remove the rows that stand twice, or correct the columns.",
    )


def _sum_of_weights(column: str, stated: float) -> Check:
    total = f"sum(TRY_CAST({quoted(COLUMN + column)} AS DOUBLE))"
    return Check(
        f"SELECT round({total}, 2) AS code, 1 AS count FROM harmonised "
        f"HAVING abs({total} - {stated!r}) > {WEIGHTS_MAY_DIFFER * stated!r}",
        f"The weights (column {column}) add up to {{first:,.12g}}, and wave.weighted says "
        f"{stated:,.12g}, more than {WEIGHTS_MAY_DIFFER:.1%} apart. Are they of another scale, or "
        "is it another file?",
    )


def _plain(text: str) -> str:
    """Text for a message that is filled in later."""
    return text.replace("{", "(").replace("}", ")")

"""Validation rules and margins as SQL over the harmonised rows of a wave.

A rule answers pass, fail or cannot tell. What is not applicable to a respondent is not asked of
him; he cannot tell if an answer is missing for another reason.
"""

from cauce.harmonise.expressions import parse_expression
from cauce.harmonise.makers import makers
from cauce.harmonise.rules import GIVEN, applicable, lacking, names_of, rules_of
from cauce.harmonise.sql import quoted, to_sql
from cauce.model.missing import Missing
from cauce.model.pack import DesignColumns, Pack
from cauce.model.quality import RuleSaid
from cauce.model.validation import Judgement, Questions, ValidationRule

COLUMN, VALUE, WHY, WORD = "c:", "v:", "w:", "g:"


def questions(pack: Pack, period: str) -> Questions:
    """What the rules and margins of a pack ask of the wave of a period."""
    known = makers(pack)
    rules = tuple(applicable(pack, known))
    used = {name for one in rules for name in names_of(one)}
    variables = dict.fromkeys(one.variable for one in pack.margins)
    return Questions(
        judged=_judged(pack.design, used, period),
        judgements=tuple(judgement(one) for one in rules),
        margins=tuple((name, quoted(VALUE + name) if name else "''") for name in variables),
        weight=_weight(pack.design),
    )


def rules_said(pack: Pack) -> tuple[RuleSaid, ...]:
    """Every rule in words, with the variables the survey does not have for it."""
    known = makers(pack)
    return tuple(
        RuleSaid(one.id, one.label, one.ground, one.severity, lacking(one, known))
        for one in rules_of(pack)
    )


def judgement(one: ValidationRule) -> Judgement:
    """The conditions of a rule over `judged`."""
    names = {name: (WORD if name in GIVEN else VALUE) + name for name in names_of(one)}

    def sql(text: str) -> str:
        return to_sql(parse_expression(text, one.id), names)

    about = sql(one.of) if one.of else "TRUE"
    holds = sql(one.expression)
    reasons = [quoted(WHY + name) for name in names if name not in GIVEN]
    not_said = " OR ".join(f"{r} > {int(Missing.NOT_APPLICABLE)}" for r in reasons) or "FALSE"
    return Judgement(
        rule=one.id,
        passes=f"{about} AND {holds}",
        fails=f"{about} AND NOT {holds}",
        unknown=f"({about} IS NULL OR ({about} AND {holds} IS NULL)) AND ({not_said})",
    )


def _judged(design: DesignColumns, used: set[str], period: str) -> str:
    """The harmonised rows with the given words that rules use.

    Counts are subqueries and no windows: DISTINCT over a window costs ten times as much.
    """
    weight = _weight(design)
    stratum, psu = (quoted(COLUMN + name) if name else "" for name in (design.stratum, design.psu))
    within = f" WHERE other.{stratum} = harmonised.{stratum}" if stratum else ""
    psus = f"count(DISTINCT other.{psu})" if psu else "count(*)"
    strata = "1"
    if stratum and psu and design.psu_scope == "survey":
        strata = (
            f"(SELECT count(DISTINCT other.{stratum}) FROM harmonised AS other "
            f"WHERE other.{psu} = harmonised.{psu})"
        )
    words = {
        "WEIGHT": weight,
        "WEIGHT_TO_MEAN": f"{weight} / nullif((SELECT avg({weight}) FROM harmonised), 0)",
        "PSUS_OF_STRATUM": f"(SELECT {psus} FROM harmonised AS other{within})",
        "STRATA_OF_PSU": strata,
        "PERIOD_YEAR": period[:4] or "NULL",
    }
    added = [f"{words[name]} AS {quoted(WORD + name)}" for name in GIVEN if name in used]
    return f"SELECT {', '.join(['*', 'rowid AS row', *added])} FROM harmonised"


def _weight(design: DesignColumns) -> str:
    return f"TRY_CAST({quoted(COLUMN + design.weight)} AS DOUBLE)"

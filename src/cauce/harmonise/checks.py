"""Questions to the data that must have no answer: codes nobody knows, numbers out of bounds."""

from collections.abc import Mapping
from dataclasses import replace

from cauce.harmonise.makers import Maker
from cauce.harmonise.sql import VALUE, WHY, quoted, text_literal
from cauce.harmonise.values import canonical, column_sql
from cauce.model.pack import Number, Pack, Recode
from cauce.model.recipe import Check


def counted(condition: str, message: str, more: str = "", code: str = "NULL") -> Check:
    """That nobody may meet a condition over `harmonised`: they are counted and not shown."""
    sql = f"SELECT {code} AS code, count(*) AS count FROM harmonised WHERE {condition}{more}"
    return Check(sql, message, condition=condition)


def listed(code: str, condition: str, message: str, known: tuple[str, ...] = ()) -> Check:
    """The same, with the codes of those who do."""
    found = counted(condition, message, " GROUP BY 1 ORDER BY 1", code)
    return replace(found, known=known)


def checks_of(maker: Maker, pack: Pack, columns: Mapping[str, str]) -> list[Check]:
    """Questions to the data that must have no answer, for one variable."""
    how, name = maker.how, maker.variable
    if isinstance(how, Recode):
        return [_coverage(how, columns)]
    if isinstance(how, Number):
        return _number_checks(how, columns)
    found = [
        counted(
            f"{quoted(VALUE + name)} IS NULL AND {quoted(WHY + name)} IS NULL",
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
            listed(
                value,
                f"{value} IS NOT NULL AND {value} NOT IN ({codes})",
                f"[derive.{name}] gives codes that {variable.codelist} does not have: {{codes}}. "
                "Correct the expression, or add them to the list.",
            )
        )
    return found


def _coverage(how: Recode, columns: Mapping[str, str]) -> Check:
    text = canonical(how.column, columns)
    known = ", ".join(text_literal(code) for code in (*how.codes, *how.missing))
    return listed(
        text,
        f"{text} NOT IN ({known})",
        f"{how.variable} (column {how.column}) has codes the pack does not know: {{codes}}. Add "
        f'each to [recode.{how.variable}] with its meaning, such as "{{first}}" = "…" or '
        f'"{{first}}" = {{{{ missing = "…" }}}}.',
        known=(*how.codes, *how.missing),
    )


def _number_checks(how: Number, columns: Mapping[str, str]) -> list[Check]:
    """Numbers are counted and not shown: a value may be a person's."""
    text = canonical(how.column, columns)
    lost = ", ".join(text_literal(code) for code in how.missing) or "NULL"
    value, why = quoted(VALUE + how.variable), quoted(WHY + how.variable)
    found = []
    if "" not in how.missing:
        found.append(
            counted(
                f"{text} = ''",
                f"{how.variable} (column {how.column}) is empty for {{count}} respondents. Add "
                f'"" = {{{{ missing = "…" }}}} to [number.{how.variable}] with the reason.',
            )
        )
    found.append(
        counted(
            f"{value} IS NULL AND {why} IS NULL AND {text} <> '' AND {text} NOT IN ({lost})"
            if how.missing
            else f"{value} IS NULL AND {text} <> ''",
            f"{how.variable} (column {how.column}) is not a number for {{count}} respondents. "
            f"Add the codes that are no numbers to [number.{how.variable}].",
        )
    )
    for bound, sign, word in ((how.minimum, "<", "below"), (how.maximum, ">", "above")):
        if bound is not None:
            found.append(
                counted(
                    f"{value} {sign} {bound!r}",
                    f"{how.variable} (column {how.column}) is {word} {bound:g} for {{count}} "
                    f"respondents. Correct the bound, or give these codes a missing reason.",
                )
            )
    return found


def design_checks(pack: Pack) -> list[Check]:
    found = []
    for key in ("stratum", "psu", "weight"):
        name = getattr(pack.design, key)
        if name:
            found.append(
                counted(
                    f"{column_sql(name)} IS NULL",
                    f"The {key} (column {name}) is empty for {{count}} respondents.",
                )
            )
    for key in ("weight", "fpc"):
        name = getattr(pack.design, key)
        if name:
            sql = column_sql(name)
            found.append(
                counted(
                    f"{sql} IS NOT NULL AND TRY_CAST({sql} AS DOUBLE) IS NULL",
                    f"The {key} (column {name}) is not a number for {{count}} respondents.",
                )
            )
    return found

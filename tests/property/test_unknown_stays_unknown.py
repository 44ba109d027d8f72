"""A missing answer lands in no category: over every rule of the region, and every indicator.

The law: whoever was asked and did not answer gets a class only if every answer would have given the
same. Else the class is not stated; it is never guessed, and never a "no".
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from sqlglot import exp

from cauce.harmonise.expressions import names_in, parse_expression
from cauce.harmonise.makers import Maker
from cauce.harmonise.sql import VALUE, WHY
from cauce.harmonise.values import value_and_reason
from cauce.model.missing import Missing
from cauce.model.pack import Derivation, Place
from cauce.model.variable import Variable
from cauce.pipeline.packs import read_dictionary

REGION = Path(__file__).parents[2] / "packs" / "region"
DICTIONARY = read_dictionary(REGION)[0]
TYPES = {"code": pa.string(), "number": pa.float64(), "flag": pa.bool_()}
RECORDS = 40
CLASSES = {"IFL_PROD_WHY": "IFL_PROD", "IFL_WHY": "IFL_NATURE", "IFL21_WHY": "IFL21_NATURE"}
"""Rules that say what decided, and the class it leads to: the class is what may not be guessed."""
IN_PLACE = {"IFL_PROD_WHY": {"LARGE", "SMALL"}, "IFL_WHY": {"LEAVE", "NOLEAVE"}}
IN_PLACE["IFL21_WHY"] = IN_PLACE["IFL_WHY"]
"""What decides, by the words of the rule, in place of an answer that is missing."""
PACK = SimpleNamespace(dictionary=DICTIONARY, design=SimpleNamespace(weight="w"))
Answer = str | float | bool | Missing
RULES = [
    (variable.id, number)
    for variable in DICTIONARY.variables.values()
    for number, rule in enumerate(variable.derive)
    if not rule.startswith("usual(")  # it is of a group and not of somebody
]


def answers(variable: Variable, expression: exp.Expr) -> list[Answer]:
    """Answers a rule can tell apart: codes, yes and no, numbers at and around what it names."""
    if variable.kind == "flag":
        return [True, False]
    named = list(expression.find_all(exp.Literal))
    if variable.kind == "code":
        codes = [code.id for code in DICTIONARY.codelists[variable.codelist].codes]
        told = [node.name for node in named if node.is_string and node.name in codes]
        rest = [code for code in codes if code not in told]
        return [*dict.fromkeys(told), *rest[:2]]
    borders = [float(node.name) for node in named if not node.is_string]
    return sorted({0.0, 1.0, 2000.0, *(b + step for b in borders for step in (-0.5, 0.0, 0.5))})


def cases(names: list[str], choices: list[list[Answer]]) -> Iterator[tuple[int, list[Answer]]]:
    """Records with one answer missing, each with a number, and all answers in its place."""
    chance = np.random.default_rng(7)
    whole = [[*own, Missing.NOT_APPLICABLE] for own in choices]
    number = 0
    for _ in range(RECORDS):
        record = [own[chance.integers(len(own))] for own in whole]
        for at in range(len(names)):
            yield number, [*record[:at], Missing.NOT_STATED, *record[at + 1 :]]
            for answer in choices[at]:
                yield number, [*record[:at], answer, *record[at + 1 :]]
            number += 1


@pytest.mark.parametrize(("variable", "number"), RULES)
def test_an_unknown_answer_decides_nothing(variable: str, number: int) -> None:
    rule = DICTIONARY.variables[variable].derive[number]
    expression = parse_expression(rule, variable)
    names = list(names_in(expression))
    choices = [answers(DICTIONARY.variables[name], expression) for name in names]
    rows = list(cases(names, choices))
    guessed = [
        dict(zip(names, record, strict=True)) | {"gives": first}
        for record, first, others in answered(variable, rule, names, rows)
        if first not in ("NOT_STATED", *IN_PLACE.get(variable, ()))
        and {class_of(variable, one) for one in others} != {class_of(variable, first)}
    ]
    assert guessed == [], f"{len(guessed)} records, such as {guessed[0]}"


@cache
def class_of(variable: str, gives: str) -> str:
    """What a rule gives, or the class that follows from it."""
    name = CLASSES.get(variable)
    if name is None or gives in ("NOT_STATED", "NOT_APPLICABLE"):
        return gives
    rule = DICTIONARY.variables[name].derive[0]
    return next(answered(name, rule, [variable], [(0, [gives])]))[1]


def test_no_rule_or_indicator_puts_a_value_in_place_of_a_missing_one() -> None:
    texts = {v.id: " ".join(v.derive) for v in DICTIONARY.variables.values()}
    texts |= {
        one.id: " ".join((one.universe, one.numerator, one.denominator, one.first, one.second))
        for one in DICTIONARY.indicators.values()
    }
    assert [name for name, text in texts.items() if "coalesce" in text.lower()] == []


def answered(
    variable: str, rule: str, names: list[str], rows: list[tuple[int, list[Answer]]]
) -> Iterator[tuple[list[Answer], str, list[str]]]:
    """Each record with a missing answer, what the rule makes of it, and of every answer to it."""
    maker = Maker(variable, Derivation(variable, rule, Place("", 0)), tuple(names), ())
    value, why = value_and_reason(maker, PACK, {})
    found = [told(one) for one in run(names, rows, value, why)]
    groups: dict[int, list[int]] = {}
    for at, (number, _) in enumerate(rows):
        groups.setdefault(number, []).append(at)
    for members in groups.values():
        first, *others = members
        yield rows[first][1], found[first], [found[at] for at in others]


def run(
    names: list[str], rows: list[tuple[int, list[Answer]]], value: str, why: str
) -> list[tuple[Any, int | None]]:
    """Value and reason of each record, by the SQL a release runs."""
    columns: dict[str, pa.Array] = {"row": pa.array(range(len(rows)))}
    for at, name in enumerate(names):
        own = [record[at] for _, record in rows]
        lost = [isinstance(answer, Missing) for answer in own]
        pairs = list(zip(own, lost, strict=True))
        kind = TYPES[DICTIONARY.variables[name].kind]
        columns[VALUE + name] = pa.array([None if gone else a for a, gone in pairs], kind)
        columns[WHY + name] = pa.array([int(a) if gone else None for a, gone in pairs], pa.int8())
    with duckdb.connect() as connection:
        connection.register("answers", pa.table(columns))
        query = f"SELECT {value}, {why} FROM answers ORDER BY row"  # noqa: S608 - our own rules
        return connection.execute(query).fetchall()


def told(found: tuple[Any, int | None]) -> str:
    value, why = found
    if value is not None:
        return str(value)
    return "NOT_APPLICABLE" if why == Missing.NOT_APPLICABLE else "NOT_STATED"

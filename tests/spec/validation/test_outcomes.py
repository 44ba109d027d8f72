"""The region's rules answer as the table says, asked of one respondent at a time."""

import csv
from pathlib import Path

import duckdb
import pytest

from cauce.harmonise.rules import GIVEN, names_of
from cauce.harmonise.validation import judgement
from cauce.model.missing import Missing
from cauce.model.pack import Dictionary
from cauce.pipeline.packs import read_dictionary

HERE = Path(__file__).parent
ROWS = list(csv.DictReader((HERE / "outcomes.csv").read_text("utf-8").splitlines()))
COLUMNS = [name for name in ROWS[0] if name not in ("rule", "answer", "because")]


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_dictionary(Path("packs/region"))[0]


def person(row: dict[str, str], dictionary: Dictionary) -> str:
    """One respondent as a relation: "v:X" the value, "w:X" the reason there is none."""
    columns = ['2024 AS "g:PERIOD_YEAR"', f'{row["WEIGHT"]} AS "g:WEIGHT"']
    for name in COLUMNS[:-1]:
        told = row[name]
        kind = {"number": "DOUBLE", "code": "VARCHAR"}[dictionary.variables[name].kind]
        value = "NULL" if told in ("", "?") else f"'{told}'"
        why = {"": int(Missing.NOT_APPLICABLE), "?": int(Missing.NOT_STATED)}.get(told, "NULL")
        columns += [f'CAST({value} AS {kind}) AS "v:{name}"', f'{why} AS "w:{name}"']
    return "SELECT " + ", ".join(columns)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['answer']}")
def test_a_rule_answers_as_the_table_says(row: dict[str, str], dictionary: Dictionary) -> None:
    asked = judgement(dictionary.rules[row["rule"]])
    parts = {"pass": asked.passes, "fail": asked.fails, "cannot tell": asked.unknown}
    relation = person(row, dictionary)
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE judged AS {relation}")
        rows = {name: engine.table("judged").filter(sql).fetchall() for name, sql in parts.items()}
    found = [name for name, kept in rows.items() if kept]
    assert found == ([] if row["answer"] == "not asked" else [row["answer"]])


def test_every_rule_whose_variables_the_table_has_is_in_it(dictionary: Dictionary) -> None:
    known = {*COLUMNS, *GIVEN} - {"WEIGHT_TO_MEAN", "PSUS_OF_STRATUM", "STRATA_OF_PSU"}
    can = {name for name, one in dictionary.rules.items() if set(names_of(one)) <= known}
    assert can == {row["rule"] for row in ROWS}

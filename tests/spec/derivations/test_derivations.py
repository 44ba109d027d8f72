"""The region's rules, case by case, in tables a statistician can read: see README.md beside."""

import csv
from pathlib import Path
from typing import Any

import pytest

from cauce.harmonise import compile_recipe, source_columns
from cauce.microdata.engine import engine
from cauce.model.missing import Missing
from cauce.model.pack import Pack
from cauce.model.recipe import Recipe
from cauce.pipeline.packs import read_dictionary, read_pack
from cauce.sources import Limits, stage

HERE = Path(__file__).parent
REGION = HERE.parents[2] / "packs" / "region"
HEAD = """
[survey]
id = "SPEC"
area = "XAA"
name = { en = "s", es = "s" }
vintage = "2020"
population = { en = "p", es = "p" }
licence = "l"
source = "s"
invented = true
[[wave]]
period = "2020"
file = "cases.csv"
format = "csv"
[design]
stratum = { none = "x" }
psu = { none = "x" }
weight = "one"
fpc = { none = "x" }
replicates = { none = "x" }
psu_scope = "survey"
[rules]
reliability = "ilo"
dominance = { n = 2, k = 85, ground = "g" }
[[rules.min_respondents]]
from = 2020-01-01
value = 5
ground = "g"
[[table]]
id = "T"
name = { en = "t", es = "t" }
indicators = ["EVERYONE"]
[indicator.EVERYONE]
name = { en = "e", es = "e" }
definition = { en = "e", es = "e" }
estimator = "total"
universe = "TRUE"
numerator = "1"
unit = "PERSONS"
"""
NOT_ASKED = '"" = { missing = "not_applicable" }\n"?" = { missing = "not_stated" }\n'
TABLES = sorted(path.stem for path in HERE.glob("*.csv"))


def cases(table: str) -> list[dict[str, str]]:
    text = (HERE / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("table", TABLES)
def test_the_rules_make_of_the_answers_what_the_table_says(table: str, tmp_path: Path) -> None:
    rows = cases(table)
    answers = [name for name in rows[0] if name.isupper() and not name.startswith("=")]
    expected = [name[1:] for name in rows[0] if name.startswith("=")]
    pack = pack_of(answers, expected, tmp_path)
    write(rows, answers, tmp_path / "cases.csv")
    made = harmonised(pack, expected, tmp_path / "cases.csv")
    wrong = [
        f"{row['case']}: {name} is {found}, not {row['=' + name]}; {row['why']}"
        for row, one in zip(rows, made, strict=True)
        for name, found in one.items()
        if row[f"={name}"] and found != row[f"={name}"]
    ]
    assert not wrong, "\n".join(wrong)


def test_every_variable_with_a_rule_is_in_a_table() -> None:
    ruled = {v.id for v in read_dictionary(REGION)[0].variables.values() if v.derive}
    shown = {name[1:] for table in TABLES for name in cases(table)[0] if name.startswith("=")}
    assert ruled == shown


def test_every_rule_is_told_in_words_and_has_a_test_of_missing_answers() -> None:
    variables = read_dictionary(REGION)[0].variables.values()
    plain = {"AGE_BAND", "AGE_5YR", "AGE_YTH"}  # their names say their rule
    assert [v.id for v in variables if v.derive and v.rule is None and v.id not in plain] == []
    for table in TABLES:
        values = {value for row in cases(table) for value in row.values()}
        assert {"?", "NA"} <= values, table


def pack_of(answers: list[str], expected: list[str], folder: Path) -> Pack:
    variables = read_dictionary(REGION)[0].variables
    lists = read_dictionary(REGION)[0].codelists
    parts = []
    for name in answers:
        kind = variables[name].kind
        if kind == "number":
            parts.append(f'[number.{name}]\nfrom = "{name}"\n{NOT_ASKED}')
        else:
            codes = lists[variables[name].codelist].codes if kind == "code" else ()
            pairs = {c.id: c.id for c in codes} or {"yes": "true", "no": "false"}
            lines = "".join(f'"{code}" = "{target}"\n' for code, target in pairs.items())
            parts.append(f'[recode.{name}]\nfrom = "{name}"\n{lines}{NOT_ASKED}')
    parts += [
        f'[[consistent]]\nexpr = "{name} IS NULL OR {name} IS NOT NULL"\nsays = "It is made."\n'
        for name in expected
    ]
    (folder / "pack.toml").write_text(HEAD + "\n".join(parts), encoding="utf-8")
    return read_pack(folder, REGION)


def write(rows: list[dict[str, str]], answers: list[str], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["one", *answers])
        writer.writerows([1, *(row[name] for name in answers)] for row in rows)


def harmonised(pack: Pack, names: list[str], file: Path) -> list[dict[str, str]]:
    """What the rules make of each row, written as the tables write it."""
    with stage(file, pack.waves[0], source_columns(pack), Limits()) as staged:
        recipe = compile_recipe(pack, staged.columns)
        with engine(staged.path) as connection:
            return [dict(zip(names, row, strict=True)) for row in values(connection, recipe, names)]


def values(connection: Any, recipe: Recipe, names: list[str]) -> list[list[str]]:
    wanted = ", ".join(f'"v:{name}", "w:{name}"' for name in names)
    query = f"{recipe.with_sql} SELECT {wanted} FROM harmonised"  # noqa: S608 - names of variables
    found = connection.execute(query).fetchall()
    return [[told(*row[at : at + 2]) for at in range(0, len(row), 2)] for row in found]


def told(value: object, reason: int | None) -> str:
    if value is None:
        return "NA" if reason == Missing.NOT_APPLICABLE else "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)

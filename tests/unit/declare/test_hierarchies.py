"""Which code stands above which: declared beside the lists, followed to the top."""

from pathlib import Path

import duckdb
import pytest

from cauce.declare.codelists import read_codelists
from cauce.declare.hierarchies import standing_above
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.pipeline.packs import read_dictionary

ROOT = Path(__file__).parents[3] / "packs"
UPPER = "# CL_UP|Up|Arriba|us [I]\ncode,en,es\nA,A,A\nB,B,B\n"
LOWER = "# CL_LOW|Low|Abajo|us [I]\ncode,en,es\n1,One,Uno\n2,Two,Dos\n11,Eleven,Once\n"
HEAD = "# CL_LOW|CL_UP|us\ncode,parent\n"


def read(said: str, *more: str) -> dict[str, Codelist]:
    hierarchies = {f"hierarchies/{at}.csv": text for at, text in enumerate((said, *more))}
    return read_codelists({"up.csv": UPPER, "low.csv": LOWER, **hierarchies})


def refused(said: str, *more: str) -> str:
    with pytest.raises(BadInput) as caught:
        read(said, *more)
    return str(caught.value)


def test_a_code_stands_under_one_of_its_list_or_of_the_list_above() -> None:
    lists = read(HEAD + "1,A\n11,1\n")
    low = lists["CL_LOW"]
    assert [code.parent for code in low.codes] == ["A", "", "1"]
    assert [code.id for code in standing_above(low.codes[2:], low, lists)] == ["A", "1"]
    assert [code.id for code in standing_above(low.codes, low, lists)] == ["A"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("", "line 1: the first line must be # LIST|LIST ABOVE|source."),
        ("# CL_LOW|CL_PU|us\n", "line 1: there is no code list CL_PU. Did you mean CL_UP?"),
        ("# CL_LOW|CL_UP|us\ncode\n", "line 2: the second line must be code,parent."),
        (HEAD + "1\n", "line 3: a line must have a code and the code above it."),
        (HEAD + "1,A\n1,B\n", "line 4: code 1 stands twice."),
        (HEAD + "3,A\n", "line 3: 3 must be a code of CL_LOW, and A another one of it or one of"),
        (HEAD + "1,C\n", "line 3: 1 must be a code of CL_LOW"),
        (HEAD + "1,1\n", "line 3: 1 must be a code of CL_LOW"),
        (HEAD + "1,2\n2,1\n", "CL_LOW: 1 stands above itself."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(said: str, message: str) -> None:
    assert message in refused(said)


def test_lists_that_stand_above_each_other_make_a_circle() -> None:
    assert "stands above itself" in refused(HEAD + "1,A\n", "# CL_UP|CL_LOW|us\ncode,parent\nA,1\n")


def answer(rule: str, variable: str, code: str) -> str | None:
    """What a rule of the dictionary makes of a code."""
    asked = duckdb.values([code]).select(duckdb.ColumnExpression("col0").alias(variable))
    [(given,)] = asked.project(rule).fetchall()
    return given


@pytest.mark.parametrize(
    ("lower", "codelist"),
    [
        ("OC2", "CL_OC2"),
        ("EC2", "CL_EC2"),
        ("ECO_SECTION", "CL_ECO_SECTION"),
        ("ISCED", "CL_ISCED"),
        ("STE", "CL_STE"),
    ],
)
def test_the_hierarchy_is_the_one_the_dictionary_derives_by(lower: str, codelist: str) -> None:
    """The rule of the variable above, run on every code, gives the code declared above it."""
    found, _ = read_dictionary(ROOT / "region")
    [upper] = [
        each
        for each in found.variables.values()
        if each.codelist == found.codelists[codelist].above
        and each.derive
        and not each.stands_for
        and f" {lower} " in f" {each.derive[0].replace('(', ' ').replace(',', ' ')} "
    ]
    for code in found.codelists[codelist].codes:
        rule = upper.derive[0].replace("NOT_STATED", "NULL")
        given = answer(rule, lower, code.id)
        assert (given or "") == code.parent, code.id


def test_every_country_of_the_uns_table_stands_under_its_region() -> None:
    found, _ = read_dictionary(ROOT / "region")
    lists, [guatemala] = (
        found.codelists,
        [code for code in found.codelists["CL_COUNTRY"].codes if code.id == "GTM"],
    )
    line = standing_above([guatemala], lists["CL_COUNTRY"], lists)
    assert [code.name.en for code in line] == [
        "World",
        "Latin America and the Caribbean",
        "Central America",
    ]
    assert sum(bool(code.parent) for code in lists["CL_COUNTRY"].codes) == 234

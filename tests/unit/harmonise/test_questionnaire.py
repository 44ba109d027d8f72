"""The shape of the tables for the ILO, as declared."""

import pytest

from cauce.harmonise.questionnaire import parse_questionnaire
from cauce.model.codelist import Code, Codelist
from cauce.model.errors import BadInput
from cauce.model.indicator import Indicator
from cauce.model.pack import Dictionary
from cauce.model.reply import Instead
from cauce.model.text import Text

SEXES = Codelist(
    "CL_SEX",
    Text("Sex", "Sexo"),
    (Code("M", Text("Men", "Hombres")), Code("F", Text("Women", "Mujeres"))),
)
POP = Indicator(
    "POP", Text("People", "Personas"), Text("All.", "Todas."), "total", "", "1", "", "PERSONS",
    1.0, 0, "",
)  # fmt: skip
DICTIONARY = Dictionary({}, {"CL_SEX": SEXES}, {"POP": POP})
GOOD = """
[questionnaire]
name = { en = "Tables", es = "Cuadros" }
about = { en = "Ours.", es = "Nuestros." }
[units]
PERSONS = { en = "Persons", es = "Personas" }
[axis.SEX]
name = { en = "Sex", es = "Sexo" }
variables = ["SEX"]
codelist = "CL_SEX"
shown = { _T = "SEX_T", M = "SEX_M" }
[axis.MIG]
name = { en = "Migrants", es = "Migrantes" }
variables = ["CBR"]
codelist = "CL_SEX"
only = ["_T"]
[table.MST_A]
title = { en = "A", es = "A" }
indicator = "POP"
unit = "PERSONS"
rows = ["SEX"]
columns = ["MIG"]
instead = { SEX = ["CBR", "FRG"] }
note = { en = "Note.", es = "Nota." }
"""


def test_a_table_says_its_axes_its_unit_and_what_its_total_is() -> None:
    shape = parse_questionnaire({"a.toml": GOOD}, DICTIONARY)
    table = shape.tables["MST_A"]
    assert (table.rows, table.columns) == (("SEX",), ("MIG",))
    assert table.instead == Instead("SEX", "CBR", "FRG")
    assert table.note == Text("Note.", "Nota.")
    assert shape.units["PERSONS"] == Text("Persons", "Personas")
    assert shape.about == Text("Ours.", "Nuestros.")


def test_codes_are_shown_as_declared_or_as_releases_have_them() -> None:
    axes = parse_questionnaire({"a.toml": GOOD}, DICTIONARY).axes
    assert [code.shown for code in axes["SEX"].codes] == [
        "SEX_T",
        "SEX_M",
        "F",
        "_U",
        "_X",
        "_N",
        "_Z",
    ]
    assert axes["SEX"].additive
    assert [code.id for code in axes["MIG"].codes] == ["_T"]
    assert not axes["MIG"].additive


def test_what_registers_count_needs_no_entry_in_the_catalogue() -> None:
    text = GOOD.replace('indicator = "POP"', 'indicator = "MFL_B"\nsource = "register"')
    shape = parse_questionnaire({"a.toml": text}, DICTIONARY)
    assert shape.tables["MST_A"].decimals == 0


def test_a_shape_may_stand_in_several_files() -> None:
    at = GOOD.index("[table")
    shape = parse_questionnaire({"a.toml": GOOD[:at], "b.toml": GOOD[at:]}, DICTIONARY)
    assert list(shape.tables) == ["MST_A"]


def test_a_table_whose_total_is_its_own_needs_no_other() -> None:
    text = GOOD.replace('instead = { SEX = ["CBR", "FRG"] }', "")
    assert parse_questionnaire({"a.toml": text}, DICTIONARY).tables["MST_A"].instead is None


def test_a_shape_without_words_of_its_own_is_still_one() -> None:
    text = GOOD[GOOD.index("[units]") :]
    assert parse_questionnaire({"a.toml": text}, DICTIONARY).name == Text("—", "—")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('codelist = "CL_SEX"\nshown', 'codelist = "CL_SXE"\nshown', "no code list CL_SXE"),
        ('M = "SEX_M" }', 'W = "SEX_W" }', "CL_SEX has no code W"),
        ('M = "SEX_M" }', 'M = "SEX_T" }', "SEX_T is shown for two codes"),
        ('M = "SEX_M" }', 'M = "SEX.M" }', "SEX.M holds '.'"),
        ('rows = ["SEX"]', 'rows = ["SXE"]', "no axis SXE. Did you mean SEX?"),
        ('unit = "PERSONS"', 'unit = "PEOPLE"', "[units] has no words for PEOPLE"),
        ('unit = "PERSONS"', 'unit = "PEOPLE"', "POP is in PERSONS, and the table in PEOPLE"),
        ('indicator = "POP"', 'indicator = "PPO"', "no indicator PPO. Did you mean POP?"),
        ('["CBR", "FRG"]', '["CBR"]', "instead = { AXIS"),
        ("instead = { SEX", "instead = { AGE", "instead = { AXIS"),
        ("[questionnaire]", "[questionnaire", "not written as TOML"),
    ],
)
def test_a_wrong_shape_is_told_with_its_place(old: str, new: str, word: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput, match=r"a\.toml") as told:
        parse_questionnaire({"a.toml": GOOD.replace(old, new, 1)}, DICTIONARY)
    assert word in str(told.value)

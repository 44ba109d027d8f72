"""What a pack asks of the catalogue becomes tables; what it cannot give is said, never guessed."""

import pytest

from cauce.harmonise import availability, parse_dictionary, parse_pack
from cauce.model.errors import BadInput

from .conftest import PACK, REGION, changed

THEME = """
[theme.WORK]
number = "B1"
name = { en = "Work", es = "Trabajo" }

[indicator.EMP]
name = { en = "Employment", es = "Ocupación" }
definition = { en = "d", es = "d" }
estimator = "total"
universe = "TRUE"
numerator = "STATUS = 'EMP'"
unit = "PERSONS"
icls = "13"
age = "Y_GE15"
tables = [["SEX"], ["SEX", "PLACE"], ["PLACE"]]

[indicator.OUT]
name = { en = "Outside", es = "Fuera" }
definition = { en = "d", es = "d" }
estimator = "total"
universe = "TRUE"
numerator = "STATUS = 'EIP'"
unit = "PERSONS"
icls = "13"
age = "Y_GE15"
tables = [["SEX", "PLACE"]]

[indicator.EMP_19]
name = { en = "Employment", es = "Ocupación" }
definition = { en = "d", es = "d" }
estimator = "rate"
universe = "TRUE"
numerator = "STATUS = 'EMP'"
unit = "PT"
scale = 100
icls = "19"
tables = [["SEX", "PLACE"], []]

[indicator.YOUTH]
name = { en = "Youth", es = "Jóvenes" }
definition = { en = "d", es = "d" }
estimator = "rate"
universe = "YOUNG"
numerator = "STATUS = 'EMP'"
unit = "PT"
scale = 100
icls = "13"
age = "Y15T24"
tables = [["SEX"]]

[indicator.BORN]
name = { en = "Born abroad", es = "Nacidos fuera" }
definition = { en = "d", es = "d" }
estimator = "rate"
universe = "TRUE"
numerator = "ABROAD"
unit = "PT"
scale = 100
criterion = "birth"
tables = [["SEX"]]

[indicator.SEASONAL]
name = { en = "Seasonal", es = "Desestacionalizado" }
definition = { en = "d", es = "d" }
because = { en = "No method.", es = "Sin método." }
unit = "PT"

[indicator.PERMITS]
name = { en = "Permits", es = "Permisos" }
definition = { en = "d", es = "d" }
source = "register"
unit = "PERMITS"

[breakdown.EMP_BY_LOST]
name = { en = "Employment by what is lost", es = "Ocupación según lo perdido" }
indicator = "EMP"
tables = [["SEX", "LOST"], ["LOST", "PLACE", "NOWHERE"]]
ilostat = "EMP_BY_LOST"

[breakdown.EMP_BY_SEX]
name = { en = "Employment by sex", es = "Ocupación según sexo" }
indicator = "EMP"
tables = [["SEX"]]
"""
EMPLOYED = "\"STATUS = 'EMP'\""
OF_EMP = 'indicator = "EMP"\ntables = [["SEX", "LOST"]'
BY_BIRTH = 'criterion = "birth"\ntables = [["SEX"]]'
MORE = """
[variable.PLACE]
name = { en = "Place", es = "Lugar" }
kind = "code"
codelist = "CL_NONE"

[variable.LOST]
name = { en = "Lost", es = "Perdido" }
kind = "code"
codelist = "CL_SEX"

[variable.NOWHERE]
name = { en = "Nowhere", es = "Ninguna parte" }
kind = "code"
codelist = "CL_SEX"

[variable.ABROAD]
name = { en = "Abroad", es = "Fuera" }
kind = "flag"

[variable.BIRTH]
name = { en = "Birth", es = "Nacimiento" }
kind = "code"
codelist = "CL_SEX"
criterion = "birth"

[variable.CITIZEN]
name = { en = "Citizenship", es = "Ciudadanía" }
kind = "code"
codelist = "CL_SEX"
criterion = "citizenship"
"""
OWN = """
[codelist.CL_OWN]
name = { en = "Own", es = "Propio" }
codes = [{ id = "N", en = "North", es = "Norte" }]

[variable.PLACE_XAA]
name = { en = "Province", es = "Provincia" }
kind = "code"
codelist = "CL_OWN"
stands_for = "PLACE"

[recode.PLACE_XAA]
from = "p7"
"1" = "N"

[recode.ABROAD]
from = "p8"
"1" = "true"

[rules]"""
FILES = REGION | {
    "indicators/work.toml": THEME,
    "more.toml": MORE,
    "codelists/CL_NONE.csv": "# CL_NONE|None|Ninguno|each its own\ncode,en,es\n",
}


def read(asked: str, *changes: tuple[str, str]):
    text = changed(PACK, ("[rules]", OWN), *changes)
    return parse_pack({"pack.toml": f"catalogue = {asked}\n{text}"}, parse_dictionary(FILES))


def refused(asked: str, *changes: tuple[str, str]) -> str:
    with pytest.raises(BadInput) as caught:
        read(asked, *changes)
    return str(caught.value)


def test_all_makes_a_table_for_each_theme_and_set_of_dimensions_of_what_is_alike() -> None:
    found = {table.id: table for table in read('"all"').tables[1:]}
    assert {name: one.indicators for name, one in found.items()} == {
        "WORK_SEX_PLACE": ("EMP", "OUT"),
        "WORK_SEX_PLACE_ICLS19": ("EMP_19",),
        "WORK_SEX_Y15T24": ("YOUTH",),
        "WORK_SEX_BY_BIRTH": ("BORN",),
    }
    assert found["WORK_SEX_PLACE"].dimensions == ("SEX", "PLACE_XAA")
    assert found["WORK_SEX_PLACE_ICLS19"].name.en == "Work by sex and province (19th ICLS)"
    assert found["WORK_SEX_PLACE_ICLS19"].name.es == "Trabajo según sexo y provincia (19.ª CIET)"
    assert found["WORK_SEX_Y15T24"].name.en == "Work by sex (aged 15–24)"


def test_a_table_that_is_the_margin_of_another_is_not_made_twice() -> None:
    """EMP by SEX and by PLACE stand in SEX x PLACE; the total of EMP_19 in its own table."""
    dimensions = [table.dimensions for table in read('["EMP", "EMP_19"]').tables[1:]]
    assert dimensions == [("SEX", "PLACE_XAA"), ("SEX", "PLACE_XAA")]


def test_a_list_names_codes_and_themes() -> None:
    (table,) = read('["EMP_BY_SEX"]').tables[1:]
    assert (table.id, table.indicators) == ("WORK_SEX", ("EMP",))
    assert len(read('["WORK"]').tables) == len(read('"all"').tables)


def test_a_table_without_dimensions_is_called_so() -> None:
    text = THEME.replace('tables = [["SEX", "PLACE"], []]', "tables = [[]]")
    dictionary = parse_dictionary(FILES | {"indicators/work.toml": text})
    found = parse_pack({"pack.toml": 'catalogue = ["EMP_19"]\n' + PACK}, dictionary)
    assert found.tables[1].id == "WORK_TOTAL_ICLS19"
    assert found.tables[1].name.en == "Work (19th ICLS)"


def test_what_is_asked_for_and_not_there_is_named() -> None:
    assert "the catalogue has no EMPP. Did you mean EMP?" in refused('["EMPP"]')
    said = refused('["EMP_BY_LOST", "SEASONAL"]')
    assert "EMP_BY_LOST is not available. The survey does not give: Lost." in said
    assert "SEASONAL is not available. No method." in said
    assert "not one of" in refused('"some"')


def test_every_entry_is_available_or_says_why_in_both_languages() -> None:
    found = {one.id: one for one in availability(read("[]"))}
    assert found["EMP"].why is None
    assert found["EMP"].tables == (("SEX",), ("SEX", "PLACE_XAA"), ("PLACE_XAA",))
    assert found["EMP_BY_LOST"].lacking == ("LOST",)
    assert found["EMP_BY_LOST"].why.es == "La encuesta no da: Perdido."
    assert found["SEASONAL"].why.es == "Sin método."
    assert "register" in found["PERMITS"].why.en
    assert "POP" not in found  # the file of POP has no theme


def test_an_indicator_lacks_the_variables_of_its_expressions() -> None:
    found = {one.id: one for one in availability(read("[]", ('from = "p8"', 'from = "p9"')))}
    assert found["BORN"].why is None
    text = PACK.replace("[rules]", OWN.replace("[recode.ABROAD]", "[recode.YOUNG]"))
    pack = parse_pack({"pack.toml": text}, parse_dictionary(FILES))
    lost = {one.id: one for one in availability(pack)}["BORN"]
    assert (lost.lacking, lost.why.en) == (("ABROAD",), "The survey does not give: Abroad.")


def test_many_missing_variables_are_counted() -> None:
    names = [f"V{number}" for number in range(8)]
    variables = "".join(
        f'[variable.{n}]\nname = {{ en = "{n}", es = "{n}" }}\nkind = "flag"\n' for n in names
    )
    text = THEME.replace('numerator = "ABROAD"', f'numerator = "{" AND ".join(names)}"')
    dictionary = parse_dictionary(
        FILES | {"more.toml": MORE + variables, "indicators/work.toml": text}
    )
    found = {one.id: one for one in availability(parse_pack({"pack.toml": PACK}, dictionary))}
    assert found["BORN"].why.en == "The survey does not give: V0; V1; V2; V3; V4; V5 and 2 more."


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (OF_EMP, OF_EMP.replace("EMP", "EPM", 1), "Did you mean EMP?"),
        ("[breakdown.EMP_BY_SEX]", "[breakdown.EMP]", "an indicator as well"),
        ('tables = [["SEX", "LOST"], ', 'tables = [["SEXO", "LOST"], ', "Did you mean SEX?"),
        ('tables = [["SEX", "LOST"], ', 'tables = [["AGE"], ', "AGE is no coded variable"),
        (EMPLOYED, "\"STATUS = 'EPM'\"", "STATUS has no code 'EPM'. Did you mean EMP?"),
        (EMPLOYED, "\"STATUS IN ('EMP', 'X')\"", "no code 'X'"),
        (EMPLOYED, "\"coalesce(STATUS, 'EMP') <> 'Y'\"", "no code 'Y'"),
        ('unit = "PERSONS"', 'unit = "PT"', "a total is not in PT"),
        ('unit = "PERSONS"', 'unit = "HEADS"', "HEADS is no unit we know"),
        ('scale = 100\nicls = "19"', 'icls = "19"', "in percent the scale is 100"),
        (BY_BIRTH, BY_BIRTH.replace("SEX", "CITIZEN"), "Never mix the two"),
    ],
)
def test_the_catalogue_is_checked_as_it_is_read(old: str, new: str, word: str) -> None:
    assert old in THEME
    with pytest.raises(BadInput) as caught:
        parse_dictionary(FILES | {"indicators/work.toml": THEME.replace(old, new, 1)})
    assert word in str(caught.value)


def test_what_cannot_be_computed_stands_in_no_table() -> None:
    by_hand = 'indicators = ["POP",', 'indicators = ["POP", "SEASONAL",'
    assert "SEASONAL cannot be computed: No method." in refused("[]", by_hand)


def test_an_indicator_stands_once() -> None:
    with pytest.raises(BadInput, match="indicator EMP is declared twice"):
        parse_dictionary(FILES | {"indicators/again.toml": THEME.split("[indicator.OUT]")[0]})


def test_a_breakdown_stands_once() -> None:
    twice = '[breakdown.EMP_BY_SEX]\nname = { en = "a", es = "b" }\nindicator = "EMP"\n'
    with pytest.raises(BadInput, match="breakdown EMP_BY_SEX is declared twice"):
        parse_dictionary(FILES | {"twice.toml": twice})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('derive = "SXE = 1"', "Did you mean SEX?"),
        ('derive = "AGE"', "gives number; X is a code"),
        ("derive = \"CASE WHEN AGE > 1 THEN 'Q' ELSE NOT_STATED END\"", "X has no code 'Q'"),
        ('stands_for = "AGE"', "X stands for AGE, which is no such variable"),
        ('stands_for = "SXE"', "Did you mean SEX?"),
    ],
)
def test_a_variable_is_checked_as_it_is_read(text: str, word: str) -> None:
    variable = '[variable.X]\nname = { en = "a", es = "b" }\nkind = "code"\ncodelist = "CL_SEX"\n'
    with pytest.raises(BadInput) as caught:
        parse_dictionary(FILES | {"x.toml": variable + text})
    assert word in str(caught.value)


def test_codes_of_a_list_that_is_missing_are_not_told_as_well() -> None:
    variable = '[variable.X]\nname = { en = "a", es = "b" }\nkind = "code"\ncodelist = "CL_Q"\n'
    with pytest.raises(BadInput, match="1 thing is wrong"):
        parse_dictionary(FILES | {"x.toml": variable + "derive = \"left('Q', 1)\""})

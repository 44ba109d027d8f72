"""A new pack proposes what its columns could be, and says what it is unsure of."""

import tomllib

import pytest

from cauce.sources import CodeSeen, ColumnSeen, Inspection, skeleton
from cauce.sources.code_systems import numeric_of, shares
from cauce.sources.recognise import recognise


def column(name, label, codes=None, labelled=True, kind="integer", distinct=0, systems=None):
    seen = tuple(CodeSeen(code, 50, label) for code, label in (codes or {}).items())
    return ColumnSeen(
        name=name,
        kind=kind,
        label=label,
        filled=100,
        distinct=distinct or len(seen),
        codes=seen,
        value_labels=dict(codes or {}) if labelled else {},
        systems=systems or {},
    )


SEXO = column("p3", "Sexo", {"1": "Hombre", "2": "Mujer"})


def pack_of(*columns, area="CRI", rows=100):
    seen = Inspection("a.sav", "ab" * 32, 10, "", "sav", None, rows, columns, {})
    text = skeleton(seen, area, "LFS", "2026")
    return text, tomllib.loads(text)


def test_a_column_whose_label_and_codes_all_speak_is_written_without_a_doubt() -> None:
    text, pack = pack_of(SEXO)
    assert pack["recode"] == {"SEX": {"from": "p3", "1": "M", "2": "F"}}
    assert "Unsure" not in text


def test_reasons_for_no_answer_are_recognised_beside_the_codes() -> None:
    codes = {"1": "Ocupado", "2": "Desocupado", "3": "Inactivo", "8": "No sabe", "9": "Ignorado"}
    _, pack = pack_of(column("cond", "Condición de actividad", codes))
    assert pack["recode"]["STATUS"] == {
        "from": "cond",
        "1": "EMP",
        "2": "UNE",
        "3": "EIP",
        "8": {"missing": "dont_know"},
        "9": {"missing": "not_stated"},
    }


def test_unemployed_is_not_taken_for_employed() -> None:
    codes = {"1": "Employed", "2": "Unemployed", "3": "Outside the labour force"}
    _, pack = pack_of(column("lfs", "Labour force status", codes))
    assert pack["recode"]["STATUS"] == {"from": "lfs", "1": "EMP", "2": "UNE", "3": "EIP"}


def test_a_code_of_unknown_meaning_makes_the_proposal_a_comment() -> None:
    codes = {"1": "Urbana", "2": "Rural", "3": "Dispersa"}
    text, pack = pack_of(column("zona", "Zona", codes))
    assert "recode" not in pack
    assert "# Unsure: nothing is known of 3." in text
    assert '# "3" = "?"   # Dispersa (50)' in text


def test_codes_without_labels_are_proposed_only_where_they_are_few() -> None:
    text, _ = pack_of(column("sexo", "", {"1": "", "2": ""}, labelled=False))
    assert "# Unsure: the file does not say what its codes mean." in text
    deciles = {str(number): "" for number in range(1, 11)}
    assert recognise([column("d", "decil por zona", deciles, labelled=False)]) == {}


def test_of_two_columns_of_sex_the_second_is_a_comment_that_names_the_first() -> None:
    head = column("sexoj", "Sexo del jefe", {"1": "Hombre", "2": "Mujer"})
    text, pack = pack_of(head, SEXO)
    assert pack["recode"]["SEX"]["from"] == "sexoj"
    assert "# Unsure: column sexoj looks like SEX too." in text


def test_the_country_of_birth_is_proposed_from_its_iso_codes_and_never_sure() -> None:
    born = column("lugnac", "País de nacimiento", systems={"ISO 3166-1 numeric": 0.98})
    text, pack = pack_of(born, rows=300)
    assert "derive" not in pack
    assert "ISO 3166-1 numeric knows the codes of 98.0% of respondents." in text
    assert "2.0% of respondents have a code it does not know" in text
    assert "200 of 300 have none" in text
    assert "WHEN lugnac = 188 THEN 'NAT'" in text


@pytest.mark.parametrize(
    ("area", "kind", "name", "wanted"),
    [
        ("GTM", "integer", "nac", "nac = 320"),
        ("GTM", "text", "nac", "nac = '320'"),
        ("XCA", "integer", "nac", "nac = ?"),
        ("GTM", "integer", "pais nac", r"\"pais nac\" = 320"),
    ],
)
def test_citizenship_is_told_by_the_code_of_the_country(area, kind, name, wanted) -> None:
    cit = column(name, "Nacionalidad", kind=kind, systems={"ISO 3166-1 numeric": 1.0})
    text, _ = pack_of(cit, area=area)
    assert wanted in text
    assert "THEN 'CIT' ELSE 'NNC' END" in text


def test_three_letters_are_compared_as_they_are() -> None:
    cit = column("c", "citizenship", kind="text", systems={"ISO 3166-1 alpha-3": 1.0})
    assert "c = 'GTM'" in pack_of(cit, area="GTM")[0]


def test_occupation_and_industry_ask_for_a_table() -> None:
    occupation = column("c9", "Ocupación CIUO-08", distinct=352, systems={"ISCO-08": 1.0})
    industry = column("c8", "Rama de actividad", distinct=300, systems={"ISIC Rev.4": 1.0})
    text, _ = pack_of(occupation, industry)
    assert '# table = "ocu.csv"' in text
    assert '# table = "eco.csv"' in text


def test_age_is_a_number_whose_codes_for_no_answer_a_person_must_name() -> None:
    text, pack = pack_of(column("p4", "Edad en años cumplidos", distinct=98))
    assert "number" not in pack
    assert "# [number.AGE]" in text


def test_a_column_that_cannot_be_read_is_not_recognised() -> None:
    broken = ColumnSeen("sexo", "text", "Sexo", 0, 0, (), {}, "unreadable")
    assert recognise([broken]) == {}


def test_a_classification_is_told_by_the_share_of_respondents_whose_code_it_knows() -> None:
    assert shares({"0110": 3, "2512": 6, "9999": 1})["ISCO-08"] == pytest.approx(0.9)
    assert shares({"111": 1})["ISIC Rev.4"] == 1.0
    assert shares({"": 0}) == {}
    assert shares({str(code): 1 for code in range(3000)}) == {}
    assert "ISCO-08" not in shares({"x": 4, "1": 2})


def test_a_country_has_a_number_unless_it_is_invented() -> None:
    assert numeric_of("BLZ") == "84"
    assert numeric_of("XCA") == ""

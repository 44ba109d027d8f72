"""Unlike figures never share a table, and waves of unlike periods no series."""

import pytest

from cauce.harmonise.likeness import period_kind

BOTH = """
[variable.STATUS_19]
name = { en = "Status, 19th", es = "Condición, 19.ª" }
kind = "code"
codelist = "CL_STATUS"
icls = "19"

[variable.ORIGIN]
name = { en = "Origin", es = "Origen" }
kind = "code"
codelist = "CL_SEX"
criterion = "citizenship"

[recode.ORIGIN]
from = "p5"
"1" = "M"

[indicator.OLD]
name = { en = "Old", es = "Viejo" }
definition = { en = "d", es = "d" }
estimator = "total"
universe = "TRUE"
numerator = "1"
unit = "PERSONS"
icls = "13"
criterion = "birth"
age = "Y_GE15"

[indicator.NEW]
name = { en = "New", es = "Nuevo" }
definition = { en = "d", es = "d" }
estimator = "total"
universe = "TRUE"
numerator = "1"
unit = "PERSONS"
icls = "19"

[rules]"""
TABLE = 'indicators = ["POP", "UNE", "PAY_MEAN", "PAY_PER_YEAR"]'
SECOND = '[[wave]]\nperiod = "{}"\nfile = "q.csv"\nformat = "csv"\n\n[design]'


def both(refusal, indicators: str, *changes: tuple[str, str]) -> str:
    asked = TABLE, f'indicators = ["POP", "UNE", {indicators}]'
    return refusal(("[rules]", BOTH), asked, *changes)


def test_two_standards_are_no_one_series(refusal) -> None:
    said = both(refusal, '"OLD", "NEW"')
    assert "OLD (13)" in said
    assert "NEW (19) are under different ICLS standards: they are no one series" in said


def test_other_ages_and_other_criteria_are_told_too(refusal) -> None:
    younger = 'icls = "19"', 'icls = "13"\nage = "Y15T24"'
    assert "of different ages" in both(refusal, '"OLD", "NEW"', younger)
    other = 'unit = "PERSONS"\nicls = "19"', 'unit = "PERSONS"\ncriterion = "citizenship"'
    assert "told apart in different ways" in both(refusal, '"OLD", "NEW"', other)


def test_migrants_by_birth_are_not_broken_down_by_citizenship(refusal) -> None:
    by = 'dimensions = ["SEX"]', 'dimensions = ["SEX", "ORIGIN"]'
    assert "OLD tells migrants by birth, and ORIGIN by citizenship" in both(refusal, '"OLD"', by)


def test_what_stands_for_a_variable_has_its_criterion(refusal) -> None:
    own = (
        '[recode.ORIGIN]\nfrom = "p5"\n"1" = "M"',
        '[variable.LAND]\nname = { en = "a", es = "b" }\nkind = "code"\ncodelist = "CL_SEX"\n'
        'stands_for = "ORIGIN"\n[recode.LAND]\nfrom = "p5"\n"1" = "M"',
    )
    by = 'dimensions = ["SEX"]', 'dimensions = ["SEX", "LAND"]'
    assert "LAND by citizenship" in both(refusal, '"OLD"', own, by)


def test_an_indicator_without_standard_goes_with_any(pack) -> None:
    found = pack(("[rules]", BOTH), (TABLE, 'indicators = ["POP", "UNE", "OLD"]'))
    assert found.tables[0].indicators == ("POP", "UNE", "OLD")


def test_an_answer_by_one_standard_is_not_recoded_as_the_other(refusal) -> None:
    own = '[recode.STATUS_19]\nfrom = "p6"\n"1" = "EMP"\n\n[rules]'
    said = refusal(("[rules]", BOTH), ("[rules]", own))
    assert "concepts say that the office follows the 13th ICLS" in said
    assert "STATUS_19 is by the 19th" in said


@pytest.mark.parametrize("period", ["2020-Q3", "2020-07", "2020-S1", "2020-T2"])
def test_a_year_is_no_part_of_one(refusal, period: str) -> None:
    said = refusal(("[design]", SECOND.format(period)))
    assert "reference periods of different kinds" in said
    assert period in said


def test_periods_are_told_by_their_length() -> None:
    kinds = [period_kind(p) for p in ("2020", "2020-S1", "2020-T3", "2020-Q4", "2020-12")]
    assert kinds == ["A", "S", "T", "Q", "M"]

"""A national office's file stands in for the UN's, whole and with its source."""

from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.rule import rule_in
from cauce.outlook.people import people_not_producible, projected
from cauce.sources.outlook.national import read_national

HEAD = "quantity,year,sex,age,value,source"
AGES = ("0-4", "5-9", "10+")
CENSUS = [f"population,2020,{sex},{age},100,Census" for sex in "FM" for age in AGES]
RATES = [
    *(
        f"death_rate,{{year}},{sex},{age},0.01,Office"
        for sex in "FM"
        for age in ("0", "1", "5", "10")
    ),
    *(f"birth_rate,{{year}},F,{age},{0.1 if age == '10+' else 0},Office" for age in AGES),
    "boys_per_girl,{year},,,1.05,Office",
    *(f"net_migrants,{{year}},{sex},{age},-1,Office" for sex in "FM" for age in AGES),
]


def rates(year: int) -> list[str]:
    return [line.format(year=year) for line in RATES]


def written(folder: Path, rows: list[str], head: str = HEAD) -> Path:
    path = folder / "national.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return path


def test_a_population_with_all_its_rates_can_be_projected(tmp_path):
    found = read_national(written(tmp_path, [*CENSUS, *rates(2020), *rates(2025)]))
    assert found.population.people.tolist() == [[[100.0] * 3] * 2]
    assert found.sources == ("Census", "Office")
    assert projected(found.population, found.periods).years.tolist() == [2020, 2025, 2030]


def test_a_population_alone_is_taken_and_its_projection_says_what_it_lacks(tmp_path):
    migration = [line for line in rates(2020) if line.startswith("net_migrants")]
    found = read_national(written(tmp_path, [*CENSUS, *migration]))
    assert found.periods == ()
    assert found.given == ("population", "migration")
    missing = people_not_producible(found.given)
    lacking = {rule_in(each.output, "en"): each.because.en for each in missing}
    assert "death rates by sex and age" in lacking["own cohort projection"]
    assert "net migration" not in lacking["own cohort projection"]


def changed(old: str, new: str) -> list[str]:
    return [row for row in (row.replace(old, new) for row in [*CENSUS, *rates(2020)]) if row]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (rates(2020), "population of one year is needed; there are 0"),
        ([*CENSUS, "population,2021,F,0-4,1,Census"], "there are 2"),
        (changed("population,2020,F,5-9,100,Census", ""), "population of 2020 lacks F 5-9"),
        (changed("10+", "10-14"), "no open band"),
        (changed("population,2020,F,5-9,100", "population,2020,F,5-9,-1"), "below 0"),
        (changed("net_migrants,2020,M,5-9", "net_migrants,2020,X,5-9"), "lacks M 5-9"),
        (
            [*CENSUS, *rates(2020), "net_migrants,2020,X,5-9,1,Office"],
            "does not belong there: X 5-9",
        ),
        (
            changed("boys_per_girl,2020,,,", "boys_per_girl,2021,,,"),
            "boys_per_girl is given for other",
        ),
        ([*CENSUS, *rates(2020), "birth_rate,2030,F,0-4,0,Office"], "other years than death_rate"),
        ([*CENSUS, *rates(2021)], "the rates begin in 2021; after the population of 2020"),
        ([*CENSUS, CENSUS[0]], "line 8: the same population stands twice"),
        ([*CENSUS, "people,2020,F,0-4,1,Census"], "'people' is none of population"),
        ([*CENSUS, "population,2020,F,0-4,1, "], "line 8: no source"),
        ([*CENSUS, "population,2020,F,0-4,many,Census"], "no number"),
        ([*CENSUS, "population,2020,F,0-4"], "line 8: not 6 values"),
        (changed("death_rate,2020,F,5,0.01", "death_rate,2020,F,5,nan"), "1 are missing"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_place(tmp_path, rows, message):
    with pytest.raises(BadInput, match=message):
        read_national(written(tmp_path, rows))


def test_another_header_or_other_bytes_are_refused(tmp_path):
    with pytest.raises(BadInput, match="the header has to be quantity,year"):
        read_national(written(tmp_path, CENSUS, head="quantity,year,sex,age,value"))
    path = tmp_path / "national.csv"
    path.unlink()
    with pytest.raises(BadInput, match="There is no national file"):
        read_national(path)
    path.write_bytes(HEAD.encode() + b"\n\xff")
    with pytest.raises(BadInput, match="not a UTF-8 CSV"):
        read_national(path)

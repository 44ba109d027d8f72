"""Supply and replacement come from a population and from what people said, or are not there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cauce.model.rule import rule_in
from cauce.pipeline.outlook.backtest import backtest
from cauce.pipeline.outlook.declared import parse_outlook
from cauce.pipeline.outlook.run import Asked, Done, release_outlook

from .conftest import REGION, published, surveyed, tables
from .people import declared, of_people, population

ENTERING = {"GRADUATES": 3 * 0.8 * 150, "RETURNEES": 3 * 0.5 * 40}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    return published(folder / "store", *tables(), *of_people())


@pytest.fixture(scope="module")
def pack(folder: Path):
    return replace(parse_outlook("xaa", declared()), population=population(folder))


@pytest.fixture(scope="module")
def ran(pack, store):
    known: dict[str, Done] = {}

    def run(scenario: str = "BASELINE", own=None) -> Done:
        if own is not None or scenario not in known:
            used = own or pack
            done = release_outlook(Asked(used, used.scenario(scenario)), store, REGION)
            if own is not None:
                return done
            known[scenario] = done
        return known[scenario]

    return run


def told(done: Done, ending: str, *codes: str) -> np.ndarray:
    """Values of a table whose key holds all these codes, by year."""
    found = next(one for one in done.release.flows if one.dataflow.id.endswith(ending))
    ids = [[code.id for code in one.codes] for one in found.dataflow.dimensions]
    rows = [{ids[d][at] for d, at in enumerate(key)} for key in found.key.tolist()]
    return found.value[[set(codes) <= row for row in rows]]


def lacks(done: Done) -> dict[str, str]:
    return {rule_in(one.output, "en"): one.because.en for one in done.lacking}


def said(done: Done) -> str:
    return " ".join(done.release.notes)


def without(pack, *names: str):
    """The pack without some of its tables and assumptions."""
    wanted = {name: one for name, one in pack.wanted.items() if name not in names}
    assumed = {name: one for name, one in pack.assumptions.items() if name not in names}
    return replace(pack, wanted=wanted, assumptions=assumed)


def test_the_labour_force_is_people_times_their_participation(ran):
    done = ran()
    force, people = (told(done, "_PEOPLE", name, "_T", "M") for name in ("PRJ_LF_NB", "PRJ_WAP_NB"))
    assert force / people == pytest.approx([0.6] * 3, rel=0.02)
    young = told(done, "_PEOPLE", "PRJ_WAP_NB", "Y15T24", "M")
    assert young == pytest.approx([20_000] * 3, rel=0.05)


def test_as_many_work_as_there_will_be_people_for_and_the_outlook_says_so(ran, pack):
    """(1 − u) of the labour force; u goes from 9 % back to its mean of 7 %."""
    done = ran()
    able, force = (told(done, "_BALANCE", name) for name in ("PRJ_LFE_NB", "PRJ_LF_NB"))
    assert able / force == pytest.approx([0.916, 0.920, 0.923], abs=0.02)
    posts = sum(told(done, "_GROUP", "PRJ_EMP_NB", cell) for cell in ("7", "4"))
    assert posts == pytest.approx(able, rel=0.02)
    assert "labour force less unemployment" in said(done)
    own = ran(own=replace(pack, sized=False))
    past = sum(told(own, "_GROUP", "PRJ_EMP_NB", cell) for cell in ("7", "4"))
    trend = told(own, "_BALANCE", "PRJ_TRD_NB")
    assert past == pytest.approx(trend, rel=0.12)
    assert np.abs(past / able - 1).min() > 0.05


def test_who_dies_and_emigrates_is_of_the_population_and_who_stops_work_said_so(ran):
    """Of 60,000 with LEAVING by age, 0.3 : 0.5 : 0.2: 4.2 % leave and 1 % come back."""
    done = ran()
    start = 60_000 * 1.12
    deaths, gone, exits = (
        told(done, "_LEAVING", "7", cause)[0] for cause in ("DEATHS", "EMIGRATION", "EXITS")
    )
    assert deaths == pytest.approx(start * 0.00995, rel=0.03)
    assert gone == pytest.approx(start * 0.99 * 0.01, rel=0.08)
    assert exits == pytest.approx(start * 0.99 * 0.032, rel=0.2)
    assert "outside the labour force now" in said(done)
    changed = told(done, "_GROUP", "PRJ_TRF_NB", "7")[0]
    assert changed == pytest.approx(start * 0.05, rel=0.1)


def test_supply_is_of_who_finishes_school_returns_and_could_do_more(ran):
    done = ran()
    for part, people in ENTERING.items():
        both = told(done, "_COMING", part, "7")[-1] + told(done, "_COMING", part, "4")[-1]
        assert both == pytest.approx(people, rel=0.02)
    # A hundred of 400 young workers of INT are withheld: they are clerks, the only others.
    craft = told(done, "_COMING", "GRADUATES", "7")[-1]
    assert craft == pytest.approx(3 * 0.8 * 75, rel=0.15)
    below = told(done, "_COMING", "MIGRANTS_BELOW", "7")[0]
    assert below == pytest.approx(700 * 2 / 3, rel=0.05)
    assert "15 to 29" in said(done)


def test_education_moves_with_the_cohorts(ran):
    """Two of three have ADV now; of those who come 0.7 do, and a tenth more adults every step."""
    found = told(ran(), "_SCHOOLING", "ADV")
    other = told(ran(), "_SCHOOLING", "INT")
    share = found / (found + other)
    assert (np.diff(share) > 0).all()
    assert 2 / 3 < share[0] < share[-1] < 0.7


def test_a_lever_on_participation_changes_the_people_and_the_posts(ran):
    done, plain = ran("MORE"), ran()
    more = told(done, "_PEOPLE", "PRJ_LF_NB", "_T", "M")
    assert more == pytest.approx(1.1 * told(plain, "_PEOPLE", "PRJ_LF_NB", "_T", "M"), rel=0.01)
    added = sum(told(done, "_GROUP", "PRJ_DIF_NB", cell) for cell in ("7", "4"))
    posts = sum(told(plain, "_GROUP", "PRJ_EMP_NB", cell) for cell in ("7", "4"))
    assert added == pytest.approx(0.1 * posts, rel=0.03)


@pytest.mark.parametrize(
    ("missing", "output", "because"),
    [
        ("participation", "the labour force", "participation by age and sex"),
        ("unemployment", "posts beside the people for them", "three rounds"),
        ("education", "education of adults", "adults by bands of five years"),
        ("entering", "education of adults", "who reach 25"),
        ("left", "replacement", "who stopped working within a year"),
        ("back", "replacement", "who stopped working within a year"),
        ("moved", "gross openings", "who changed occupation"),
        ("skills", "supply: resident migrants below their qualification", "by education"),
        ("returns", "supply: people who return", "returns from abroad"),
        ("activity", "supply: graduates", "with their activity"),
        ("ages", "replacement", "the employed by occupation, sex and age"),
    ],
)  # fmt: skip
def test_what_is_missing_ends_its_output_and_says_what_it_waits_for(
    ran, pack, missing, output, because
):
    found = lacks(ran(own=without(pack, missing)))
    assert because in found[output]


def test_without_a_population_nothing_rests_on_one_and_posts_follow_their_past(ran, pack):
    done = ran(own=replace(pack, population=None))
    found = lacks(done)
    assert "--un" in found["the labour force"]
    assert "its own past instead" in " ".join(found)
    assert "death rates by sex and age" in found["replacement"]
    assert "PRJ_EMP_NB" in [i.id for f in done.release.flows for i in f.dataflow.indicators]


def test_a_population_of_other_years_is_none(ran, pack, folder):
    other = folder / "later.csv"
    text = pack.population.read_text().replace(",2025,", ",2020,").replace(",2030,", ",2025,")
    other.write_text(text)
    found = lacks(ran(own=replace(pack, population=other)))
    assert "covers 2025 to 2025, and 2025 to 2028 is asked" in found["the labour force"]


def test_no_limits_and_no_emigrants_are_said(ran, pack, tmp_path):
    bare = population(tmp_path, limits=False, emigrants=False)
    found = lacks(ran(own=replace(pack, population=bare)))
    assert "80 % limits" in found["population by draws"]
    assert "emigration of workers" in found["replacement"]


def test_the_back_test_tries_what_is_published(pack, store):
    """Where people tell the total, every total of the past is the last one: shares are tried."""
    shares, _ = backtest(pack, store)
    numbers, _ = backtest(replace(pack, sized=False), store)
    tried = [one for one in shares if one.scores]
    assert tried
    assert {one.level for one in tried} == {one.level for one in numbers if one.scores}


def test_cohorts_stand_in_for_what_nobody_said_and_the_outlook_calls_it_indicative(folder):
    """Bands of five years, two rounds five years apart: a fifth of the 20-year-olds has left."""
    years = ("2018", "2019", "2020", "2025")
    ages = {
        (g, a, y): 1000.0 * (0.8 if a == "Y25T29" and y == "2025" else 1.0)
        for g in ("7", "4") for a in ("Y15T19", "Y20T24", "Y25T29", "Y_GE30") for y in years
    }  # fmt: skip
    codes = ["_T", "Y15T19", "Y20T24", "Y25T29", "Y_GE30"]
    living = {(a, y): 5000.0 for a in codes[1:] for y in years}
    fives = (
        *(one for one in tables(years) if one.dataflow.id != "AGES"),
        surveyed("AGES", "EMP_TEMP", {"OCU": ["_T", "7", "4"], "AGE_5YR": codes}, ages),
        surveyed("LIVING", "POP", {"AGE_5YR": codes}, living),
    )
    store = published(folder / "cohorts", *fives)
    own = parse_outlook("xaa", declared().replace('over = ["OCU", "AGE_BAND"]',
                                                  'over = ["OCU", "AGE_5YR"]'))  # fmt: skip
    people = replace(own.wanted["idle"], name="people", flow="LIVING", indicator="POP",
                     over=("AGE_5YR",))  # fmt: skip
    own = replace(own, population=population(folder), wanted={**own.wanted, "people": people})
    done = release_outlook(Asked(own, own.scenario("BASELINE")), store, REGION)
    assert "Indicative: replacement by the cohort net method" in said(done)
    gone = told(done, "_LEAVING", "EXITS", "7")
    assert (gone > 0).all()
    assert "who changed occupation" in lacks(done)["gross openings"]
    assert np.isnan(told(done, "_GROUP", "PRJ_GRO_NB", "7")).all()

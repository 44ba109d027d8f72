"""What the interviewers wrote down."""

import numpy as np

from cauce.sources.invented import live
from cauce.sources.invented.country import SEED, stratum_addresses
from cauce.sources.invented.questionnaire import week


def test_children_are_not_asked_about_work(wave) -> None:
    children = wave["edad"] < 15
    for name in ("p01_trabajo", "p07_busca", "p20_ciuo", "p50_monto"):
        assert (wave[name][children] == -1).all(), name


def test_the_answers_tell_the_status_of_everyone() -> None:
    of = live(SEED, 2025, stratum_addresses(SEED, 2025, 20))
    said = week(of)
    employed = (said["p01_trabajo"] == 1) | (said["p02_ausente"] == 1)
    employed |= np.isin(said["p06_destino"], (3, 4))
    ready = (said["p07_busca"] == 1) | (said["p09_inicia"] == 1)
    unemployed = ~employed & ready & (said["p08_disponible"] == 1)
    assert (employed == of.activity.employed).all()
    assert (unemployed == of.activity.unemployed).all()


def test_a_few_do_not_answer_and_are_told_apart(wave) -> None:
    paid = wave["p50_monto"] >= 0
    refused = (wave["p50_monto"][paid] == 9_999_998).mean()
    unknown = (wave["p50_monto"][paid] == 9_999_999).mean()
    assert 0.05 < refused < 0.07
    assert 0.02 < unknown < 0.03


def test_only_people_born_abroad_have_a_year_of_arrival(wave) -> None:
    native = wave["m01_nacio"] == 0
    assert (wave["m03_llegada"][native] == -1).all()


def test_hours_of_all_jobs_are_at_least_those_of_the_main_one(wave) -> None:
    asked = (wave["p41_habit"] >= 0) & (wave["p41_habit"] < 999)
    assert (wave["p41_habit"][asked] >= wave["p40_habit1"][asked]).all()


def test_a_household_has_one_head_and_one_income(wave) -> None:
    home = wave["upm"] * 1000 + wave["vivienda"]
    heads = home[wave["jefatura"] == 1]
    assert len(heads) == len(np.unique(home)) == len(np.unique(heads))
    order = np.argsort(home, kind="stable")
    together = np.diff(home[order]) == 0
    assert (np.diff(wave["ing_hogar"][order])[together] == 0).all()

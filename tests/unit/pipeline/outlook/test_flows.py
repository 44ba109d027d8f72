"""A number is published as far as its base year bears it: whole, its class alone, or not at all."""

import numpy as np

from cauce.model.catalogue import Theme
from cauce.model.codelist import Code
from cauce.model.dataflow import Method, Source
from cauce.model.observation import ObsStatus, Reliability
from cauce.model.rule import rule_in
from cauce.pipeline.outlook.flows import House, Table, projected

from .conftest import dimension, indicator, text

CELLS = ("71", "72", "41", "11")
HOUSE = House(
    Code("XAA", text("area")),
    Code("BASELINE", text("Baseline")),
    Source("OUTLOOK", "XAA", text("name"), text("all"), "MIT", "", invented=True),
    Method("Taylor", "refuse", "survey", "", "ilo", "", isco="08"),
    {name: indicator(name) for name in ("PRJ_EMP_NB", "PRJ_EXP_NB")},
    Theme("OUTLOOK", "B14", text("Outlook")),
    (2026,),
)


def told(growth: float, cv: float):
    draws = 1000 + growth + np.arange(-50.0, 51.0)[:, None, None] * np.ones((1, 1, 4))
    found = projected(
        Table("T", text("table"), (dimension("OC2", CELLS),), tuple((c,) for c in CELLS),
              {"PRJ_EMP_NB": draws, "PRJ_EXP_NB": draws - 1000},
              np.array([0.1, cv, np.nan, 0.1]), {}),
        HOUSE,
    )  # fmt: skip
    return found, {
        (i, c): (found.value[n], found.status[n], found.rule[n])
        for n, (i, c) in enumerate((i, c) for i in ("EMP", "EXP") for c in CELLS)
    }


def test_a_coarse_base_year_bears_whether_it_grows_and_nothing_more():
    for growth, class_en, clase in (
        (200, "It grows.", "crece"), (-200, "It falls.", "disminuye"), (0, "may", "puede")
    ):  # fmt: skip
        found, rows = told(growth, 0.25)
        value, status, words = rows["EXP", "72"]
        assert np.isnan(value)
        assert status is ObsStatus.SUPPRESSED
        assert class_en in rule_in(words, "en")
        assert clase in rule_in(words, "es")
        assert "It " not in rows["EMP", "72"][2]
        assert found.reliability[1] is Reliability.WEAK


def test_an_unfit_base_year_bears_nothing_and_a_fine_one_the_number():
    _, rows = told(200, 0.4)
    assert rows["EXP", "72"][1] is ObsStatus.SUPPRESSED
    assert "above 33 %" in rows["EXP", "72"][2]
    assert "withheld or missing" in rows["EXP", "41"][2]
    assert rows["EMP", "71"] == (1200, ObsStatus.FORECAST, "")

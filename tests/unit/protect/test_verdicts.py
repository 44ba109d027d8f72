from dataclasses import replace

import numpy as np

from cauce.protect.table import table
from cauce.protect.verdicts import evidence


def test_a_rate_in_percent_is_judged_as_a_fraction(cells_of, one):
    cells = cells_of(
        (one("R", "rate"),), [[90, 60]], [[45, 30]], value=np.array([50.0, 50.0, 120.0])
    )

    shown = evidence(table([cells]))

    assert shown.value.tolist() == [0.5, 0.5, 1.2]
    assert shown.se.tolist() == [0.05] * 3
    assert shown.proportion.tolist() == [True, True, False]


def test_a_mean_rests_on_all_who_answered(cells_of, one):
    largest = np.full((3, 2), 0.1)
    cells = cells_of((one("WAGE", "mean"),), [[90, 60]], [[45, 30]], largest=largest)
    assert evidence(table([cells])).cases.tolist() == [150, 90, 60]


def test_a_total_of_people_stands_for_those_it_counts(cells_of, one):
    cells = cells_of((one("UNE"),), [[90, 60]], [[45, 30]])
    assert evidence(table([cells])).weighted.tolist() == [7500.0, 4500.0, 3000.0]


def test_an_amount_stands_for_the_people_of_its_domain(cells_of, one):
    cells = cells_of((one("WAGES"),), [[90, 60]], [[45, 30]], largest=np.full((3, 2), 0.1))
    assert evidence(table([cells])).weighted.tolist() == [15000.0, 9000.0, 6000.0]


def test_only_the_whole_population_is_a_planned_domain(cells_of, one):
    cells = cells_of((one("POP"),), [[90, 60]])
    assert evidence(table([cells])).planned.tolist() == [True, False, False]


def test_a_census_says_so_in_its_method(cells_of, one):
    cells = cells_of((one("POP"),), [[90, 60]])
    flow = replace(cells.dataflow, method=replace(cells.dataflow.method, var_method="CENSUS"))

    assert not evidence(table([cells])).census
    assert evidence(table([replace(cells, dataflow=flow)])).census

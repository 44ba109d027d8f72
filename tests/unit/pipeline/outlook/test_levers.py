"""A scenario changes what there is, and is refused where it asks for what cannot be."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text
from cauce.pipeline.outlook.levers import NO_BOUND, levers_on, without_work
from cauce.pipeline.outlook.pack import Told

WORD = Text("word", "palabra")
LEVEL = SimpleNamespace(
    cells=("7", "4"),
    read=SimpleNamespace(
        history=SimpleNamespace(dimensions=("OCU",), years=np.array([2024.0, 2025.0])),
        total=SimpleNamespace(value=np.array([[80.0], [90_000.0]])),
    ),
)
PORT = Lever("project", {"ECO": "CON"}, "add", "PERSONS", {2026: 1000, 2027: 2000}, WORD)


def applied(pack, *levers, idle=5_000.0):
    return levers_on(pack, Told("PORT", WORD, WORD, levers), LEVEL, ("CON", "PUB"), idle)


def test_projects_and_rebuilding_add_people_to_their_industry(pack):
    storm = replace(PORT, kind="crisis", target={"ECO": "PUB"}, amounts={2026: 10})
    found = applied(pack, PORT, storm)
    assert found.work["project"].tolist() == [[1000, 0], [2000, 0], [0, 0]]
    assert found.work["crisis"].tolist() == [[0, 10], [0, 0], [0, 0]]
    assert len(found.said) == 2


def test_more_people_than_exist_are_refused_with_how_many_there_are(pack):
    with pytest.raises(BadInput, match="asked 2,000, there are 1,500"):
        applied(pack, PORT, idle=1_500.0)
    assert NO_BOUND in applied(pack, PORT, idle=None).said
    assert applied(pack).said == ()


def test_a_project_names_an_industry_that_is_there(pack):
    with pytest.raises(BadInput, match="Say which: target"):
        applied(pack, replace(PORT, target={}))
    with pytest.raises(BadInput, match="there is no ECO MINES"):
        applied(pack, replace(PORT, target={"ECO": "MINES"}))


def test_two_levers_that_set_one_amount_contradict_each_other(pack):
    fewer = replace(PORT, change="set")
    with pytest.raises(BadInput, match="two levers set"):
        applied(pack, fewer, fewer)


def test_exits_and_quotas_change_year_by_year(pack):
    later = Lever("exits", {}, "times", "TIMES", {2027: 0.5}, WORD)
    quota = replace(later, kind="quota", amounts={2028: 2.0})
    found = applied(pack, later, quota)
    assert found.exits.tolist() == [1, 0.5, 1]
    assert found.quota.tolist() == [1, 1, 2]


def test_who_is_without_work_are_adults_less_the_employed():
    cells = (("Y0T14",), ("Y15T24",), ("Y_GE25",))
    people = np.array([[500.0, 40_000.0, 80_000.0]])
    read = SimpleNamespace(history=SimpleNamespace(cells=cells, value=people))
    assert without_work(read, LEVEL) == 30_000
    assert without_work(None, LEVEL) is None
    read.history.value = np.array([[500.0, np.nan, 80_000.0]])
    assert without_work(read, LEVEL) is None

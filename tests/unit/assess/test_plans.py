"""Progress of indicators and tasks, rolled up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.assess.plans.indicators import completion, indicator_progress
from cauce.assess.plans.nodes import roll_up
from cauce.assess.plans.tasks import task_progress
from cauce.model.errors import BadInput
from cauce.model.plan import Indicator, Node, Report, Task, TaskReport
from cauce.model.progress import STATUSES, Progress, Status
from cauce.model.text import Text

NAME = Text("name", "nombre")
DUE = date(2023, 12, 31)
BEFORE = date(2022, 12, 31)


def indicator(targets, baseline=0.0):
    return Indicator("I", "N", NAME, "UP", baseline, BEFORE, targets)


def test_an_indicator_without_a_target_is_refused():
    with pytest.raises(BadInput, match="Indicator I has no target: add one with its date"):
        indicator_progress(indicator({}), "XAA", [], DUE)


def test_two_different_reports_of_one_period_are_refused_and_equal_ones_are_one():
    one, other = (Report("I", "XAA", DUE, "VALUE", value) for value in (1.0, 2.0))
    with pytest.raises(BadInput, match="XAA reported I twice, differently"):
        indicator_progress(indicator({DUE: 5.0}), "XAA", [one, other], DUE)
    assert indicator_progress(indicator({DUE: 5.0}), "XAA", [one, one], DUE).completion == 0.2


def test_the_reports_of_others_say_nothing_of_a_country():
    others = [Report("I", "XAB", DUE, "VALUE", 5.0), Report("J", "XAA", DUE, "VALUE", 5.0)]
    assert indicator_progress(indicator({DUE: 5.0}), "XAA", others, DUE).status == "NO_DATA"


def test_the_reason_is_said_in_both_languages():
    found = indicator_progress(
        indicator({DUE: 10.0}), "XAA", [Report("I", "XAA", DUE, "VALUE", 8.0)], date(2025, 1, 1)
    )
    assert found.because == Text(
        "8, and 10 is wanted by 31 December 2023", "8, y se pide 10 para el 31 de diciembre de 2023"
    )
    assert STATUSES[found.status].es == "vencido"


def test_a_task_says_when_it_was_done():
    task = Task("T", "N", NAME, DUE)
    done = TaskReport("T", "XAA", date(2024, 2, 1), "CMP", date(2023, 11, 5))
    found = task_progress(task, "XAA", [done], date(2024, 3, 1))
    assert found.because.es == "completada el 5 de noviembre de 2023"


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_completion_is_a_share_whatever_is_reported(baseline, goal, value):
    found = completion(indicator({DUE: goal}, baseline), value)
    assert found is None or 0 <= found <= 1


def node(name, parent="", weight=1.0):
    return Node(name, parent, NAME, NAME, weight)


def leaf(at, status, share, country="XAA", weight=1.0):
    return Progress("I", at, country, Status[status], share, None, NAME, weight)


PLAN = [node("plan"), node("line", "plan", 3.0), node("other", "plan"), node("empty", "plan")]


def test_a_plan_rolled_up_by_hand():
    """line: (0.5 + 1)/2 = 0.75, known 2 of 4 by weight (the silent one weighs 2); other: 0;
    plan: (3 × 0.75 + 1 × 0)/4 = 0.5625, known (3 × 0.5 + 1 × 1)/(3 + 1 + 1) = 0.5."""
    leaves = [
        leaf("line", "ON_TRACK", 0.5),
        leaf("line", "DONE", 1.0, "XAB"),
        leaf("line", "NO_DATA", None, "XAC", weight=2.0),
        leaf("other", "OVERDUE", 0.0),
    ]
    found = roll_up(PLAN, leaves)
    assert (found["line"].completion, found["line"].coverage) == (0.75, 0.5)
    assert (found["plan"].completion, found["plan"].coverage) == (0.5625, 0.5)
    assert found["line"].status is Status.ON_TRACK
    assert found["plan"].status is Status.OVERDUE
    assert found["plan"].missing == ("XAC",)
    assert found["plan"].counts[Status.DONE] == 1
    assert (found["empty"].status, found["empty"].completion) == (Status.NO_DATA, None)


def test_done_means_all_is_done_and_somebody_silent_is_not():
    done = leaf("line", "DONE", 1.0)
    assert roll_up(PLAN, [done])["plan"].status is Status.DONE
    silent = leaf("line", "NO_DATA", None, "XAB")
    assert roll_up(PLAN, [done, silent])["plan"].status is Status.ON_TRACK
    assert roll_up(PLAN, [silent])["plan"].status is Status.NO_DATA


@pytest.mark.parametrize(
    ("nodes", "at", "said"),
    [
        ([node("a"), node("a")], "a", "Two places of the plan have the same id"),
        ([node("a", "b"), node("b", "z")], "a", "b lies below z, which is not in the plan"),
        ([node("a", "b"), node("b", "a")], "a", "a lies below itself"),
        ([node("a")], "z", "Reported below z, which is not in the plan"),
    ],
)
def test_a_plan_that_is_no_tree_is_refused(nodes, at, said):
    with pytest.raises(BadInput, match=said):
        roll_up(nodes, [leaf(at, "DONE", 1.0)])

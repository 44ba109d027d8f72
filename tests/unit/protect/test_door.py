from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.errors import BadInput
from cauce.model.observation import ConfStatus, ObsStatus, Reliability
from cauce.model.pack import MinRespondents, Rules
from cauce.model.rule import rule_in
from cauce.protect import protect

from .conftest import judged

NUMBERS = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")
COUNTS = ("df", "n", "cases", "missing", "psus", "strata")


def status_of(release, position, letter, shape=(3, 3)):
    flow, letters = judged(release)
    return {
        codes
        for codes in np.ndindex(*(size + 1 for size in shape))
        if letters[position(flow, codes)] == letter
    }


def test_three_by_three_by_hand(cells_of, one, pack_of, position):
    """One cell of 3 people among the margins 53, 115, 165 and 63, 120, 150.

     3  20  30     70, 60 and 50 are published first, so 35 and 30 follow from the margins.
    25  40  50     40 would give 20 away by its column and then 3 by its row: withheld.
    35  60  70     So would 25 by the column of 3, and 20 by its row: both withheld.
    """
    cells = cells_of((one("POP"),), [[[3, 20, 30], [25, 40, 50], [35, 60, 70]]])

    release = protect([cells], pack_of())

    assert status_of(release, position, "A") == {(1, 1)}
    assert status_of(release, position, "D") == {(1, 2), (2, 1), (2, 2)}


def test_what_is_withheld_for_its_own_sake_looks_as_what_protects_it(cells_of, one, pack_of):
    cells = cells_of((one("POP"),), [[[3, 20, 30], [25, 40, 50], [35, 60, 70]]])

    flow, letters = judged(protect([cells], pack_of()))

    withheld = [row for row, letter in enumerate(letters) if letter != "F"]
    assert sorted(letters[row] for row in withheld) == ["A", "D", "D", "D"]
    assert len({told(flow, row) for row in withheld}) == 1


def test_a_withheld_cell_of_nobody_looks_as_one_of_few(cells_of, one, pack_of, position):
    """Of 4 people none is in the labour force: the empty cell beside them is there and withheld."""
    indicators = (one("EAP", "rate"), one("UNE", "rate", "2"))
    cells = cells_of(indicators, [[4, 50, 60, 70], [0, 30, 40, 50]], [[0, 30, 40, 50], [0] * 4])

    flow, letters = judged(protect([cells], pack_of()))
    few, nobody = position(flow, (1,)), position(flow, (1,), 1)

    assert (letters[few], letters[nobody]) == ("A", "D")
    assert told(flow, few) == told(flow, nobody)


def told(flow, row):
    """Everything said of a row but its key."""
    others = ("dataflow", "key", "theirs")
    columns = (getattr(flow, name)[row] for name in vars(flow) if name not in others)
    return tuple(map(str, columns))


def test_the_order_of_rows_changes_nothing(cells_of, one, pack_of):
    cells = cells_of((one("POP"),), [[[3, 20, 30], [25, 25, 25], [35, 25, 25]]])
    order = np.random.default_rng(0).permutation(len(cells.n))
    shuffled = replace(
        cells, **{name: getattr(cells, name)[order] for name in vars(cells) if name != "dataflow"}
    )

    [ours], [other] = (protect([one], pack_of()).flows for one in (cells, shuffled))

    assert ours.conf_status == other.conf_status
    np.testing.assert_array_equal(ours.key, other.key)
    np.testing.assert_array_equal(ours.n, other.n)


def test_a_confidential_cell_says_nothing_but_its_rule(cells_of, one, pack_of, position):
    cells = cells_of((one("POP"),), [[3, 20, 30, 50]])

    [flow] = protect([cells], pack_of()).flows
    at = position(flow, (1,))

    assert all(np.isnan(getattr(flow, name)[at]) for name in NUMBERS)
    assert all(getattr(flow, name)[at] == -1 for name in COUNTS)
    assert flow.obs_status[at] == ObsStatus.SUPPRESSED
    assert flow.reliability[at] == Reliability.NONE
    assert rule_in(flow.rule[at], "en") == (
        "Withheld as confidential, for its own sake or for that of another number: fewer than 10 "
        "people stand behind a number, have what it counts, or lack it (Order 1)."
    )
    assert "menos de 10 personas" in rule_in(flow.rule[at], "es")


def test_whichever_count_is_small_the_office_alone_knows(cells_of, one, pack_of, position):
    cells = cells_of((one("R", "rate"),), [[3, 90, 90, 90]], [[2, 4, 85, 40]])

    release = protect([cells], pack_of())
    why = {one.key[3]: one.why for one in release.audit.withheld}

    assert (why["C0"], why["C1"], why["C2"]) == (
        ("few", "attribute", "rest"),
        ("attribute",),
        ("rest",),
    )
    [flow] = release.flows
    assert len({told(flow, position(flow, (code,))) for code in (1, 2, 3)}) == 1


def test_a_weak_cell_is_published_and_flagged(cells_of, one, pack_of, position):
    [flow] = protect([cells_of((one("POP"),), [[12, 90]])], pack_of()).flows
    at = position(flow, (1,))

    assert (flow.value[at], flow.n[at], flow.obs_status[at]) == (1200.0, 12, "U")
    assert flow.conf_status[at] == ConfStatus.FREE
    assert rule_in(flow.rule[at], "en") == "ilo-1: 12 cases, fewer than 15."


def test_an_unreliable_cell_says_nothing_but_its_rule_and_needs_no_partner(
    cells_of, one, pack_of, position
):
    rules = Rules("ine_cl", (MinRespondents(date(2000, 1, 1), 10, "g"),), 0, 0.0, "")
    cells = cells_of((one("POP"),), [[40, 90, 90]], profile="ine_cl")

    [flow] = protect([cells], pack_of(rules)).flows
    at = position(flow, (1,))

    assert all(np.isnan(getattr(flow, name)[at]) for name in NUMBERS)
    assert all(getattr(flow, name)[at] == -1 for name in COUNTS)
    assert rule_in(flow.rule[at], "en") == "ine_cl-1: fewer than 60 respondents."
    assert (flow.obs_status[at], flow.conf_status[at]) == ("Q", "F")
    assert flow.reliability[at] == Reliability.UNRELIABLE
    assert set(flow.conf_status) == {ConfStatus.FREE}


def test_a_cell_of_nobody_is_published_as_not_possible(cells_of, one, pack_of, position):
    [flow] = protect([cells_of((one("POP"),), [[0, 90]])], pack_of()).flows
    at = position(flow, (1,))

    assert np.isnan(flow.value[at])
    assert (flow.n[at], flow.obs_status[at], flow.conf_status[at]) == (0, "M", "F")


def test_waves_are_one_table_each_and_one_dataflow_together(cells_of, one, pack_of, position):
    first = cells_of((one("POP"),), [[3, 20, 90]])
    second = cells_of((one("POP"),), [[30, 40, 90]], period=1)

    flow, letters = judged(protect([second, first], pack_of()))

    assert [letters[position(flow, (code,))] for code in (1, 2, 3)] == ["A", "D", "F"]
    assert {flow.conf_status[position(flow, (code,), period=1)] for code in (1, 2, 3)} == {"F"}
    assert flow.key.tolist() == sorted(flow.key.tolist())


def test_a_key_that_comes_twice_stops_the_release(cells_of, one, pack_of):
    cells = cells_of((one("POP"),), [[30, 90]])
    with pytest.raises(BadInput, match="3 keys more than once"):
        protect([cells, cells], pack_of())


def test_waves_of_different_definitions_stop_the_release(cells_of, one, pack_of):
    first = cells_of((one("POP"),), [[30, 90]])
    second = cells_of((one("POP"),), [[30, 90]], profile="ine_cl", period=1)
    with pytest.raises(BadInput, match="two different definitions"):
        protect([first, second], pack_of())


def test_no_cells_are_no_release(pack_of):
    with pytest.raises(BadInput, match="no cells"):
        protect([], pack_of())


def test_the_minimum_of_the_day_asked_for_holds(cells_of, one, pack_of):
    since = (
        MinRespondents(date(2000, 1, 1), 5, "old"),
        MinRespondents(date(2021, 1, 1), 30, "new"),
    )
    cells = cells_of((one("POP"),), [[12, 90, 90]])
    pack = pack_of(Rules("ilo", since, 0, 0.0, ""))

    [then] = protect([cells], pack).flows
    [now] = protect([cells], pack, date(2021, 6, 1)).flows

    assert "C" not in then.conf_status
    assert "C" in now.conf_status
    assert any("new" in rule for rule in now.rule)


def test_a_release_is_audited(cells_of, one, pack_of):
    release = protect([cells_of((one("POP"),), [[30, 90]])], pack_of())

    assert (release.survey, release.vintage) == ("XAA_S", "2020")
    assert release.audited
    assert release.notes == ()


def test_the_versions_of_the_rules_go_with_the_dataflow(cells_of, one, pack_of):
    [flow] = protect([cells_of((one("POP"),), [[30, 90]])], pack_of()).flows
    assert flow.dataflow.method.rule_version == "ilo-1+conf-5"


def test_one_large_earner_withholds_the_amount_and_its_cases_are_never_said(
    cells_of, one, pack_of, position
):
    largest = np.array([[0.1, 0.1], [0.7, 0.2], [0.1, 0.1], [0.1, 0.1]])
    cells = cells_of((one("WAGES"),), [[30, 40, 50]], [[30, 40, 47]], largest=largest)

    flow, letters = judged(protect([cells], pack_of()))

    assert [letters[position(flow, (code,))] for code in (0, 1, 2, 3)] == list("FTDF")
    assert set(flow.cases) == {-1}
    assert "the two largest contributors hold more than 85% (Art)." in flow.rule[1]

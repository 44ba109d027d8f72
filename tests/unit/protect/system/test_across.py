"""Counts that never share a table are related by the margins the tables share."""

import numpy as np
import pytest

from cauce.protect import protect
from cauce.protect.system.across import relations

from ..test_linked import called


def told(counts):
    return sorted(sorted(one.items()) for one in relations(np.array(counts)))


def test_what_is_equal_or_the_sum_of_two_others_is_seen_in_a_few_large_rows():
    counts = [[3000, 7000, 10000, 3000], [2500, 8000, 10500, 2500]]

    assert told(counts) == [[(0, -1), (1, -1), (2, 1)], [(0, 1), (3, -1)]]


def test_a_few_small_rows_may_agree_by_chance():
    assert told([[1, 2, 3, 1, 0], [2, 2, 4, 2, 0]]) == []


def test_many_rows_show_any_relation_however_small_its_numbers():
    rows = np.random.default_rng(1).integers(0, 4, (30, 3))
    four = np.column_stack([rows, rows.sum(axis=1), rows[:, 0]])

    found = told(four)

    assert len(found) == 2
    assert all(not np.any(four @ [dict(one).get(at, 0) for at in range(5)]) for one in found)


def test_odd_factors_are_chance():
    rows = np.random.default_rng(1).integers(0, 40, (30, 2))

    assert told(np.column_stack([rows, rows @ [3, 7]])) == []


def withheld(flow, sex):
    """By indicator, whether the margin of a sex is withheld."""
    rows = zip(flow.key.tolist(), flow.conf_status, strict=True)
    return {key[2]: conf == "C" for key, conf in rows if key[3] == sex and not any(key[4:-1])}


UNE = np.array([[1500, 1500], [1200, 1300], [1, 1]])
EAP = np.array([[9100, 8000], [7300, 6900], [4100, 3900]])
LESS = np.array([[1700, 1300], [1350, 1150], [2, 0]])


@pytest.mark.parametrize("apart", [False, True])
def test_the_unemployed_are_not_found_from_the_force_and_the_employed_of_other_tables(
    cells_of, one, pack_of, apart
):
    """2 of the third sex: withheld where they stand, and labour force less employed elsewhere."""
    names = {"UNE": UNE, "EAP": EAP, "EMP": EAP - LESS}
    has = {name: one(name, numerator=name) for name in names}
    of = EAP + 500
    groups = [["EAP"], ["EMP"]] if apart else [["EAP", "EMP"]]
    tables = [called(cells_of((has["UNE"],), [of], [UNE]), "A", "SEX", "AGE")]
    for at, group in enumerate(groups):
        own = tuple(has[name] for name in group)
        cells = cells_of(own, [of] * len(group), [names[name] for name in group])
        tables.append(called(cells, f"B{at}", "SEX", f"REGION{at}"))

    flows = protect(tables, pack_of()).flows

    assert withheld(flows[0], 3) == {0: True}
    assert any(hidden for flow in flows[1:] for hidden in withheld(flow, 3).values())


def test_what_holds_in_one_wave_or_in_some_tables_is_taken_no_further(cells_of, one, pack_of):
    """Tables that share different dimensions, one of them with a wave more than the others."""
    has = {name: one(name, numerator=name) for name in ("UNE", "EAP", "TWIN")}
    of = EAP + 500

    def first(period, twin):
        own = (has["UNE"], has["TWIN"])
        return called(cells_of(own, [of] * 2, [UNE, twin], period=period), "A", "SEX", "AGE")

    tables = [
        first(0, UNE),
        first(1, UNE[::-1]),
        called(cells_of((has["EAP"],), [of], [EAP]), "B", "SEX", "REGION"),
        called(cells_of((has["EAP"],), [of.T], [EAP.T]), "C", "AGE", "REGION3"),
        called(
            cells_of((has["EAP"], has["UNE"]), [of.sum(1)] * 2, [EAP.sum(1), UNE.sum(1)]),
            "D",
            "SEX",
        ),
    ]

    release = protect(tables, pack_of())

    assert release.audited
    assert withheld(release.flows[0], 3)[0]
    assert withheld(release.flows[3], 3)[1]

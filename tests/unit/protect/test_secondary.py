from dataclasses import fields, replace

import numpy as np

from cauce.protect import protect

from .conftest import judged


def letters(cells, pack, position, shape, indicator=0):
    flow, known = judged(protect([cells], pack))
    return "".join(
        known[position(flow, tuple(code + 1 for code in codes), indicator)]
        for codes in np.ndindex(*shape)
    )


def test_a_single_person_does_not_learn_about_the_other_cell(cells_of, one, pack_of, position):
    """1 + 4 + 30 + 90: whoever is the 1 would find the 4 if only these two were withheld."""
    assert letters(cells_of((one("P"),), [[3, 4, 30, 90]]), pack_of(), position, (4,)) == "AAFF"
    assert letters(cells_of((one("P"),), [[1, 4, 30, 90]]), pack_of(), position, (4,)) == "AADF"


def test_two_in_league_do_not_learn_about_the_other_cell(cells_of, one, pack_of, position):
    """2 + 4 + 30 + 90: the two, who tell each other that they are all, would find the 4."""
    assert letters(cells_of((one("P"),), [[2, 4, 30, 90]]), pack_of(), position, (4,)) == "AADF"


def test_two_who_both_have_it_are_all_who_have_it(cells_of, one, pack_of, position):
    """2 of 40 have it and 4 of 50: the two would find the 4, though each cell is of many."""
    cells = cells_of((one("R", "rate"),), [[40, 50, 60, 90]], [[2, 4, 30, 50]])
    assert letters(cells, pack_of(), position, (4,)) == "AADF"


def test_leagues_do_not_join(cells_of, one, pack_of, position):
    """2 + 2 + 3 + 90: no two of one cell find anything, so nothing else is withheld for them."""
    assert letters(cells_of((one("P"),), [[2, 2, 3, 90]]), pack_of(), position, (4,)) == "AAAF"
    assert letters(cells_of((one("P"),), [[1, 1, 3, 90]]), pack_of(), position, (4,)) == "AAAD"


def test_the_sum_of_single_people_is_not_given_away(cells_of, one, pack_of, position):
    """1 + 1: a remainder of 2 in two cells that are not empty says each of them."""
    cells = cells_of((one("P"),), [[1, 1, 30, 90]])
    assert letters(cells, pack_of(), position, (4,)) == "AADF"


def test_an_empty_cell_hides_nothing(cells_of, one, pack_of, position):
    cells = cells_of((one("P"),), [[0, 4, 30, 90]])
    assert letters(cells, pack_of(), position, (4,)) == "FADF"


def test_a_margin_of_one_filled_cell_is_withheld_with_it(cells_of, one, pack_of, position):
    cells = cells_of((one("P"),), [[[4, 0], [40, 50], [30, 60]]])

    flow, known = judged(protect([cells], pack_of()))

    assert known[position(flow, (1, 1))] == "A"
    assert known[position(flow, (1, 0))] == "A"
    assert known[position(flow, (1, 2))] == "F"


def test_a_rate_is_not_found_through_the_totals_beside_it(cells_of, one, pack_of, position):
    """3 of a labour force of 43 are unemployed: it and its 40 employed would say so.

    The employed are published first. The labour force is withheld there, and where the partner of
    the 3 could be found from it.
    """
    indicators = (one("UNE", "rate"), one("EMP", numerator="2"))
    force, unemployed = np.array([43, 75, 90, 95]), np.array([3, 20, 30, 40])
    n, cases = [force, force + 50], [unemployed, force - unemployed]
    cells = cells_of(indicators, n, cases)

    unemployment = letters(cells, pack_of(), position, (4,))
    employment = letters(cells, pack_of(), position, (4,), 1)

    assert (unemployment, employment) == ("ADFF", "FFFF")
    labour_force = (*indicators, one("EAP", numerator="3"))
    cells = cells_of(labour_force, [*n, force + 50], [*cases, force])
    assert letters(cells, pack_of(), position, (4,), 1) == "FFFF"
    assert letters(cells, pack_of(), position, (4,), 2) == "DDFF"


def test_indicators_nothing_connects_are_protected_each_alone(cells_of, one, pack_of, position):
    rng = np.random.default_rng(3)
    few, many = rng.integers(20, 90, 12), rng.integers(200, 900, 12)
    few[4] = 5
    cells = cells_of((one("A"), one("B", numerator="2")), [few, many])

    assert letters(cells, pack_of(), position, (12,)).count("D") == 1
    assert letters(cells, pack_of(), position, (12,), 1) == "F" * 12


def test_a_cell_of_silent_people_is_withheld_with_a_partner(cells_of, one, pack_of, position):
    """That all 40 answered is known, so they hide nobody who did not."""
    cells = cells_of((one("A"),), [[0, 40, 90]], missing=[[3, 0, 12]])
    assert letters(cells, pack_of(), position, (3,)) == "AFD"


def test_an_indicator_nobody_of_a_domain_belongs_to_is_known_to_be_empty(
    cells_of, one, pack_of, position
):
    """The second indicator is of nobody in the second domain: it hides nothing there."""
    cells = cells_of((one("A"), one("B", numerator="2")), [[40, 50, 60, 70], [4, 0, 60, 70]])
    assert letters(cells, pack_of(), position, (4,), 1) == "AFDF"


def test_the_same_amount_in_two_indicators_is_protected_in_both(cells_of, one, pack_of, position):
    """Mean and total of the same wage: one large earner in the first domain."""
    indicators = (one("MEAN", "mean", "WAGE"), one("SUM", "total", "WAGE"))
    largest = np.tile([[0.1, 0.1], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1], [0.1, 0.1]], (2, 1))
    cells = cells_of(indicators, [[30, 40, 50, 60]] * 2, largest=largest)

    assert letters(cells, pack_of(), position, (4,)) == "TDFF"
    assert letters(cells, pack_of(), position, (4,), 1) == "TDFF"


def test_a_single_earner_does_not_learn_the_amount_of_the_other(cells_of, one, pack_of, position):
    largest = np.array([[0.1, 0.1], [1.0, np.nan], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1]])
    cells = cells_of((one("WAGES"),), [[30, 40, 50, 60]], [[1, 40, 50, 60]], largest=largest)

    assert letters(cells, pack_of(), position, (4,)) == "ATDF"


def without(cells, *positions):
    """The cells as estimation gives them: those nobody is in are not there."""
    kept = np.ones(len(cells.n), dtype=bool)
    kept[list(positions)] = False
    columns = {name: getattr(cells, name)[kept] for name in vars(cells) if name != "dataflow"}
    return replace(cells, **columns)


def test_a_cell_that_is_not_there_tells_nothing_of_the_few_beside_it(
    cells_of, one, pack_of, position
):
    """Of 4 people none is in the labour force: no row for its rate would say participation 0 %."""
    indicators = (one("EAP", "rate"), one("UNE", "rate", "2"))
    cells = cells_of(indicators, [[4, 50, 60, 70], [0, 30, 40, 50]], [[0, 30, 40, 50], [0] * 4])
    cells = without(cells, position(cells, (1,), 1))

    flow, known = judged(protect([cells], pack_of()))
    at = position(flow, (1,), 1)

    assert known[at] == "D"
    assert (flow.n[at], flow.missing[at], flow.psus[at]) == (-1, -1, -1)
    assert flow.key.tolist() == sorted(flow.key.tolist())


def test_a_cell_of_nobody_among_many_is_left_out(cells_of, one, pack_of, position):
    indicators = (one("EAP", "rate"), one("UNE", "rate", "2"))
    cells = cells_of(indicators, [[40, 50, 4, 70], [0, 30, 2, 50]], [[0, 30, 2, 50], [0] * 4])
    cells = without(cells, position(cells, (1,), 1))

    [flow] = protect([cells], pack_of()).flows

    assert len(flow.key) == len(cells.key)


def test_a_zero_of_many_is_known_of_all_their_parts(cells_of, one, pack_of, position):
    """All 105 of the first row have it, so what is said of those who have it counts the 5."""
    n = [[[5, 40, 60], [50, 60, 70]]] * 2
    cases = [[[5, 40, 60], [20, 30, 30]], [[5, 40, 60], [20, 30, 30]]]
    cells = cells_of((one("R", "rate"), one("S", "rate", "1")), n, cases)

    flow, known = judged(protect([cells], pack_of()))
    row = [known[position(flow, (1, code))] for code in (1, 2, 3)]

    assert known[position(flow, (1, 0))] == "F"
    assert row[0] == "A"
    assert "D" in row


def test_a_total_withheld_for_those_who_lack_it_is_not_found(cells_of, one, pack_of, position):
    """3 of 50 lack it; its 47 would follow from those who have it in the other domains."""
    cells = cells_of((one("S"),), [[50, 60, 70, 80]], [[47, 20, 30, 40]])
    assert letters(cells, pack_of(), position, (4,)).count("D") == 1


def shares(cells):
    """The cells as estimation makes them of shares: a whole has none of its own."""
    inner = cells.key[:, 3] > 0
    columns = {f.name: getattr(cells, f.name)[inner] for f in fields(cells)[1:]}
    return replace(cells, **columns)


def test_a_share_is_not_found_from_what_is_left_of_a_hundred_percent(
    cells_of, one, pack_of, position
):
    """4 of 125: the three other shares would say it, though their sum is published nowhere."""
    share = replace(one("S", "share"), within="D0")
    cells = shares(cells_of((share,), [[125] * 4], [[4, 20, 30, 71]]))

    assert letters(cells, pack_of(), position, (4,)) == "AFFD"


def test_shares_of_one_group_say_nothing_of_those_of_another(cells_of, one, pack_of, position):
    """Of 125 and of 220: shares add up within each column."""
    share = replace(one("S", "share"), within="D0")
    n = [[125, 220]] * 4
    cases = [[4, 40], [20, 50], [30, 60], [71, 70]]
    cells = shares(cells_of((share,), [n], [cases]))

    found = letters(cells, pack_of(), position, (4, 2))

    assert sorted(found[::2]) == ["A", "D", "F", "F"]


def test_numbers_that_add_up_to_nothing_known_keep_their_neighbours(
    cells_of, one, pack_of, position
):
    """A share of another breakdown, and a rate: no sum over these codes is known."""
    for indicator in (replace(one("S", "share"), within="OCU"), one("R", "rate")):
        cells = shares(cells_of((indicator,), [[125] * 4], [[4, 20, 30, 71]]))

        assert letters(cells, pack_of(), position, (4,)) == "AFFF"


def test_of_shares_of_an_amount_that_nothing_tells_the_attacker_learns_none(
    cells_of, one, pack_of, position
):
    """Shares of a wage bill that no table has: a dominated one hides behind another."""
    share = replace(one("S", "share", "WAGE"), within="D0")
    largest = np.array([[0.1, 0.1], [0.9, 0.05], [0.1, 0.1], [0.1, 0.1]])
    cells = shares(cells_of((share,), [[125] * 3], [[40, 50, 35]], largest=largest))

    assert sorted(letters(cells, pack_of(), position, (3,))) == ["D", "F", "T"]

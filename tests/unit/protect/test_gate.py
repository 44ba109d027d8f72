"""A release is attacked, mended where it leaks, and refused where it cannot be."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cauce.model.audit import Bound, Cited, Leak
from cauce.model.errors import BadInput
from cauce.model.pack import MinRespondents
from cauce.model.retained import Retained
from cauce.protect import gate, protect
from cauce.protect.attack.programme import Contradiction
from cauce.protect.refusal import Refused, refuse


def letters(release):
    flow = release.flows[0]
    return "".join(np.array(flow.conf_status)[(flow.key[:, 3:-1] > 0).all(axis=1)])


NARROW = [[4, 4, 30, 60]]
"""Under a minimum of 20 the two of 4 hide each other, and are known to be at most 8."""


@pytest.fixture
def of_twenty(pack_of):
    """Terms under which fewer than 20 are too few, and bounds have to be 10 apart."""
    minimum = (MinRespondents(date(2000, 1, 1), 20, "Order 2"),)
    return pack_of(replace(pack_of().rules, min_respondents=minimum))


def test_a_bound_too_narrow_is_mended(cells_of, one, of_twenty):
    """4 + 4 of 98 are not found, but both are at most 8: a third cell is withheld."""
    release = protect([cells_of((one("POP"),), NARROW)], of_twenty)

    assert letters(release) == "CCCF"
    assert ("repaired",) in {one.why for one in release.audit.withheld}
    assert release.audit.repaired == 1
    assert release.audit.narrowest >= 1
    assert release.audit.leaks == ()


def test_what_an_earlier_vintage_gives_away_refuses_the_release(cells_of, one, pack_of, of_twenty):
    """The 12 are too few now, and the vintage before tells them."""
    cells = cells_of((one("POP"),), [[12, 30, 60]])
    before = protect([cells], pack_of())

    with pytest.raises(Refused) as caught:
        protect([cells], of_twenty, retained=[Retained("2019", before.flows)])

    assert "C0" in str(caught.value)
    assert "of 2019" in str(caught.value)
    assert "Withdraw" in str(caught.value)


def test_what_costs_too_much_is_mended_by_any_cell_behind_it(cells_of, one, of_twenty, monkeypatch):
    monkeypatch.setattr(gate, "repair", lambda *_: ())

    release = protect([cells_of((one("POP"),), NARROW)], of_twenty)

    assert letters(release).count("C") > 2


def test_a_release_that_leaks_after_all_repairs_is_refused(cells_of, one, of_twenty, monkeypatch):
    monkeypatch.setattr(gate, "ROUNDS", 1)
    with pytest.raises(Refused, match="too narrowly"):
        protect([cells_of((one("POP"),), NARROW)], of_twenty)


def test_an_audit_without_time_is_a_refusal(cells_of, one, of_twenty):
    with pytest.raises(BadInput, match="did not finish"):
        protect([cells_of((one("POP"),), NARROW)], of_twenty, budget_seconds=0.0)


def test_the_exact_method_says_how_far_it_is_and_stops_when_the_time_is_up(
    cells_of, one, pack_of, monkeypatch
):
    said, cells = [], cells_of((one("POP"),), [[12, 30, 2, 60]])
    protect([cells], pack_of(), progress=said.append)
    assert said[0] == "Choosing cells to withhold for another's sake: 0 of 4 looked at"

    monkeypatch.setattr(gate, "attack", lambda *_, **__: pytest.fail("It attacked all the same."))
    with pytest.raises(BadInput, match="did not finish within its 0 seconds"):
        protect([cells], pack_of(), budget_seconds=0.0)


def leak(number, by, high=5.0):
    return Leak(Bound(Cited("F", ("A", f"C{number}"), "n"), 5.0, high, 5.0, True, "exact"), by)


def test_a_refusal_names_what_leaks_and_from_what_and_no_number():
    public = tuple(Cited("F", ("A", f"P{at}"), "n") for at in range(12))
    first = leak(0, (*public, Cited("", (), "shared")))
    leaks = [first, *(leak(at, public, 7.0) for at in range(1, 12))]

    with pytest.raises(Refused) as caught:
        refuse(leaks)
    said = str(caught.value)

    assert said.startswith("Nothing is released: 12 withheld numbers can be found")
    assert "F A.C0 (n) is known exactly, from F A.P0 (n)" in said
    assert "and 4 more." in said
    assert "… and 2 more." in said
    assert "5" not in said.replace("P5", "").replace("C5", "")


def test_numbers_that_contradict_each_other_refuse_the_release_in_words(
    cells_of, one, of_twenty, monkeypatch
):
    def lost(*rest, **named):
        raise Contradiction("no solution")

    monkeypatch.setattr(gate, "attack", lost)

    with pytest.raises(Refused, match="XAA 2020 contradict each other") as refused:
        protect([cells_of((one("POP"),), NARROW)], of_twenty)

    assert "They stand in XAA_S_T." in str(refused.value)
    assert "leave it out" in str(refused.value)


def test_an_audit_writes_nothing_to_the_terminal_and_tells_its_progress(
    cells_of, one, of_twenty, capfd
):
    lines = []

    protect([cells_of((one("POP"),), NARROW)], of_twenty, progress=lines.append)

    assert capfd.readouterr() == ("", "")
    assert any(line.startswith("Bounding withheld numbers: ") for line in lines)
    assert "Withholding further cells, bounds being too narrow: 1" in lines


def test_only_what_leaked_and_what_was_withheld_since_is_attacked_again(
    cells_of, one, of_twenty, monkeypatch
):
    asked, attack = [], gate.attack

    def watched(tells, *rest, **named):
        found = attack(tells, *rest, **named)
        asked.append(
            ([secret.of for secret in tells.secrets], [leak.bound.of for leak in found.leaks])
        )
        return found

    monkeypatch.setattr(gate, "attack", watched)
    counts = [[[4, 4, 30, 60], [20, 30, 4, 50], [40, 50, 30, 6]]]
    release = protect([cells_of((one("POP"),), counts)], of_twenty)

    (first, leaks), (again, left) = asked
    assert not left
    assert 0 < len(leaks) < len(first)
    assert set(leaks) <= set(again)
    assert not (set(again) - set(leaks)) & set(first)
    assert {bound.of for bound in release.audit.bounds} == {*first, *again}

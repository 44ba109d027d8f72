"""A solver that loses its way costs a longer list of numbers, and no leak."""

from cauce.model.audit import Cited
from cauce.protect.attack import attack, cite
from cauce.protect.attack.programme import Contradiction
from cauce.protect.told import Secret, System, Told


def told(number: int, vector: dict[int, int], value: float) -> Told:
    return Told(Cited("F", (f"P{number}",), "n"), vector, value, value)


def test_a_number_whose_need_cannot_be_told_stays_in_the_list(monkeypatch) -> None:
    rows = told(0, {0: 1, 1: 1}, 7.0), told(1, {1: 1, 2: 1}, 9.0), told(2, {2: 1, 0: 1}, 8.0)
    secret = Secret(Cited("F", ("C",), "n"), {0: 1}, 3.0, 2.0, primary=True)
    system = System(3, (True, True, True), rows, (secret,))
    calls, rough = [], cite._Case._rough

    def lost(case: cite._Case) -> cite.Ends:
        calls.append(case)
        if len(calls) == 3:
            raise Contradiction("lost")
        return rough(case)

    monkeypatch.setattr(cite._Case, "_rough", lost)
    (leak,) = attack(system, 60.0).leaks

    assert len(calls) >= 3
    assert (leak.bound.low, leak.bound.high) == (3.0, 3.0)
    assert len(leak.by) == 3

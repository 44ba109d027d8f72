"""Laws of the attacker, against another solver and against what it says itself."""

from dataclasses import replace
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cauce.model.audit import Cited
from cauce.protect.attack import attack
from cauce.protect.told import Secret, System, Told

WIDE = 1e9


def place(name: str) -> Cited:
    return Cited("DF", (name,), "n")


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Some sums of up to six counts told, exactly or rounded, and every count a secret."""
    truth = draw(st.lists(st.integers(0, 9), min_size=2, max_size=6))
    width = len(truth)
    sums = draw(
        st.lists(
            st.dictionaries(
                st.integers(0, width - 1), st.sampled_from([1, 1, 1, 2, -1]), min_size=1
            ),
            max_size=6,
        )
    )
    told = []
    for number, vector in enumerate(sums):
        value = sum(factor * truth[at] for at, factor in vector.items())
        loose = draw(st.sampled_from([0, 0, 0, 1, 2.5]))
        told.append(Told(place(f"t{number}"), vector, value - loose, value + loose))
    secrets = [
        Secret(place(f"s{at}"), {at: 1}, truth[at], draw(st.integers(1, 9)), primary=True)
        for at in range(width)
    ]
    return System(width, (draw(st.booleans()),) * width, tuple(told), tuple(secrets))


def outside(system: System, secret: Secret) -> tuple[float, float]:
    """The bounds of a secret as another interface to linear programmes has them."""
    goal = np.zeros(system.unknowns)
    goal[list(secret.sum)] = list(secret.sum.values())
    above = np.zeros((2 * len(system.told), system.unknowns))
    ends = np.zeros(2 * len(system.told))
    for row, one in enumerate(system.told):
        above[2 * row, list(one.sum)] = list(one.sum.values())
        above[2 * row + 1] = -above[2 * row]
        ends[2 * row : 2 * row + 2] = one.high, -one.low
    found = []
    for sign in (1, -1):
        solved = linprog(sign * goal, A_ub=above, b_ub=ends, bounds=(0, WIDE))
        found.append(sign * float(solved.fun))
    low, high = found
    if all(system.whole[at] for at in secret.sum):
        low, high = ceil(low - 1e-6), floor(high + 1e-6)
    return low, high


@given(systems())
@settings(deadline=None)
def test_what_is_too_narrow_is_as_another_program_bounds_it(system: System) -> None:
    found = attack(system, 60)

    for secret, bound in zip(system.secrets, found.bounds, strict=True):
        low, high = outside(system, secret)
        leaks = high - low < secret.width - 1e-6
        assert leaks == (bound in [leak.bound for leak in found.leaks])
        if bound.searched == "exact":
            assert (bound.low, bound.high) == pytest.approx((low, high), abs=1e-6)
        else:
            assert low - 1e-6 <= bound.low <= bound.high <= high + 1e-6


@given(systems())
@settings(deadline=None)
def test_the_numbers_a_leak_cites_give_it_away_alone_and_none_of_them_too_many(
    system: System,
) -> None:
    for leak in attack(system, 60).leaks:
        secret = next(one for one in system.secrets if one.of == leak.bound.of)
        cited = tuple(one for one in system.told if one.of in leak.by)
        alone = replace(system, told=cited, secrets=(secret,))

        (again,) = attack(alone, 60).leaks

        assert (again.bound.low, again.bound.high) == (leak.bound.low, leak.bound.high)
        for one in cited:
            fewer = replace(alone, told=tuple(told for told in cited if told is not one))
            for wider in attack(fewer, 60).leaks:
                assert wider.bound.high - wider.bound.low > leak.bound.high - leak.bound.low


@given(systems(), st.data())
@settings(deadline=None)
def test_telling_more_never_makes_a_secret_wider(system: System, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(system.told)))
    fewer = replace(system, told=system.told[:kept])

    before = {leak.bound.of: leak.bound for leak in attack(fewer, 60).leaks}
    after = {leak.bound.of: leak.bound for leak in attack(system, 60).leaks}

    assert before.keys() <= after.keys()
    for of, bound in before.items():
        assert after[of].high - after[of].low <= bound.high - bound.low + 1e-9

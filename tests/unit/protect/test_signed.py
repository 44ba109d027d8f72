"""Amounts that may be below zero, as an attacker is told."""

from cauce.model.audit import Cited
from cauce.protect.system.signed import with_signs
from cauce.protect.told import Secret, System, Told

OF = Cited("T", ("A",), "amount")
WAGE, PROFIT = ("amount", ("wage",)), ("amount", ("profit",))
FOUND = System(
    2,
    (False, False),
    (Told(OF, {0: 1, 1: 2}, 5.0, 5.0),),
    (Secret(OF, {1: 1}, -3.0, 1.0, True),),
)


def test_what_may_be_below_zero_is_one_unknown_less_another():
    signed = with_signs(FOUND, (WAGE, PROFIT), {PROFIT})
    assert (signed.unknowns, signed.whole) == (3, (False, False, False))
    assert signed.told[0].sum == {0: 1, 1: 2, 2: -2}
    assert signed.secrets[0].sum == {1: 1, 2: -1}
    assert (signed.told[0].low, signed.secrets[0].true) == (5.0, -3.0)


def test_amounts_of_which_none_is_below_zero_stay_as_they_are():
    assert with_signs(FOUND, (WAGE, PROFIT), set()) is FOUND

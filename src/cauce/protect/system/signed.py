"""Amounts that may be below zero: a profit or a balance, where a wage cannot be.

The attacker takes every unknown as at least 0. One that may be below is told to him as what is
above zero less what is below, two unknowns in the place of one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cauce.protect.span import Vector
from cauce.protect.system.frames import Name
from cauce.protect.told import System


def with_signs(found: System, of: Sequence[Name], below: AbstractSet[Name]) -> System:
    """The system in which the unknowns of some names may be below zero.

    Args:
        of: the name of every unknown.
        below: those that are below zero somewhere. Whoever sees one number below zero knows it.
    """
    signed = [at for at, name in enumerate(of) if name in below]
    twins = {at: found.unknowns + number for number, at in enumerate(signed)}
    if not twins:
        return found

    def both(vector: Vector) -> Vector:
        return vector | {twins[at]: -factor for at, factor in vector.items() if at in twins}

    return System(
        found.unknowns + len(twins),
        (*found.whole, *(False for _ in twins)),
        tuple(replace(one, sum=both(one.sum)) for one in found.told),
        tuple(replace(one, sum=both(one.sum)) for one in found.secrets),
    )

"""The weights of the firms that answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate.firms.strata import check_staff
from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput, MethodFailed

RESPONDED, REFUSED, OUT = 0, 1, 2
"""What became of a firm: it answered; it is there and did not; it is closed or not in scope."""
LISTED = 8


@dataclass(frozen=True)
class FirmWeights:
    """Weights of n drawn firms, 0 where one did not answer, and the factors of each of s strata.

    `weight` is design × non-response × calibration. `lonely` marks strata with a single answer of
    several firms: of their error nothing is known.
    """

    weight: Floats
    design: Floats
    nonresponse: Floats
    calibration: Floats
    lonely: Flags


def weigh(
    stratum: Ints,
    population: Ints,
    staff: Floats,
    fate: Ints,
    registered: Floats,
    labels: Sequence[str],
) -> FirmWeights:
    """Weights that bring the registered staff of those who answered to that of the register.

    Firms found closed or out of scope answer that they have nobody: they keep their weight and
    their registered staff, so that what the register has too many of is taken off.

    Args:
        stratum: of each drawn firm, shape (n,).
        population: firms of each stratum in the frame, shape (s,).
        staff: as registered, shape (n,), never as answered.
        fate: RESPONDED, REFUSED or OUT, shape (n,).
        registered: staff of each stratum in the register, shape (s,).
        labels: what the strata are called, for messages.

    Raises:
        BadInput: the staff of a firm or of a stratum is none; a stratum has fewer firms than were
            drawn.
        MethodFailed: all firms of a stratum refused, none was drawn, or those who answered have no
            registered staff to stand for the others'.

    Source: domain page outlook, section 5; Särndal & Lundström (2005), Estimation in Surveys with
        Nonresponse, chapter 6, with one group a stratum and the ratio model.
    """
    check_staff(staff, "the sample")
    count = len(population)
    drawn = np.bincount(stratum, minlength=count)
    known = np.bincount(stratum[fate != REFUSED], minlength=count)
    answered = np.bincount(stratum[fate == RESPONDED], minlength=count)
    _check(population, registered, drawn, (answered == 0) & (known < drawn), labels)
    design = population / drawn
    nonresponse = drawn / known
    raw = np.where(fate == REFUSED, 0.0, (design * nonresponse)[stratum])
    reached = np.bincount(stratum, raw * staff, count)
    bare = (reached == 0) & (registered > 0)
    if bare.any():
        raise MethodFailed(
            f"In {_named(bare, labels)} those who answered have no registered staff, so that they "
            f"cannot stand for the others'. {JOIN}"
        )
    calibration = np.divide(registered, reached, out=np.ones(count), where=reached > 0)
    return FirmWeights(
        weight=raw * calibration[stratum],
        design=design,
        nonresponse=nonresponse,
        calibration=calibration,
        lonely=(known == 1) & (population > 1),
    )


JOIN = "Join the stratum with one like it: --join STRATUM=OTHER."


def _check(
    population: Ints, registered: Floats, drawn: Ints, silent: Flags, labels: Sequence[str]
) -> None:
    wrong = ~np.isfinite(registered) | (registered < 0)
    if wrong.any():
        raise BadInput(
            f"The registered staff of {_named(wrong, labels)} is missing or negative: a weight "
            "would be. Correct the register's totals."
        )
    if (drawn > population).any():
        raise BadInput(
            f"More firms were drawn in {_named(drawn > population, labels)} than the frame has."
        )
    if (drawn == 0).any():
        raise MethodFailed(
            f"No firm was drawn in {_named(drawn == 0, labels)}, so that nobody stands for it. "
            f"{JOIN}"
        )
    if silent.any():
        raise MethodFailed(
            f"All firms of {_named(silent, labels)} that are there refused, so that nobody stands "
            f"for them. {JOIN}"
        )


def _named(which: Flags, labels: Sequence[str]) -> str:
    """ "2 strata (A|F|CAP, B|F|CAP)"."""
    names = [labels[at] for at in np.flatnonzero(which).tolist()]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    things = "1 stratum" if len(names) == 1 else f"{len(names)} strata"
    return f"{things} ({', '.join(names[:LISTED])}{more})"

"""What weights are to add up to, and whether they can."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cauce.estimate.calibration import collapse_kernel
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.errors import BadInput

SHOWN = 10


@dataclass(frozen=True)
class Target:
    """Official totals of people, or of an amount, by code.

    `codes`, of shape (n,), are places in `labels`, negative of whoever has none; `totals` are those
    of the labels, NaN where none is given. `amount`, of shape (n,), is what is added up, NaN of
    whoever has none; None where people are counted.
    """

    name: str
    codes: Codes | Ints
    labels: tuple[str, ...]
    totals: Floats
    amount: Floats | None = None


def check_targets(targets: Sequence[Target], weight: Floats, tolerance: float) -> None:
    """Raises BadInput with all that keeps weights from these totals, each in one sentence.

    Whoever has no weight is not asked.
    """
    if not targets:
        raise BadInput("There is no margin to calibrate to. Give at least one.")
    faults = [fault for target in targets for fault in _faults(target, weight)]
    if not faults:
        faults += _contradictions(targets, tolerance)
    if faults:
        raise BadInput("\n".join(faults))


def people_of(target: Target, weight: Floats) -> tuple[Ints, int]:
    """How many respondents with a weight have each code, and how many none."""
    found = collapse_kernel.people(target.codes, weight, len(target.labels))
    return found[:-1], int(found[-1])


def _faults(target: Target, weight: Floats) -> Iterator[str]:
    people, lost = people_of(target, weight)
    totals = target.totals
    if lost:
        yield (
            f"{target.name}: {lost:,} of {people.sum() + lost:,} respondents have no code, so that "
            "no weight can be found for them. Impute it, or give the unknown a code and a total of "
            "its own."
        )
    if np.isinf(totals).any():
        yield f"{target.name}: {np.isinf(totals).sum():,} totals are infinite."
        return
    lacking = (people > 0) & np.isnan(totals)
    if lacking.any():
        yield (
            f"{target.name}: {people[lacking].sum():,} respondents have codes without a total: "
            f"{_named(target, lacking)}. Give one for every code."
        )
    empty = (people == 0) & (totals > 0)
    if empty.any():
        yield (
            f"{target.name} cannot be met: nobody in the file has {_named(target, empty)}, and "
            f"the totals are {np.nansum(totals[empty]):,.12g}. Correct the totals or the "
            "codes, or join the code with another."
        )
    if target.amount is None:
        yield from _no_counts(target, people)
    else:
        counted = weight > 0
        yield from _no_amounts(target, target.amount[counted], target.codes[counted])


def _no_counts(target: Target, people: Ints) -> Iterator[str]:
    """Totals that are no counts of people."""
    negative = target.totals < 0
    if negative.any():
        yield f"{target.name}: {negative.sum():,} totals are negative: {_named(target, negative)}."
    nobody = (people > 0) & (target.totals == 0)
    if nobody.any():
        yield (
            f"{target.name}: the total of {_named(target, nobody)} is 0, and "
            f"{people[nobody].sum():,} respondents have it."
        )


def _no_amounts(target: Target, amount: Floats, codes: Codes | Ints) -> Iterator[str]:
    """Totals no positive weights can give, because all amounts are of the other sign."""
    lost = int(np.isnan(amount).sum())
    if lost:
        yield (
            f"{target.name}: {lost:,} of {len(amount):,} respondents have no amount. Impute it, or "
            "take the margin out."
        )
        return
    known = codes >= 0
    above, below = (
        np.bincount(codes[known], np.maximum(sign * amount[known], 0.0), len(target.labels))
        for sign in (1.0, -1.0)
    )
    wrong = ((target.totals < 0) & (below == 0)) | ((target.totals > 0) & (above == 0))
    wrong |= (target.totals == 0) & ((above == 0) != (below == 0))
    if wrong.any():
        yield (
            f"{target.name} cannot be met: the amounts of {_named(target, wrong)} all lie on the "
            "other side of 0 than the total."
        )


def _contradictions(targets: Sequence[Target], tolerance: float) -> Iterator[str]:
    """Counts of the same people that add up to different numbers."""
    counts = [target for target in targets if target.amount is None]
    for later, one in enumerate(counts):
        for other in counts[:later]:
            sums = float(np.nansum(one.totals)), float(np.nansum(other.totals))
            if abs(sums[0] - sums[1]) > tolerance * max(sums):
                yield (
                    f"{other.name} adds up to {sums[1]:,.12g} and {one.name} to {sums[0]:,.12g}: "
                    "no weights can meet both. Correct one of them."
                )


def _named(target: Target, which: Flags) -> str:
    labels = [target.labels[at] for at in np.flatnonzero(which)]
    more = f" and {len(labels) - SHOWN:,} more" if len(labels) > SHOWN else ""
    return ", ".join(label or target.name for label in labels[:SHOWN]) + more

"""The strata of a register of employers: size × activity × region, the largest all taken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput

SIZES = ((100, "GE100"), (20, "S20T99"), (5, "S5T19"), (2, "S2T4"), (0, "S1"))
"""Staff from which a class begins, and its code in CL_SIZE."""
ALL = "ALL"


@dataclass(frozen=True)
class Strata:
    """The stratum of each of n firms, and what is known of each of s strata.

    `of` has shape (n,); `population` (firms), `staff` (registered people), `squares` (sum of
    squared staff) and `take_all` have shape (s,), in the order of `labels`.
    """

    of: Ints
    labels: tuple[str, ...]
    population: Ints
    staff: Floats
    squares: Floats
    take_all: Flags


def strata_of(
    staff: Floats, activity: Sequence[str], region: Sequence[str], take_all: float
) -> Strata:
    """Strata by size, activity and region.

    Firms of at least `take_all` staff are all in the sample; they form one stratum an activity,
    whatever their region, since nothing is drawn there.

    Raises:
        BadInput: there are no firms; the staff of one is missing, negative or infinite.

    Source: domain page outlook, section 5; size classes of CL_SIZE.
    """
    check_staff(staff, "the frame")
    names = [
        f"{ALL}|{what}" if people >= take_all else f"{size_class(people)}|{what}|{where}"
        for people, what, where in zip(staff.tolist(), activity, region, strict=True)
    ]
    labels, of = np.unique(np.array(names), return_inverse=True)
    return Strata(
        of=of.astype(np.int64),
        labels=tuple(labels.tolist()),
        population=np.bincount(of, minlength=len(labels)),
        staff=np.asarray(np.bincount(of, staff, len(labels)), dtype=np.float64),
        squares=np.asarray(np.bincount(of, staff**2, len(labels)), dtype=np.float64),
        take_all=np.array([label.startswith(f"{ALL}|") for label in labels.tolist()]),
    )


def check_staff(staff: Floats, where: str) -> None:
    """Raises BadInput, with counts, if there are no firms or numbers of staff are none."""
    if not len(staff):
        raise BadInput(f"There are no firms in {where}.")
    wrong = int((~np.isfinite(staff) | (staff < 0)).sum())
    if wrong:
        raise BadInput(
            f"{wrong:,} of {len(staff):,} firms in {where} have no staff that can be: it is "
            "missing, negative or infinite. Correct the register, or take these firms out and say "
            "so: a firm without staff cannot stand for others."
        )


def size_class(people: float) -> str:
    """The code of CL_SIZE."""
    return next(code for least, code in SIZES if people >= least)

"""The distinct combinations of margins: tens of thousands of rows in place of millions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cauce.estimate.calibration import collapse_kernel
from cauce.estimate.calibration.targets import Target, people_of
from cauce.estimate.regression import gathered
from cauce.model.arrays import Codes, Flags, Floats, Ints
from cauce.model.errors import BadInput
from cauce.model.sparse import Sparse

# So many combinations are counted in a table; of more the distinct ones are numbered first.
DENSE = 2**22


@dataclass(frozen=True)
class Collapsed:
    """What n respondents bring to p margins, each combination once.

    `pattern`, of shape (n,), is the row of `margins` of the respondent, of households that of all
    his household. `totals` and `names` are those of the margins.
    """

    pattern: Ints
    margins: Sparse
    totals: Floats
    names: tuple[str, ...]

    def weights(self, weight: Floats) -> Floats:
        """The weights of all who bring the same, shape (rows,)."""
        found = np.bincount(self.pattern, weight, len(self.margins.starts) - 1)
        return np.asarray(found, dtype=np.float64)


def collapse(targets: Sequence[Target], weight: Floats, household: Ints | None = None) -> Collapsed:
    """The combinations of checked targets; see `check_targets`.

    Args:
        household: the number of each respondent's household; None where people have own weights.

    Raises:
        BadInput: the weights of a household differ.
    """
    counted = weight > 0
    used = [people_of(target, weight)[0] > 0 for target in targets]
    known = [_known(target, own, counted) for target, own in zip(targets, used, strict=True)]
    columns = []
    for target in known:
        columns.append((target.codes, len(target.labels)))
        if target.amount is not None:
            columns.append(_numbered(target.amount))
    pattern, first = combined(columns)
    margins, totals, names = _margins(known, used, first)
    people = Collapsed(pattern, margins, totals, names)
    if household is None:
        return people
    refuse_uneven(weight, household)
    return _by_household(people, counted, household)


def _numbered(amount: Floats) -> tuple[Ints, int]:
    """Equal amounts have the same number."""
    values, number = np.unique(amount, return_inverse=True)
    return number, len(values)


def _known(target: Target, used: Flags, counted: Flags) -> Target:
    """The target with some code and amount of whoever has no weight: they are not looked at."""
    if counted.all():
        return target
    amount = None if target.amount is None else np.where(counted, target.amount, 0.0)
    codes = np.where(counted, target.codes, int(np.argmax(used)))
    return replace(target, codes=codes, amount=amount)


def combined(columns: Sequence[tuple[Codes | Ints, int]]) -> tuple[Ints, Ints]:
    """A number for each combination of codes that occurs, and the row it comes first in."""
    key, size = np.zeros(len(columns[0][0]), dtype=np.int64), 1
    for codes, own in columns:
        if size * own > DENSE and size > 1:
            key, first = _compact(key, size)
            size = len(first)
        key *= own
        key += codes
        size *= own
    return _compact(key, size)


def _compact(key: Ints, size: int) -> tuple[Ints, Ints]:
    """Numbers without gaps, and the row each comes first in."""
    if size > max(DENSE, 4 * len(key)):
        _, first, number = np.unique(key, return_index=True, return_inverse=True)
        return number, first
    number = np.empty_like(key)
    first = collapse_kernel.numbered(key, size, number)
    return number, first


def _margins(
    targets: Sequence[Target],
    used: Sequence[Flags],
    first: Ints,
) -> tuple[Sparse, Floats, tuple[str, ...]]:
    """What each combination brings to every margin, and the margins' totals and names.

    Args:
        first: a row that has the combination.
    """
    count = len(first)
    places, values, totals, names, width = [], [], [], [], 0
    for target, own in zip(targets, used, strict=True):
        place = np.cumsum(own) - 1 + width
        width += int(own.sum())
        places.append(place[target.codes[first]])
        values.append(np.ones(count) if target.amount is None else target.amount[first])
        totals.append(target.totals[own])
        names += [told(target, at) for at in np.flatnonzero(own).tolist()]
    each = len(targets)
    sparse = Sparse(
        np.arange(count + 1) * each,
        np.stack(places, axis=1).reshape(-1).astype(np.int64),
        np.stack(values, axis=1).reshape(-1),
        width,
    )
    return sparse, np.concatenate(totals), tuple(names)


def told(target: Target, at: int) -> str:
    """What a margin is called in messages; one of everyone has no code."""
    return f"{target.name} = {target.labels[at]}" if target.labels[at] else target.name


def refuse_uneven(weight: Floats, household: Ints) -> None:
    """Raises BadInput if the members of a household have different weights above 0."""
    size = int(household.max()) + 1
    some = weight > 0
    least, most = np.full(size, np.inf), np.zeros(size)
    np.minimum.at(least, household[some], weight[some])
    np.maximum.at(most, household[some], weight[some])
    # Weights that were computed for each member may differ in their last digits.
    uneven = int((most > least * (1 + 1e-9)).sum())
    if uneven:
        raise BadInput(
            f"{uneven:,} of {(most > 0).sum():,} households have members with different weights, "
            "so that they cannot have one. Calibrate people, or begin with weights of households."
        )


def _by_household(people: Collapsed, counted: Flags, household: Ints) -> Collapsed:
    """Everyone brings the mean of his household's members who have a weight.

    Source: Lemaître & Dufour (1987), An integrated method for weighting persons and families,
    Survey Methodology 13; as `aggregate.stage` in R's survey.
    """
    rows = np.flatnonzero(counted)
    order = rows[np.argsort(household[rows], kind="stable")]
    first = np.flatnonzero(np.diff(household[order], prepend=-1))
    bounds = np.append(first, len(order))
    members = np.diff(bounds)
    number = np.zeros(len(counted), dtype=np.int64)
    number[order] = np.repeat(np.arange(len(first)), members)
    part = np.zeros(len(counted))
    part[order] = np.repeat(1 / members, members)
    margins = gathered(bounds, order, people.pattern, part, people.margins)
    return Collapsed(number, margins, people.totals, people.names)

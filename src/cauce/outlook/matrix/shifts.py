"""What an expert says of the staffing of a sector, bounded, and shown apart from what data say."""

from collections.abc import Mapping, Sequence

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.errors import BadInput
from cauce.model.scenario import Lever
from cauce.model.text import Text

MOST_POINTS, PER_YEARS = 2.0, 5
"""Points of a sector's staffing that an expert may move an occupation by, in so many years.

Source: domain page outlook, section 4.5."""


def shift_effect(
    levers: Sequence[Lever],
    dimensions: tuple[str, str],
    share: Floats,
    codes: tuple[tuple[str, ...], tuple[str, ...]],
    years: Sequence[int],
    base_year: int,
    sectors: Floats,
) -> Floats:
    """People that experts' shifts move between occupations, shape (..., h, o); they add up to 0.

    A shift adds points to an occupation of a sector; the sector's others give them up in proportion
    to what they have. Between two years a shift moves in a straight line, from 0 in the base year;
    after the last it stays. The effect is added to the margin of occupations before raking, and
    shown beside the effects of industry and staffing, never within them.

    Args:
        levers: of kind staffing, change add, in points, targeting one sector and one occupation.
        dimensions: names of the two, as the targets have them.
        share: occupations within sectors, shape (s, o), rows adding up to 1.
        codes: of the sectors and of the occupations.
        years: of the horizons, (h,).
        sectors: people in each sector, shape (..., h, s).

    Raises:
        BadInput: a lever is none of staffing, names no cell, asks for more than 2 points in 5
            years, or for more people than the others of its sector have.
    """
    moved = np.zeros((len(years), *share.shape))
    for lever in levers:
        row, column = _place(lever, dimensions, codes)
        points = _points(lever, years, base_year)
        others = share[row].copy()
        others[column] = 0.0
        if not others.sum():
            raise BadInput(f"{_name(lever)}: its sector has no other occupation to give points up.")
        change = -points[:, None] / 100 * others / others.sum()
        change[:, column] = points / 100
        moved[:, row] += change
    if count := int((share + moved < 0).any(axis=0).sum()):
        raise BadInput(f"The shifts of staffing leave {count} cells with fewer people than nobody.")
    people: Floats = np.einsum("...hs,hso->...ho", sectors, moved)
    return people


def shift_log(levers: Sequence[Lever]) -> tuple[Text, ...]:
    """Every shift in words, with who says so, for the list of assumptions."""
    return tuple(
        Text(
            f"Expert shift of staffing, {_name(one)}: {_amounts(one.amounts)} points "
            f"({one.source.en}).",
            f"Cambio de composición según expertos, {_name(one)}: {_amounts(one.amounts)} puntos "
            f"({one.source.es}).",
        )
        for one in levers
    )


def _name(lever: Lever) -> str:
    return ", ".join(f"{name} {code}" for name, code in lever.target.items())


def _amounts(amounts: Mapping[int, float]) -> str:
    return ", ".join(f"{year}: {points:+g}" for year, points in sorted(amounts.items()))


def _place(
    lever: Lever, dimensions: tuple[str, str], codes: tuple[tuple[str, ...], tuple[str, ...]]
) -> tuple[int, int]:
    if (lever.kind, lever.change, lever.unit) != ("staffing", "add", "points"):
        raise BadInput(f"{_name(lever)}: a shift of staffing adds points, and this lever does not.")
    if set(lever.target) != set(dimensions):
        raise BadInput(
            f"{_name(lever)}: a shift of staffing names one {' and one '.join(dimensions)}."
        )
    row, column = (lever.target[name] for name in dimensions)
    if row not in codes[0] or column not in codes[1]:
        raise BadInput(f"{_name(lever)}: the matrix has no such cell.")
    return codes[0].index(row), codes[1].index(column)


def _points(lever: Lever, years: Sequence[int], base_year: int) -> Floats:
    """Points in each year, (h,); refuses a lever that moves faster than experts may."""
    at = [base_year, *sorted(lever.amounts)]
    if (at[1:2] and at[1] <= base_year) or len(at) == 1:
        raise BadInput(f"{_name(lever)}: a shift of staffing needs years after {base_year}.")
    points = [0.0, *(lever.amounts[year] for year in at[1:])]
    pace = np.abs(np.diff(points)) / np.diff(at)
    if (pace > MOST_POINTS / PER_YEARS + 1e-9).any():
        raise BadInput(
            f"{_name(lever)}: moves {pace.max():.2g} points a year, and {MOST_POINTS:g} in "
            f"{PER_YEARS} years is the most that is taken from an expert."
        )
    on_the_way: Floats = np.interp(np.array(years, dtype=float), at, points)
    return on_the_way

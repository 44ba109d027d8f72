"""The compiled pass over two sides of a cell: what their estimates have in common, PSU by PSU.

Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 5.6 and result
5.7.1 (covariance of linearised estimators), with ultimate clusters as in `kernel`.
"""

from numba import njit

from cauce.model.arrays import Codes, Flags, Floats, Ints

A, B, STRATUM_A, STRATUM_B, MOMENT, COMMON, STRATA, ALONE = range(8)
SLOTS = 8


@njit(nogil=True, cache=True, error_model="numpy")
def add_sums(
    order: Ints,
    cell: Codes,
    side: Codes,
    weight: Floats,
    inside: Flags,
    y: Floats,
    x: Floats,
    sums: Floats,
) -> None:
    """Add rows to the weighted sums of y and x of each side of each cell, (cells, 2 sides, 2).

    `side` is 0 or 1, or -1 of whoever is on neither; `x` is empty where it is 1 for everyone.
    """
    for r in order:
        if side[r] >= 0 and inside[r]:
            sums[cell[r], side[r], 0] += weight[r] * y[r]
            sums[cell[r], side[r], 1] += weight[r] * (x[r] if len(x) > 0 else 1.0)


@njit(nogil=True, cache=True, error_model="numpy")
def close_psu(c: int, h: int, inner: Floats, met: Flags, kept: Floats) -> None:
    """Add the product of both sides' sums of a PSU, and the sums to those of the stratum."""
    kept[c, MOMENT] += inner[h] * kept[c, A] * kept[c, B]
    kept[c, STRATUM_A] += kept[c, A]
    kept[c, STRATUM_B] += kept[c, B]
    if met[c, 0] and met[c, 1]:
        kept[c, COMMON] += 1.0
    kept[c, A] = kept[c, B] = 0.0
    met[c, 0] = met[c, 1] = False


@njit(nogil=True, cache=True, error_model="numpy")
def close_stratum(c: int, h: int, outer: Floats, alone: Floats, kept: Floats) -> None:
    """Take the product of both sides' means of a stratum away."""
    kept[c, MOMENT] -= outer[h] * kept[c, STRATUM_A] * kept[c, STRATUM_B]
    kept[c, STRATUM_A] = kept[c, STRATUM_B] = 0.0
    kept[c, STRATA] += 1.0
    kept[c, ALONE] += alone[h]


@njit(nogil=True, cache=True, error_model="numpy")
def add_moments(
    order: Ints,
    stratum: Ints,
    psu: Ints,
    inner: Floats,
    outer: Floats,
    alone: Floats,
    cell: Codes,
    side: Codes,
    weight: Floats,
    inside: Flags,
    y: Floats,
    x: Floats,
    total: bool,
    sums: Floats,
    kept: Floats,
    met: Flags,
    seen: Ints,
) -> None:
    """Add rows to the covariance of both sides of each cell and what is counted on the way.

    Args:
        order: the rows that count, those of a stratum and of a PSU together.
        inner: the factors of a stratum's PSU sums, `outer` those of its means.
        sums: as `add_sums` leaves them; of a total z is y, else z = (y - R x) / X.
        kept: (cells, SLOTS), at first 0; the covariance is found once all is closed.
        met: (cells, 2), whether the PSU that is open has somebody on each side.
        seen: (cells, 2), the PSU and stratum that are open, -1 if none is.
    """
    for r in order:
        s, c = side[r], cell[r]
        if s < 0 or not inside[r] or weight[r] == 0.0:
            continue
        if seen[c, 0] != psu[r]:
            if seen[c, 0] >= 0:
                close_psu(c, seen[c, 1], inner, met, kept)
            if seen[c, 1] >= 0 and seen[c, 1] != stratum[r]:
                close_stratum(c, seen[c, 1], outer, alone, kept)
            seen[c, 0], seen[c, 1] = psu[r], stratum[r]
        z = y[r]
        if not total:
            under = x[r] if len(x) > 0 else 1.0
            z = (z - sums[c, s, 0] / sums[c, s, 1] * under) / sums[c, s, 1]
        kept[c, s] += weight[r] * z
        met[c, s] = True


@njit(nogil=True, cache=True, error_model="numpy")
def close_all(
    inner: Floats, outer: Floats, alone: Floats, kept: Floats, met: Flags, seen: Ints
) -> None:
    """Close the last PSU and stratum of every cell."""
    for c in range(len(kept)):
        if seen[c, 0] >= 0:
            close_psu(c, seen[c, 1], inner, met, kept)
            close_stratum(c, seen[c, 1], outer, alone, kept)

"""Matrices that keep the shape of a seed and meet both margins, in every draw at once."""

import numpy as np
from scipy.optimize import linprog

from cauce.model.arrays import Flags, Floats, Ints
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.text import Text


class MarginsUnmet(MethodFailed):
    """The zeros of a seed do not let margins be met; `because` says whose, in both languages."""

    def __init__(self, because: Text) -> None:
        super().__init__(because.en)
        self.because = because


CLOSE = 1e-10
"""How far a margin may be missed, relative to the total."""
SAME_TOTAL = 1e-6
ROUNDS, SMALLEST = 10_000, 1e-100


def rake(
    seed: Floats, rows: Floats, columns: Floats, names: tuple[tuple[str, ...], tuple[str, ...]]
) -> Floats:
    """The matrices nearest to the seed that add up to both margins, shape (..., s, o).

    Nearest in Kullback's sense: every matrix is the seed times a factor for each row and one for
    each column, so that a 0 of the seed stays 0. With one seed for all draws the factors of all of
    them are found by two products of matrices a round; no draw is walked alone.

    Args:
        seed: not negative, of one shape (s, o) for all draws, or one a draw, shape (..., s, o).
        rows: what each row adds up to, shape (..., s).
        columns: what each column adds up to, shape (..., o).
        names: of the rows and of the columns, for the reason of a refusal.

    Raises:
        BadInput: a margin or the seed is negative or missing, or the two margins have not one sum.
        MarginsUnmet: the zeros of the seed do not let the margins be met: says whose.

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11:427; Stone's RAS; the
    existence of a solution: Bacharach (1970), Biproportional Matrices and Input-Output Change.
    """
    lead = rows.shape[:-1]
    asked, wanted = _checked(seed, rows.reshape(-1, rows.shape[-1]), columns)
    own = seed if seed.ndim == 2 else seed.reshape(-1, *seed.shape[-2:])
    down, across = _factors(own, asked, wanted, names)
    raked: Floats = down[:, :, None] * own * across[:, None, :]
    return raked.reshape(*lead, *seed.shape[-2:])


def _checked(seed: Floats, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Margins of n draws, shapes (n, s) and (n, o), the columns scaled to the sum of the rows."""
    flat = columns.reshape(-1, columns.shape[-1])
    for what, numbers in (("seed", seed), ("row margin", rows), ("column margin", flat)):
        if count := int((~(numbers >= 0) | ~np.isfinite(numbers)).sum()):
            raise BadInput(f"{count} numbers of the {what} are missing or below 0.")
    if len(flat) != len(rows) or (seed.shape[-2:] != (rows.shape[1], flat.shape[1])):
        raise BadInput("Seed and margins are not of one shape.")
    total, other = rows.sum(axis=1), flat.sum(axis=1)
    apart = np.abs(other - total) > SAME_TOTAL * np.maximum(total, other)
    if count := int(apart.sum()):
        raise BadInput(
            f"In {count} of {len(rows)} draws the rows do not add up to what the columns add up "
            "to: forecast both margins with one total."
        )
    return rows, flat * (total / np.where(other > 0, other, 1.0))[:, None]


def _factors(
    seed: Floats, rows: Floats, columns: Floats, names: tuple[tuple[str, ...], tuple[str, ...]]
) -> tuple[Floats, Floats]:
    """Factors of rows (n, s) and columns (n, o). A draw that meets its margins is left alone."""
    down, across = np.ones_like(rows), np.zeros_like(columns)
    going, own = np.arange(len(rows)), seed
    for _ in range(ROUNDS):
        across[going] = _share(columns[going], _times(down[going], own))
        got = _times(across[going], np.swapaxes(own, -1, -2))
        apart = np.abs(down[going] * got - rows[going]).max(axis=1)
        missed = apart > CLOSE * rows[going].sum(axis=1)
        if not missed.any():
            return down, across
        if not missed.all():
            going, got = going[missed], got[missed]
            own = own if seed.ndim == 2 else own[missed]
        down[going] = _bounded(_share(rows[going], got))
    raise MarginsUnmet(_why(seed, rows, columns, going, names))


def _bounded(factors: Floats) -> Floats:
    """The same factors up to one of each draw; where margins cannot be met, they would run away."""
    scaled = factors / factors.max(axis=1, keepdims=True)
    return np.where(scaled > 0, np.maximum(scaled, SMALLEST), 0.0)


def _times(factors: Floats, matrix: Floats) -> Floats:
    """Factors (n, a) times a matrix (a, b), or each times its own (n, a, b): shape (n, b)."""
    if matrix.ndim == 2:
        return factors @ matrix
    each: Floats = (factors[:, None, :] @ matrix)[:, 0, :]
    return each


def _share(margin: Floats, got: Floats) -> Floats:
    """What each has to be multiplied by; 0 where the margin is 0 or nobody is there to multiply."""
    able = (margin > 0) & (got > 0)
    return np.where(able, margin / np.where(able, got, 1.0), 0.0)


def _why(
    seed: Floats,
    rows: Floats,
    columns: Floats,
    missed: Ints,
    names: tuple[tuple[str, ...], tuple[str, ...]],
) -> Text:
    """Whose margins cannot be met in the first draw that missed, by the smallest cut of its flow.

    Source: Gale (1957), Pacific Journal of Mathematics 7:1073, feasibility of a supply and demand.
    """
    first = missed[0]
    own = (seed if seed.ndim == 2 else seed[first]) > 0
    cut = _cut(own, rows[first], columns[first])
    many, muchos = (
        f"In {len(missed)} of {len(rows)} draws",
        f"En {len(missed)} de {len(rows)} sorteos",
    )
    if cut is None:
        return Text(
            f"{many} the margins cannot be met unless cells where the seed has people become "
            "empty: the margins and the seed contradict each other.",
            f"{muchos} los márgenes solo se cumplen si quedan vacías celdas donde la matriz "
            "inicial tiene personas: los márgenes y la matriz se contradicen.",
        )
    short, reach = cut
    who, where = (", ".join(np.array(n)[at]) for n, at in zip(names, cut, strict=True))
    people, room = rows[first][short].sum(), columns[first][reach].sum()
    return Text(
        f"{many} the margins cannot be met: {who} have {people:,.0f} people, and the only columns "
        f"that the seed lets them into ({where or 'none'}) have {room:,.0f}.",
        f"{muchos} los márgenes no se pueden cumplir: {who} suman {_es(people)} personas, y las "
        f"únicas columnas que la matriz inicial les abre ({where or 'ninguna'}) suman {_es(room)}.",
    )


def _es(people: float) -> str:
    return f"{people:,.0f}".replace(",", " ")


def _cut(able: Flags, rows: Floats, columns: Floats) -> tuple[Flags, Flags] | None:
    """Rows that have more people than all columns they reach, and those columns; None if none do.

    The most people that can be placed is a linear programme over the cells that are not 0; the
    rows whose price is above half are those of the smallest cut.
    """
    at_row, at_column = np.nonzero(able)
    cells = np.arange(len(at_row))
    limits = np.zeros((able.shape[0] + able.shape[1], len(cells)))
    limits[at_row, cells] = 1
    limits[able.shape[0] + at_column, cells] = 1
    margins = np.concatenate([rows, columns]) / rows.sum()
    best = linprog(-np.ones(len(cells)), A_ub=limits, b_ub=margins, method="highs")
    if np.asarray(best.x, dtype=np.float64).sum() >= 1 - SAME_TOTAL:
        return None
    price = -best.ineqlin.marginals[: able.shape[0]]
    short: Flags = (price < 0.5) & (rows > 0)
    return short, np.asarray(able[short].any(axis=0))

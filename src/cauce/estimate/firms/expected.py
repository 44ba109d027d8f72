"""What precision a sample of firms will have, before anybody pays for it."""

from dataclasses import dataclass

import numpy as np

from cauce.estimate.firms.strata import Strata
from cauce.model.arrays import Floats, Ints
from cauce.model.errors import BadInput

PUBLISHED = 0.30
"""A coefficient of variation up to which a number is shown. Source: domain page outlook, 5."""
DEFAULT_OCCUPATIONS = 18
MOST_COMMON, RAREST = 0.50, 0.06
SPREAD = 1.0


@dataclass(frozen=True)
class Expected:
    """Coefficients of variation: of the total need, and of each of k occupations, shape (k,)."""

    respondents: float
    total: float
    occupations: Floats

    @property
    def shown(self) -> int:
        """Occupations whose number will be shown."""
        return int((self.occupations <= PUBLISHED).sum())


def presence_profile(occupations: int = DEFAULT_OCCUPATIONS) -> Floats:
    """The share of firms that have each occupation, from the most common to the rarest.

    A geometric row from one half to 6 %, for a sector nothing is known of. It comes close to the
    simulated sector of the domain page (outlook, section 5, 18 occupations).
    """
    return np.geomspace(MOST_COMMON, RAREST, occupations)


def expected(
    strata: Strata,
    drawn: Ints,
    response: float,
    presence: Floats,
    spread: float = SPREAD,
) -> Expected:
    """The errors to expect of totals that are calibrated to registered staff.

    A firm's need is taken as its staff times a rate that varies between firms with the coefficient
    of variation `spread`; an occupation stands in a share q of the firms, whatever their size.
    Then one firm's need of it varies, relative to its expectation, by (1 + spread²)/q - 1, and that
    of all together by spread². Those who do not answer are missing at random within their stratum.

    Args:
        drawn: firms to be asked in each stratum, shape (s,).
        response: the share of them that will answer.
        presence: q of each occupation, shape (k,).

    Raises:
        BadInput: the response is not above 0 and at most 1; a presence likewise; the spread is
            negative; nobody works in the firms of the frame.

    Source: separate ratio estimator, Särndal, Swensson & Wretman (1992), section 7.3; the model of
        needs is Cauce's own.
    """
    _check(strata, response, presence, spread)
    answering = np.maximum(drawn * response, 1e-9)
    unanswered = np.maximum(1 - answering / strata.population, 0.0)
    mean_square = strata.squares / strata.population
    parts = strata.population.astype(np.float64) ** 2 * unanswered / answering * mean_square
    unit = float(parts.sum()) / float(strata.staff.sum()) ** 2
    varies = (1 + spread**2) / presence - 1
    return Expected(
        respondents=float((drawn * response).sum()),
        total=float(np.sqrt(unit) * spread),
        occupations=np.sqrt(unit * varies),
    )


def _check(strata: Strata, response: float, presence: Floats, spread: float) -> None:
    if not 0 < response <= 1:
        raise BadInput(f"The response is {response:g}; write a share such as 0.6.")
    if not len(presence) or not ((presence > 0) & (presence <= 1)).all():
        raise BadInput("The share of firms that have an occupation lies above 0 and at most at 1.")
    if not spread >= 0:
        raise BadInput(f"The spread of needs is {spread:g}; it cannot be negative.")
    if not strata.staff.sum() > 0:
        raise BadInput("Nobody works in the firms of the frame: their staff adds up to 0.")

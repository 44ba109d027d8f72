"""How forecasts came out: what stands beside every forecast, whether it is flattering or not."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class MethodScore:
    """One method over all origins of a back-test; NaN where it says nothing of the kind.

    `wape` is Σ|error| over Σ observed, `dissimilarity` half the sum of differences of shares,
    `mdape` the median relative error; `direction` is how often it was right about growth or
    decline, `faster` about growing faster than all together, over what it said anything about.
    `crps` is of the logarithm, with the error the method gives itself. All are fractions.
    """

    method: str
    origins: int
    wape: float
    dissimilarity: float
    mdape: float
    direction: float
    faster: float
    crps: float


@dataclass(frozen=True)
class Coverage:
    """How many observed numbers lay in intervals of a nominal level, and how wide these were.

    The observed numbers' own sampling error is allowed for: a survey may miss a right interval.
    `width` is that of the interval over the forecast.
    """

    nominal: float
    achieved: float
    width: float


@dataclass(frozen=True)
class Claim:
    """By how much one method's WAPE is below another's, over origins.

    `gain` is the mean difference, positive where the first is better; `se` counts origins and not
    cells, which are wrong together. Both are NaN where there are fewer than three origins.
    """

    method: str
    against: str
    origins: int
    gain: float
    se: float


@dataclass(frozen=True)
class Scorecard:
    """What the past says of the forecasts of a level at a horizon, in years.

    `champion` is the method that is published, `verdict` says why in words. `judged_at` is the
    horizon of the back-test that decided, a shorter one where the past is too short, 0 if none.
    `everything_grows` is how often direction is right for who says that all grows; a direction is
    worth what it adds to that. `wape_floor` and `dissimilarity_floor` are what a perfect forecast
    would score, because the observed numbers have errors of their own. `inflation` is what the
    model's variances are multiplied by; `left_out` are the years of waves that were not scored.
    """

    area: str
    level: str
    horizon: float
    champion: str
    verdict: Text
    judged_at: float
    origins: tuple[float, ...]
    cells: int
    scores: tuple[MethodScore, ...]
    everything_grows: float
    wape_floor: float
    dissimilarity_floor: float
    inflation: float
    coverage: tuple[Coverage, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[float, ...]

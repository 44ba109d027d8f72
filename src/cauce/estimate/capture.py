"""Permits beside the workers that a survey estimates: their ratio with its error."""

from dataclasses import dataclass

from cauce.model.errors import MethodFailed


@dataclass(frozen=True)
class Capture:
    """Permits per estimated worker; the interval is that of the survey, turned over."""

    value: float
    se: float
    low: float
    high: float


def capture(permits: float, workers: float, se: float, low: float, high: float) -> Capture:
    """The ratio of a count without an error to an estimate with one.

    Args:
        permits: counted; a register is a census of itself.
        workers: estimated, with its standard error `se` and the bounds of its interval.

    Raises:
        MethodFailed: the estimate, or the lower end of its interval, is not above 0: then the
            ratio has no upper bound.

    Source: delta method, Wolter (2007), Introduction to Variance Estimation, section 6.2. As the
        count has no error, the interval of the estimate turned over is exact where that is.
    """
    if not (workers > 0 and low > 0):
        raise MethodFailed("The survey cannot tell its estimate of workers from zero: no ratio.")
    value = permits / workers
    return Capture(value, value * se / workers, permits / high, permits / low)

"""How long an attack may take. One that does not finish says so: nothing passes unattacked."""

from time import monotonic

from cauce.model.errors import BadInput


class Unfinished(BadInput):
    """The audit did not finish within its budget, so nobody knows what the release gives away."""


class Clock:
    """The seconds of a budget, from the moment it is made."""

    def __init__(self, budget_seconds: float) -> None:
        self._budget = budget_seconds
        self._start = monotonic()

    @property
    def spent(self) -> float:
        return monotonic() - self._start

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            Unfinished: none are.
        """
        left = self._budget - self.spent
        if left <= 0:
            raise unfinished(self._budget)
        return left


def unfinished(budget_seconds: float) -> Unfinished:
    return Unfinished(
        f"The audit did not finish within its {budget_seconds:g} seconds, so nothing is "
        "released. Give it more time, or publish fewer or coarser tables."
    )

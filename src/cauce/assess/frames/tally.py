"""Answers counted: yes, no, not known, not asked; and shares that never take unknown for no."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cauce.model.truth import Truth


@dataclass(frozen=True)
class Tally:
    """How many answers there are of each kind; `apart` do not apply and are in no share.

    Source: Manski (2003), Partial Identification of Probability Distributions, chapter 1, for the
    bounds `low` and `high`.
    """

    yes: int
    no: int
    unknown: int
    apart: int = 0

    @property
    def asked(self) -> int:
        return self.yes + self.no + self.unknown

    @property
    def share(self) -> float | None:
        """Yes, of what is known; None if nothing is."""
        return _of(self.yes, self.yes + self.no)

    @property
    def low(self) -> float | None:
        """Yes, of all that apply, if everything unknown were no."""
        return _of(self.yes, self.asked)

    @property
    def high(self) -> float | None:
        """Yes, of all that apply, if everything unknown were yes."""
        return _of(self.yes + self.unknown, self.asked)

    @property
    def coverage(self) -> float | None:
        """What is known, of all that apply."""
        return _of(self.yes + self.no, self.asked)


def tally(said: Iterable[Truth | None]) -> Tally:
    """Counted by the answers; None does not apply.

    Source: none of its own; unknown stays a category of its own, as `model.truth` has it.
    """
    count = Counter(said)
    return Tally(count[Truth.YES], count[Truth.NO], count[Truth.CANNOT_TELL], count[None])


def _of(part: int, whole: int) -> float | None:
    return part / whole if whole else None

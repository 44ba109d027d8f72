"""What is asked: an indicator in some groupings of the respondents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from cauce.estimate.grouping import Grouping
from cauce.estimate.sweep import Sweep
from cauce.model.arrays import Codes, Floats, Ints
from cauce.model.indicator import Indicator
from cauce.model.sample import Score

Dims: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """An indicator, its score, the groupings it is wanted in, and of a share its classifier.

    `known` are the codes of that classifier a share is distributed over.
    """

    indicator: Indicator
    score: Score
    dims: frozenset[Dims]
    within: int = -1
    known: int = 0


class Asked(Protocol):
    """Who can be asked for the respondents by cell, and in the order of their amounts."""

    sweep: Sweep
    weight: Floats
    classifiers: Sequence[Codes]

    def grouping(self, dims: Dims) -> Grouping: ...

    def order_of(self, q: Question) -> Ints: ...

"""Two codes of a dimension whose numbers are compared in every table that has it."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.text import Text

WavePsus = Literal["", "same", "new"]
"""Whether waves share PSUs: by their labels, never, or the survey does not say."""


@dataclass(frozen=True)
class Pair:
    """Two domains a dimension tells apart, one by each code: men and women of SEX."""

    id: str
    name: Text
    dimension: str
    first: str
    second: str

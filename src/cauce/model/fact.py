"""What is known of somebody or something that is judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cauce.model.record import Absent


@dataclass(frozen=True)
class Between:
    """A day of which only this is known: not before `first`, not after `last`."""

    first: date
    last: date


Day: TypeAlias = date | Between
Fact: TypeAlias = bool | int | float | str | date | Between | Absent
Facts: TypeAlias = Mapping[str, Fact]
"""Facts by name; one that is not there is unknown."""

"""A corridor as a network of observers sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Corridor:
    """From one country to another: how often it was observed, when last, and who knows of it.

    `levels` counts observations by how far they are verified, `known_from` are the registers that
    name the corridor; a corridor without observations has no `last`.
    """

    origin: str
    destination: str
    levels: Mapping[str, int]
    last: date | None
    known_from: tuple[str, ...]

    @property
    def observed(self) -> int:
        return sum(self.levels.values())

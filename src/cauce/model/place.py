"""Where in what people declare something is written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A file of a pack, relative to its folder, and a line of it from 1."""

    file: str
    line: int

"""What an attack found: the bounds of every secret, and those that are too narrow."""

from dataclasses import dataclass

from cauce.model.audit import Bound, Leak


@dataclass(frozen=True)
class Found:
    """A bound for every secret of the system, in its order, and the leaks among them."""

    bounds: tuple[Bound, ...]
    leaks: tuple[Leak, ...]
    seconds: float

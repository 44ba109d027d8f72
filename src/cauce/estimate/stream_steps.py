"""Steps of a stream that do not meet, made side by side: no bit depends on which is first."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

Step: TypeAlias = Callable[[], None]
THREADS = 2


def side_by_side(steps: Sequence[Step]) -> None:
    """Make all steps, each of which keeps what is its own; what one raises is raised here."""
    with ThreadPoolExecutor(THREADS) as pool:
        for made in [pool.submit(step) for step in steps]:
            made.result()

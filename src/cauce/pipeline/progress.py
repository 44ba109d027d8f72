"""How a long step says where it is."""

from collections.abc import Callable

Progress = Callable[[str], None]


def silent(message: str) -> None:
    """Tell nobody."""
    del message

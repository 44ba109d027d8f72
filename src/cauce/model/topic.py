"""What registers are about, to find them by."""

from dataclasses import dataclass

from cauce.model.text import Text


@dataclass(frozen=True)
class Topic:
    """Some registers under a name, in the order in which they are shown."""

    id: str
    name: Text
    registers: tuple[str, ...]

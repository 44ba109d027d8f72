"""What holds for every register of a house that is counted."""

from dataclasses import dataclass

from cauce.model.pack import Rules
from cauce.model.text import Text


@dataclass(frozen=True)
class House:
    """Whose registers these are, and by which rules their counts are published.

    `sensitive` are the rules of registers that hold what people said or did, `open` those of
    registers whose every record has a public page. `invented` marks a house that does not exist.
    """

    area: str
    name: Text
    licence: str
    sensitive: Rules
    open: Rules
    invented: bool = False

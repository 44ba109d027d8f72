"""What somebody learns before applying."""

from dataclasses import dataclass

from cauce.model.criterion import Finding
from cauce.model.phase import Opening
from cauce.model.text import Text
from cauce.model.truth import Truth


@dataclass(frozen=True)
class PreCheck:
    """Whether the criteria are met and whether the phase is open: two answers, kept apart.

    `to_find_out` names the facts that would settle it. `notice` is always shown.
    """

    criteria: Truth
    opening: Opening
    finding: Finding
    to_find_out: tuple[str, ...]
    notice: Text

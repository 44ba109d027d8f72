"""A vintage that was released before and is still public: its reader has it beside the next."""

from dataclasses import dataclass

from cauce.model.observation import Observations


@dataclass(frozen=True)
class Retained:
    """What an earlier vintage of a survey still tells.

    One that is `gone` was withdrawn: what it told is known, and nobody can take that back.
    """

    vintage: str
    flows: tuple[Observations, ...]
    gone: bool = False

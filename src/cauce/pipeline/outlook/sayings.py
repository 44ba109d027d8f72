"""What a scenario has said so far, for every step of a run to add to."""

from dataclasses import dataclass, field

from cauce.model.projected import NotProducible, Projected
from cauce.model.text import Text
from cauce.pipeline.outlook.closing import Situation
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.flows import Table


@dataclass
class Said:
    """What a scenario says: tables and flows, what it assumes, and what it cannot say.

    `groups` is the level of major groups as published, `situation` what its gaps are made of; None
    where they cannot be told.
    """

    tables: list[Table] = field(default_factory=list)
    assumptions: list[Text] = field(default_factory=list)
    lacking: list[NotProducible] = field(default_factory=list)
    flows: list[Projected] = field(default_factory=list)
    groups: Level | None = None
    situation: Situation | None = None

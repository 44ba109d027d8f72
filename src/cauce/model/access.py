"""Who may do what with a register, as it is declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from cauce.model.account import Role
from cauce.model.text import Text

Verb = Literal["see", "write", "approve", "publish", "import", "export"]
State = Literal["draft", "review", "approved", "published"]
Where = Literal["own", "region", "foreign"]
Refusal = Literal["role", "verb", "place", "state", "wall", "key"]


class Level(IntEnum):
    """How far into a record somebody sees: what is public, or up to a sensitivity."""

    NOTHING = 0
    PUBLIC = 1
    P0 = 2
    P1 = 3
    P2 = 4
    P3 = 5


@dataclass(frozen=True)
class Grant:
    """Something that is allowed. What no grant allows is refused.

    `shows` is how far into a record it reaches; `also` names fields beyond that, as
    "register.field".
    """

    roles: frozenset[Role]
    registers: frozenset[str]
    verbs: frozenset[Verb]
    where: frozenset[Where]
    states: frozenset[State]
    shows: Level
    also: frozenset[str]


@dataclass(frozen=True)
class Wall:
    """What somebody with one of these roles never sees, whatever their other roles allow.

    `leaves` is the level up to which they still see; at NOTHING the register is not there for them.
    """

    roles: frozenset[Role]
    registers: frozenset[str]
    leaves: Level


@dataclass(frozen=True)
class Access:
    """The whole matrix: role × register × verb × country × state × field."""

    grants: tuple[Grant, ...]
    walls: tuple[Wall, ...]
    refused: Mapping[Refusal, Text]
    registers: frozenset[str]

"""Fields of forms, as templates lay them out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A code a reader may choose."""

    id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Choices that belong together, under a name."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Field:
    """A form field with its choices, some of them in groups."""

    id: str
    name: str
    choices: tuple[Choice, ...]
    groups: tuple[Group, ...] = ()

"""What people wait for, and how long each has waited."""

from dataclasses import dataclass
from datetime import date

from cauce.model.text import Text


@dataclass(frozen=True)
class WaitStep:
    """One wait: from which day of a record to which; a field "link.field" is of what it names.

    It is over on the `last` day where `over[0]` has one of the codes `over[1]`; without them that
    day only says how long was waited. A figure rests on the distinct values of `contributor`.
    """

    id: str
    name: Text
    register: str
    mechanism: str
    first: str
    last: str
    over: tuple[str, tuple[str, ...]]
    contributor: str


@dataclass(frozen=True)
class Waits:
    """The waits of a house that are published: one dataflow, of all its steps."""

    id: str
    name: Text
    definition: Text
    about: Text
    steps: tuple[WaitStep, ...]


@dataclass(frozen=True)
class Waited:
    """One wait as of a day, in days; `ended` says that it is over."""

    step: str
    country: str
    mechanism: str
    began: date
    days: int
    ended: bool
    contributor: object

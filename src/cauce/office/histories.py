"""What somebody may see of a record: its entries, what was said of each, and how it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cauce.model.access import State
from cauce.model.entry import Entry, Period
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.registers.log import timeline
from cauce.store.log.review import Said, Verdict

STATE: Mapping[Verdict | None, State] = {
    None: "review",
    Verdict.APPROVED: "approved",
    Verdict.RETURNED: "draft",
}
"""How the matrix calls an entry by what was said of it; one that came back is a draft again."""


class NotThere(Exception):  # noqa: N818 - a way of answering, not a failure
    """No such record for this person: it does not exist, or it is not theirs to see."""


@dataclass(frozen=True)
class Step:
    """An entry somebody may see, and what was said of it."""

    entry: Entry
    said: Said | None

    @property
    def verdict(self) -> Verdict | None:
        return self.said.verdict if self.said else None

    @property
    def state(self) -> State:
        return STATE[self.verdict]


@dataclass(frozen=True)
class History:
    """The entries of one record, oldest first; never empty."""

    register: Register
    key: str
    country: str
    steps: tuple[Step, ...]

    @property
    def newest(self) -> Step:
        return self.steps[-1]

    def periods(
        self, known_at: datetime | None = None, only: Iterable[Verdict | None] | None = None
    ) -> tuple[Period, ...]:
        """What the entries say of all time; one that was returned says nothing any more."""
        wanted = {None, Verdict.APPROVED} if only is None else set(only)
        return timeline([s.entry for s in self.steps if s.verdict in wanted], known_at)

    def step(self, number: int) -> Step:
        """One entry. Raises NotThere."""
        for step in self.steps:
            if step.entry.number == number:
                return step
        raise NotThere


@dataclass(frozen=True)
class Line:
    """A record in a list: how it stands and what it is called."""

    register: Register
    key: str
    number: int
    country: str
    ended: bool
    said: Said | None
    names: Text

    @property
    def verdict(self) -> Verdict | None:
        return self.said.verdict if self.said else None

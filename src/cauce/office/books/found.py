"""What was found in a workbook, as it is kept until its sender decides."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from cauce.model.entry import Action
from cauce.model.text import Text
from cauce.office.books.carried import Carried
from cauce.office.seat import Seat
from cauce.pipeline.register_books import Checked, Mark
from cauce.registers.titles import called
from cauce.store.log import Log
from cauce.store.log.opening import part_of

MOST = 100
"""Lines and faults that a page lists; the count is of all."""
MOST_KEPT = 50_000
"""Faults that are kept; a workbook has 5,000 of them marked."""


@dataclass(frozen=True)
class Line:
    """Something that would be entered: what it does, and to which record."""

    action: Action
    key: str
    names: Text


@dataclass(frozen=True)
class Found:
    """What a workbook would do, or what is wrong with it; `message` says why it was not read.

    `lines` are the first of what `actions` counts, `marks` the first of what `faults` counts.
    """

    actions: Mapping[Action, int] = field(default_factory=dict)
    unchanged: int = 0
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    faults: int = 0
    message: Text | None = None

    @property
    def entries(self) -> int:
        return sum(self.actions.values())

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def found_from(text: str) -> Found:
    """What `to_text` wrote; nothing found if there is nothing."""
    if not text:
        return Found()
    data = json.loads(text)
    return Found(
        {Action(name): count for name, count in data["actions"].items()},
        data["unchanged"],
        tuple(Line(Action(n["action"]), n["key"], Text(**n["names"])) for n in data["lines"]),
        tuple(
            Mark(**{**mark, "field": Text(**mark["field"]), "message": Text(**mark["message"])})
            for mark in data["marks"]
        ),
        data["faults"],
        Text(**data["message"]) if data["message"] else None,
    )


def found_in(seat: Seat, checked: Checked) -> Found:
    """What a page needs to tell of a workbook that was checked."""
    register = seat.office.registers[checked.register]
    seen = Carried(seat, register, ("see",))
    log = Log(seat.office.database, seat.office.registers, seen.countries, seat.account.id)
    lines = []
    for draft in checked.drafts[:MOST]:
        record = draft.record
        if record is None:
            earlier = log.entries(register.id, draft.key)
            record = next((e.record for e in earlier[::-1] if e.record is not None), {})
        names = seen.names(draft.country, "review")
        name = called(register, part_of(record, names), seat.office.lists, "")
        lines.append(Line(draft.action, draft.key, name))
    kept, faults = checked.marks[:MOST_KEPT], len(checked.marks)
    return Found(dict(checked.actions), checked.unchanged, tuple(lines), kept, faults)

"""What the pages of workbooks are given, and how what was found in one is put into words."""

from dataclasses import dataclass

from cauce.model.entry import Action
from cauce.office.books.found import MOST, Found
from cauce.office.desk.visit import Visit
from cauce.pipeline.register_books import Mark
from cauce.sources.books.shape import letters
from cauce.store.log.uploads import Stage, Upload


@dataclass(frozen=True)
class Told:
    """A line that leads somewhere: what, where to, how it stands and since when."""

    name: str
    href: str
    state: str
    at: str


@dataclass(frozen=True)
class SendPage:
    """What templates/books/send.html is given, and nothing else."""

    title: str
    above: str
    above_href: str
    problem: str
    template: str
    action: str
    sent: tuple[Told, ...]


@dataclass(frozen=True)
class Wrong:
    """A fault: at which cell of which sheet, of what, and what to do about it."""

    sheet: str
    cell: str
    field: str
    message: str
    warning: bool


@dataclass(frozen=True)
class Does:
    """Something that would be entered."""

    name: str
    href: str
    did: str


@dataclass(frozen=True)
class Report:
    """What was found in a workbook, in words. `more` says how many are not listed, "" if none."""

    lead: str
    counts: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    does: tuple[Does, ...]
    more: str
    enters: bool


@dataclass(frozen=True)
class SentPage:
    """What templates/books/sent.html is given, and nothing else."""

    title: str
    above: str
    above_href: str
    name: str
    stage: str
    works: bool
    told: Report
    action: str
    marked: str
    again: str


WORD = {
    Action.OPEN: "new",
    Action.CHANGE: "change",
    Action.CORRECTION: "correct",
    Action.END: "end",
}


def told_of(visit: Visit, upload: Upload, found: Found) -> Report:
    """What was found in a workbook, in the reader's language."""
    said, stage = visit.words, upload.stage
    listed = found.marks if found.marks else found.lines
    total = found.faults or found.entries
    return Report(
        lead=_lead(visit, stage, found),
        counts=_counts(visit, found),
        wrong=tuple(_wrong(visit, mark) for mark in found.marks[:MOST]),
        does=tuple(
            Does(
                visit.of(line.names),
                _leads_to(visit, upload, line.key, line.action),
                said(f"form.{WORD[line.action]}_did"),
            )
            for line in found.lines
        ),
        more=said(
            "books.more", shown=said.number(min(len(listed), MOST), 0), count=_n(visit, total)
        )
        if total > MOST
        else "",
        enters=stage is Stage.RIGHT and found.entries > 0,
    )


def _lead(visit: Visit, stage: Stage, found: Found) -> str:
    said = visit.words
    match stage:
        case Stage.CHECKING | Stage.ENTERING:
            return said(f"books.{stage}_lead")
        case Stage.FAULTY:
            return said("books.faulty_lead", count=_n(visit, found.faults))
        case Stage.RIGHT if not found.entries:
            return said("books.nothing_lead")
        case Stage.RIGHT:
            return said("books.right_lead", count=_n(visit, found.entries))
        case Stage.ENTERED:
            return said("books.entered_lead", count=_n(visit, found.entries))
        case _:
            return visit.of(found.message) if found.message else ""


def _counts(visit: Visit, found: Found) -> tuple[str, ...]:
    """How many of each, in words; what would be nothing is left out."""
    if found.marks:
        return ()
    parts = [(WORD[action], count) for action, count in found.actions.items()]
    parts.append(("unchanged", found.unchanged))
    return tuple(
        visit.words(f"books.count_{word}", count=_n(visit, count)) for word, count in parts if count
    )


def _wrong(visit: Visit, mark: Mark) -> Wrong:
    return Wrong(
        mark.sheet,
        f"{letters(mark.column)}{mark.row}",
        visit.of(mark.field),
        visit.of(mark.message),
        mark.warning,
    )


def _leads_to(visit: Visit, upload: Upload, key: str, action: Action) -> str:
    """The record, if it is there already."""
    there = action is not Action.OPEN or upload.stage is Stage.ENTERED
    return visit.address("registers", upload.register, key) if there else ""


def _n(visit: Visit, count: int) -> str:
    return visit.words.number(count, 0)

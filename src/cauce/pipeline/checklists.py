"""Checklists that travel as workbooks: every question filled in, out; answers judged, back in.

    frame = checklist(own_packs() / "frames", IRIS, Path("our_licensed_copy.csv"))
    write_checklist(declared, IRIS, frame, Path("iris.xlsx"), "es")
    checked, records = check_checklist(declared, IRIS, frame, Path("iris.xlsx"))

Reading keeps nothing. An answer to nothing that is asked is marked at its cell, as every other
fault of the register's workbook is.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from cauce.assess.frames.checklists import misplaced
from cauce.assess.frames.checklists_read import parse_checklist, with_criteria
from cauce.assess.frames.checklists_told import marked
from cauce.assess.recruitment.iris.frames import parse_iris
from cauce.assess.recruitment.iris.records import given_in
from cauce.declare.problems import Problems
from cauce.model.checklist import Checklist
from cauce.model.frame import Item, Part
from cauce.model.iris import IrisFrame
from cauce.model.record import Record, Row
from cauce.model.register import Register
from cauce.model.text import Language
from cauce.pipeline.books.raw import RawRecord, keys_of
from cauce.pipeline.books.template_shape import raw_book
from cauce.pipeline.register_books import Checked, Chosen, Filled, check_workbook, write_chosen
from cauce.pipeline.registers import Declared
from cauce.pipeline.tables import read_tables
from cauce.sources.books.book import Mark
from cauce.sources.books.list_sheet import Titles
from cauce.sources.books.reading import read_book

LONGEST = 500
NOBODY = "nobody: only looked at"


@dataclass(frozen=True)
class Kind:
    """A checklist, the register that holds what is answered to it, and the column of its items."""

    id: str
    register: str
    item: str


IRIS = Kind("iris", "iris_assessments", "criterion")
DILIGENCE = Kind("diligence", "diligence_checks", "question")


def checklist(frames: Path, kind: Kind) -> Checklist:
    """A checklist among the frames. Raises BadInput with everything wrong."""
    path = frames / "recruitment" / f"{kind.id}.toml"
    return parse_checklist(path.name, path.read_text("utf-8"))


def iris_frame(frames: Path, criteria: Path | None = None) -> IrisFrame:
    """The frame of IRIS, with the criteria of a licensed copy in place of ours if there is one.

    Raises:
        BadInput: everything that is wrong with either.
    """
    path = frames / "recruitment" / f"{IRIS.id}.toml"
    frame = parse_iris(path.name, path.read_text("utf-8"))
    if criteria is None:
        return frame
    tables, _ = read_tables(criteria, ("criteria",))
    problems = Problems()
    sheet = replace(tables["criteria"], name=criteria.name)
    replaced = with_criteria(frame, sheet, criteria.name, problems)
    problems.stop_if_any("The criteria")
    return replace(
        frame, items=replaced.items, source=replaced.source, basis=replaced.basis, mark="L"
    )


def write_checklist(
    declared: Declared,
    kind: Kind,
    frame: Checklist,
    out: Path,
    language: Language = "es",
    titles: Titles | None = None,
    fields: frozenset[str] | None = None,
) -> None:
    """Write the workbook of one who fills it in: every item of every element, not yet answered."""
    answers = tuple(_row(kind, item, element, language)
                    for item in frame.items for element in frame.elements)  # fmt: skip
    record: dict[str, object] = {"answers": answers}
    if kind is IRIS:
        record["criteria"] = f"{frame.source} ({frame.version})"[:LONGEST]
    chosen = Chosen([Filled(1, record)], fields, titles or {})  # type: ignore[arg-type] # as a Record
    write_chosen(declared, kind.register, chosen, out, language)


def _row(kind: Kind, item: Item, element: Part, language: Language) -> Row:
    words = marked(item).of(language)[:LONGEST]
    return {kind.item: item.id, "wording": words} | ({"element": element.id} if element.id else {})


def check_checklist(
    declared: Declared, kind: Kind, frame: Checklist, path: Path
) -> tuple[Checked, tuple[Record, ...]]:
    """What a workbook says, nothing of it kept; or what is wrong, each fault at its cell.

    Raises:
        Refused: it cannot be read, or is no workbook of this checklist.
    """
    register = declared.registers[kind.register]
    checked = check_workbook(declared, kind.register, path, None, NOBODY)
    asked = check_asked(register, kind, frame, path, checked)
    return asked, tuple(draft.record for draft in asked.drafts if draft.record is not None)


def check_asked(
    register: Register, kind: Kind, frame: Checklist, path: Path, checked: Checked
) -> Checked:
    """What was checked of a workbook, and what only the frame knows to be wrong with it.

    An answer to nothing that is asked, or given twice, is marked at its cell.
    """
    if not checked.right:
        return checked
    book = read_book(path)
    raws = raw_book(register, book).records
    keys = keys_of(register, book.sha256, raws)
    records = {draft.key: draft.record for draft in checked.drafts if draft.record is not None}
    marks = tuple(
        mark
        for raw in raws
        if (record := records.get(keys[raw.number])) is not None
        for mark in _marks(register, kind, frame, raw, record)
    )
    return replace(checked, marks=marks, drafts=() if marks else checked.drafts)


def _marks(
    register: Register, kind: Kind, frame: Checklist, raw: RawRecord, record: Record
) -> list[Mark]:
    columns = {"item": kind.item}
    return [
        raw.mark(
            register,
            f"answers[{wrong.at + 1}].{columns.get(wrong.column, wrong.column)}",
            wrong.message,
        )
        for wrong in misplaced(frame, given_in(record, kind.item))
    ]

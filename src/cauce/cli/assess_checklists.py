"""`cauce assess iris` and `diligence`: checklists that travel as workbooks."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.assess.telling import Speaker
from cauce.cli.judging import (
    AllOption,
    Asked,
    DayOption,
    JsonOption,
    LanguageOption,
    day_of,
    languages_of,
    looking,
    show,
)
from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_packs, own_registers
from cauce.cli.register_books import refuse
from cauce.cli.screen import console, plain_errors
from cauce.model.checklist import Checklist
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.pipeline.checklists import (
    DILIGENCE,
    IRIS,
    Kind,
    check_checklist,
    checklist,
    iris_frame,
    write_checklist,
)
from cauce.pipeline.judge.diligence import CHECKS, judge_check, judge_diligence
from cauce.pipeline.judge.iris import ASSESSMENTS, RECRUITERS, judge_iris, judge_iris_record
from cauce.pipeline.judge.sight import LogSight, NoSuchRecord, find
from cauce.pipeline.registers import read_registers

WORKBOOKS = (".xlsx", ".csv")
Judge = Callable[[Record], tuple[object, Judgement]]
WriteOption = Annotated[
    Path | None, typer.Option("--write", help="Write the workbook to fill in, such as iris.xlsx.")
]
MarkedOption = Annotated[
    Path | None, typer.Option("--marked", help="Where to write a workbook back with its faults.")
]


def iris(
    what: Annotated[
        str, typer.Argument(help="A filled-in workbook, or a recruiter of the registers by name.")
    ] = "",
    write: WriteOption = None,
    criteria: Annotated[
        Path | None,
        typer.Option(help="A licensed copy of the criteria: criterion, principle, en, es."),
    ] = None,
    marked: MarkedOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """IRIS: result, what is missing, level and clocks. A self-assessment certifies nothing.

    A workbook is judged and not kept; --write gives the one to fill in.
    """
    with plain_errors():
        frame = iris_frame(own_packs() / "frames", criteria)
        if write is not None:
            _write(IRIS, frame, write, language)
        elif _is_book(what):
            day, lists = day_of(on, datetime.now(UTC)), read_registers(own_registers()).lists
            told = Speaker(lists)
            _judge_book(IRIS, frame, Path(what), marked, language, as_json,
                        lambda record: judge_iris_record(frame, record, day, told))  # fmt: skip
        else:
            with looking(Asked(database, on, waiting)) as sight:
                found, judgement = judge_iris(sight, frame, _subject(sight, what))
                show(judgement, language, as_json, found)


def diligence(
    what: Annotated[
        str,
        typer.Argument(help="A filled-in workbook, or a check of the registers."),
    ] = "",
    write: WriteOption = None,
    marked: MarkedOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Due diligence before hiring through a recruiter: what follows, why, and what to ask it.

    A workbook is judged and not kept; --write gives the one to fill in.
    """
    with plain_errors():
        frame = checklist(own_packs() / "frames", DILIGENCE)
        told = Speaker({})
        if write is not None:
            _write(DILIGENCE, frame, write, language)
        elif _is_book(what):
            _judge_book(DILIGENCE, frame, Path(what), marked, language, as_json,
                        lambda record: judge_check(frame, record, told))  # fmt: skip
        else:
            with looking(Asked(database, on, waiting)) as sight:
                found, judgement = judge_diligence(sight, frame, find(sight, CHECKS, what))
                show(judgement, language, as_json, found)


def _subject(sight: LogSight, what: str) -> str:
    """A recruiter of the registers, or a self-assessment of one that is in none."""
    try:
        return find(sight, RECRUITERS, what)
    except NoSuchRecord:
        return find(sight, ASSESSMENTS, what)


def _is_book(what: str) -> bool:
    """Whether a file was named. Raises BadInput if nothing was, or a file that is not there."""
    if not what:
        raise BadInput("Name a workbook or a record; --write FILE gives the workbook to fill in.")
    if Path(what).suffix.lower() not in WORKBOOKS:
        return False
    if not Path(what).is_file():
        raise BadInput(f"There is no file {what}.")
    return True


def _write(kind: Kind, frame: Checklist, out: Path, language: str) -> None:
    chosen = languages_of(language)[-1]
    write_checklist(read_registers(own_registers()), kind, frame, out, chosen)
    console.print(f"Written: {out}, {len(frame.items) * len(frame.elements)} questions.")


def _judge_book(
    kind: Kind,
    frame: Checklist,
    path: Path,
    marked: Path | None,
    language: str,
    as_json: bool,
    judge: Judge,
) -> None:
    checked, records = check_checklist(read_registers(own_registers()), kind, frame, path)
    if not checked.right:
        refuse(checked, path, marked, marked=True)
    if not records:
        raise BadInput(f"{path.name} holds no record: fill in its first sheet too.")
    for record in records:
        found, judgement = judge(record)
        show(judgement, language, as_json, found)

"""IRIS of recruiters and due diligence of companies: judgements, and the workbooks to fill in."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.responses import Response

from cauce.assess.filled import day, text
from cauce.model.checklist import Checklist
from cauce.model.judgement import Judgement
from cauce.office.books.carried import titles_for
from cauce.office.books.download import XLSX, allowed, attached, declared_of
from cauce.office.books.work import Further
from cauce.office.desk.visit import Handler, Visit
from cauce.office.judge.pages import Choice, Kind, judged
from cauce.office.judge.sight import SeatSight
from cauce.office.reach import SEND_IN, places_for
from cauce.pipeline.checklists import (
    DILIGENCE,
    IRIS,
    check_asked,
    checklist,
    iris_frame,
    write_checklist,
)
from cauce.pipeline.checklists import Kind as Checked
from cauce.pipeline.judge.diligence import CHECKS, judge_diligence
from cauce.pipeline.judge.iris import iris_subjects, judge_iris
from cauce.pipeline.registers import Declared

PARTS = ((IRIS, "iris"), (DILIGENCE, "diligence"))


def kinds(visit: Visit, sight: SeatSight) -> Iterator[Kind]:
    """What of these somebody may judge; nothing is said of a register that is not theirs."""
    mine = {register.id for register in visit.seat.registers()}
    for kind, part in PARTS:
        if kind.register in mine:
            said = visit.words
            choices = (*_book(visit, kind, part), *_choices(visit, sight, kind, part))
            name, about = said(f"checklists.{part}"), said(f"checklists.{part}_about")
            yield Kind(name, about, choices, said("judge.none"))


def _book(visit: Visit, kind: Checked, part: str) -> Iterator[Choice]:
    """The workbook to fill in, for who may send it in."""
    if places_for(visit.seat, kind.register, SEND_IN) != frozenset():
        yield Choice(visit.words("checklists.book"), visit.address("judge", f"{part}.xlsx"))


def _choices(visit: Visit, sight: SeatSight, kind: Checked, part: str) -> Iterator[Choice]:
    if kind is IRIS:
        for key, name in iris_subjects(sight).items():
            yield Choice(visit.of(name), visit.address("judge", part, key))
        return
    for key, record in sight.records(CHECKS).items():
        made_on = day(record, "made_on")
        on = visit.words.day(made_on) if made_on else visit.words("judge.not_known")
        yield Choice(f"{text(record, 'company')}, {on}", visit.address("judge", part, key))


def routes(frames: Path, criteria: Path | None) -> list[tuple[str, str, Handler]]:
    """What answers, by address; `criteria` is a licensed copy in place of our criteria of IRIS.

    Raises:
        BadInput: a frame or the copy has faults.
    """

    of_iris, of_check = iris_frame(frames, criteria), checklist(frames, DILIGENCE)

    def iris(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
        return judge_iris(sight, of_iris, visit.part("key"))[1], ()

    def diligence(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
        return judge_diligence(sight, of_check, visit.part("key"))[1], ()

    return [
        ("GET", "/judge/iris.xlsx", _workbook(IRIS, of_iris)),
        ("GET", "/judge/iris/{key}", judged(iris)),
        ("GET", "/judge/diligence.xlsx", _workbook(DILIGENCE, of_check)),
        ("GET", "/judge/diligence/{key}", judged(diligence, dated=False)),
    ]


def further_checks(declared: Declared, frames: Path | None, criteria: Path | None) -> Further:
    """What the frames ask of a workbook that is sent in, beyond what its register does."""
    if frames is None:
        return {}
    asked = ((IRIS, iris_frame(frames, criteria)), (DILIGENCE, checklist(frames, DILIGENCE)))
    return {
        kind.register: partial(check_asked, declared.registers[kind.register], kind, frame)
        for kind, frame in asked
        if kind.register in declared.registers
    }


def _workbook(kind: Checked, frame: Checklist) -> Handler:
    """The workbook with every question, its links dropping down with what its reader may see."""

    def answer(visit: Visit) -> Response:
        register = visit.seat.register(kind.register)
        carried = allowed(visit.seat, register, SEND_IN)
        titles = titles_for(visit.seat, register, visit.language)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "book"
            declared, fields = declared_of(visit.room.office), carried.shown()
            write_checklist(declared, kind, frame, path, visit.language, titles, fields)
            return attached(path.read_bytes(), f"{kind.id}.xlsx", XLSX)

    return answer

"""A recruiter's IRIS from the registers, or from a workbook that is not kept."""

from collections.abc import Mapping
from datetime import date
from operator import itemgetter

from cauce.assess.filled import day, text
from cauce.assess.frames.checklists import Verdict, judge_checklist
from cauce.assess.recruitment.iris.clocks import clocks_on
from cauce.assess.recruitment.iris.levels import level_reached
from cauce.assess.recruitment.iris.records import certified_on, given_in, progress_of
from cauce.assess.recruitment.iris.told import IrisFound, told_iris
from cauce.assess.telling import Speaker
from cauce.model.iris import IrisFrame, Progress
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.model.text import Text
from cauce.pipeline.judge.sight import NoSuchRecord, Sight, speaker, titled

ASSESSMENTS, PROGRESS, CERTIFICATIONS = "iris_assessments", "iris_progress", "iris_certifications"
RECRUITERS = "recruiters"
NOTHING = Progress(None, (), (), ())


def iris_subjects(sight: Sight) -> dict[str, Text]:
    """Whose IRIS there is: recruiters by key; else self-assessments that name no record."""
    recruiters = sight.records(RECRUITERS)
    found: dict[str, Text] = {}
    for register in (ASSESSMENTS, PROGRESS, CERTIFICATIONS):
        for key, record in sight.records(register).items():
            whose = _head(recruiters, text(record, "recruiter"))
            if whose in recruiters:
                found[whose] = titled(sight, RECRUITERS, recruiters[whose], whose)
            elif register == ASSESSMENTS:
                found[key] = _called(record, key)
    return found


def judge_iris(sight: Sight, frame: IrisFrame, key: str) -> tuple[IrisFound, Judgement]:
    """One recruiter on the day of the sight, by the last self-assessment made until then.

    Raises:
        NoSuchRecord: nothing of IRIS is recorded of it, or not for who looks.
    """
    subjects = iris_subjects(sight)
    if key not in subjects:
        raise NoSuchRecord("Nothing of IRIS is recorded of this recruiter, or waits for review.")
    progress = next(iter(_of(sight, PROGRESS, key).values()), None)
    certificates = _of(sight, CERTIFICATIONS, key).values()
    assessments = _of(sight, ASSESSMENTS, key)
    before = tuple(
        (made_on, judge_checklist(frame, given_in(record)))
        for made_on, record in _dated(assessments, sight.day)
    )
    made_on, verdict = before[-1] if before else (None, _undated(frame, assessments))
    done = progress_of(progress) if progress else NOTHING
    found = IrisFound(
        name=subjects[key],
        on=sight.day,
        made_on=made_on,
        verdict=verdict,
        reached=level_reached(frame, done, _whole(verdict, made_on), sight.day),
        due=clocks_on(frame, done, sight.day) if progress else (),
        certified=tuple(certified_on(record, sight.day) for record in certificates),
        before=before,
    )
    return found, told_iris(frame, found, speaker(sight))


def judge_iris_record(
    frame: IrisFrame, record: Record, on: date, told: Speaker
) -> tuple[IrisFound, Judgement]:
    """One self-assessment by itself, as a workbook gives it: nobody's progress is known."""
    verdict, made_on = judge_checklist(frame, given_in(record)), day(record, "made_on")
    reached = level_reached(frame, NOTHING, _whole(verdict, made_on), on)
    found = IrisFound(_called(record, ""), on, made_on, verdict, reached, (), ())
    return found, told_iris(frame, found, told)


def _of(sight: Sight, register: str, key: str) -> dict[str, Record]:
    """The records of a recruiter, or the one that is called so and names no recruiter we see."""
    recruiters = sight.records(RECRUITERS)
    return {
        own: record
        for own, record in sight.records(register).items()
        if key == _head(recruiters, text(record, "recruiter"))
        or (register == ASSESSMENTS and own == key)
    }


def _head(recruiters: Mapping[str, Record], key: str) -> str:
    """The record that a recruiter turned out to be the same as; itself if that leads round."""
    seen = [key]
    while (after := text(recruiters.get(seen[-1], {}), "same_as")) in recruiters:
        if after in seen:
            return key
        seen.append(after)
    return seen[-1]


def _dated(records: Mapping[str, Record], on: date) -> list[tuple[date, Record]]:
    """The self-assessments made until a day, by their days."""
    dated = [(made, record) for record in records.values() if (made := day(record, "made_on"))]
    return sorted((one for one in dated if one[0] <= on), key=itemgetter(0))


def _undated(frame: IrisFrame, records: Mapping[str, Record]) -> Verdict | None:
    """The verdict of one whose day is not known, where there is no other."""
    found = [record for record in records.values() if day(record, "made_on") is None]
    return judge_checklist(frame, given_in(found[-1])) if found else None


def _whole(verdict: Verdict | None, made_on: date | None) -> date | None:
    """When a self-assessment was made that leaves no criterion unanswered."""
    return made_on if verdict is not None and verdict.unanswered == 0 else None


def _called(record: Record, key: str) -> Text:
    name = text(record, "name") or key or "–"
    return Text(name, name)

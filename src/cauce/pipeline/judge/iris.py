"""A recruiter's IRIS from the registers, or from a workbook that is not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Read:
    """The registers of IRIS, each read once, with what each recruiter turned out to be."""

    sight: Sight
    recruiters: Mapping[str, Record]
    records: Mapping[str, Mapping[str, Record]]

    def subjects(self) -> dict[str, Text]:
        found: dict[str, Text] = {}
        for register, records in self.records.items():
            for key, record in records.items():
                whose = self.whose(record)
                if (known := self.recruiters.get(whose)) is not None:
                    found[whose] = titled(self.sight, RECRUITERS, known, whose)
                elif register == ASSESSMENTS:
                    found[key] = _called(record, key)
        return found

    def whose(self, record: Record) -> str:
        return head(self.recruiters, text(record, "recruiter"))

    def of(self, register: str, key: str) -> list[Record]:
        """Those of a recruiter, or the one that is called so and names no recruiter we see."""
        alone = register == ASSESSMENTS
        return [
            record
            for own, record in self.records[register].items()
            if key == self.whose(record) or (alone and own == key)
        ]


def _read(sight: Sight) -> _Read:
    registers = (ASSESSMENTS, PROGRESS, CERTIFICATIONS)
    return _Read(sight, sight.records(RECRUITERS), {r: sight.records(r) for r in registers})


def iris_subjects(sight: Sight) -> dict[str, Text]:
    """Whose IRIS there is: recruiters by key; else self-assessments that name no record."""
    return _read(sight).subjects()


def judge_iris(sight: Sight, frame: IrisFrame, key: str) -> tuple[IrisFound, Judgement]:
    """One recruiter on the day of the sight, by the last self-assessment made until then.

    Raises:
        NoSuchRecord: nothing of IRIS is recorded of it, or not for who looks.
    """
    read = _read(sight)
    subjects = read.subjects()
    if key not in subjects:
        raise NoSuchRecord("Nothing of IRIS is recorded of this recruiter, or waits for review.")
    progress = read.of(PROGRESS, key)
    certificates, assessments = read.of(CERTIFICATIONS, key), read.of(ASSESSMENTS, key)
    before = tuple(
        (made_on, judge_checklist(frame, given_in(record)))
        for made_on, record in _dated(assessments, sight.day)
    )
    made_on, verdict = before[-1] if before else (None, _undated(frame, assessments))
    done = _together([progress_of(record) for record in progress])
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


def _together(found: Sequence[Progress]) -> Progress:
    """What all records of a recruiter say, where two turned out to be one; first trained counts."""
    days = [one.trained_on for one in found if one.trained_on is not None]
    return Progress(
        min(days, default=None),
        tuple(step for one in found for step in one.steps),
        tuple(step for one in found for step in one.followed),
        tuple(step for one in found for step in one.states),
    )


def head(recruiters: Mapping[str, Record], key: str) -> str:
    """The record that a recruiter turned out to be the same as; itself if that leads round."""
    seen = [key]
    while (after := text(recruiters.get(seen[-1], {}), "same_as")) in recruiters:
        if after in seen:
            return key
        seen.append(after)
    return seen[-1]


def _dated(records: Sequence[Record], on: date) -> list[tuple[date, Record]]:
    """The self-assessments made until a day, by their days."""
    dated = [(made, record) for record in records if (made := day(record, "made_on"))]
    return sorted((one for one in dated if one[0] <= on), key=itemgetter(0))


def _undated(frame: IrisFrame, records: Sequence[Record]) -> Verdict | None:
    """The verdict of one whose day is not known, where there is no other."""
    found = [record for record in records if day(record, "made_on") is None]
    return judge_checklist(frame, given_in(found[-1])) if found else None


def _whole(verdict: Verdict | None, made_on: date | None) -> date | None:
    """When a self-assessment was made that leaves no criterion unanswered."""
    return made_on if verdict is not None and verdict.unanswered == 0 else None


def _called(record: Record, key: str) -> Text:
    name = text(record, "name") or key or "–"
    return Text(name, name)

"""A company's due diligence from the registers, or from a workbook that is not kept."""

from cauce.assess.filled import text
from cauce.assess.frames.checklists import Verdict, judge_checklist
from cauce.assess.recruitment.diligence_told import Recruiter, told_check
from cauce.assess.recruitment.iris.records import given_in
from cauce.assess.telling import Speaker
from cauce.model.checklist import Checklist
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.pipeline.judge.iris import CERTIFICATIONS, RECRUITERS, head
from cauce.pipeline.judge.sight import Sight, one, speaker, titled

CHECKS = "diligence_checks"
LICENCES, SANCTIONS = "recruiter_licences", "recruiter_sanctions"


def judge_diligence(sight: Sight, frame: Checklist, key: str) -> tuple[Verdict, Judgement]:
    """A check of the registers, beside what they say of its recruiter on the day it was made.

    Raises NoSuchRecord if it is not there, or not for who looks.
    """
    record = one(sight, CHECKS, key)
    return judge_check(frame, record, speaker(sight), _recruiter(sight, text(record, "recruiter")))


def judge_check(
    frame: Checklist, record: Record, told: Speaker, recruiter: Recruiter | None = None
) -> tuple[Verdict, Judgement]:
    """What a company's answers say of the recruiter, and what to ask it."""
    verdict = judge_checklist(frame, given_in(record, "question"))
    return verdict, told_check(frame, record, verdict, told, recruiter)


def _recruiter(sight: Sight, key: str) -> Recruiter | None:
    """What the registers hold of a recruiter, and of what turned out to be the same."""
    recruiters = sight.records(RECRUITERS)
    whose = head(recruiters, key)
    if whose not in recruiters:
        return None

    def of(register: str) -> list[Record]:
        found = sight.records(register).values()
        return [one for one in found if head(recruiters, text(one, "recruiter")) == whose]

    return Recruiter(
        titled(sight, RECRUITERS, recruiters[whose], whose),
        of(LICENCES),
        of(SANCTIONS),
        of(CERTIFICATIONS),
    )

"""A company's due diligence from the registers, or from a workbook that is not kept."""

from cauce.assess.filled import text
from cauce.assess.frames.checklists import Verdict, judge_checklist
from cauce.assess.recruitment.diligence_told import told_check
from cauce.assess.recruitment.iris.records import given_in
from cauce.model.checklist import Checklist
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.model.text import Text
from cauce.pipeline.judge.sight import Sight, one, titled

CHECKS, RECRUITERS = "diligence_checks", "recruiters"


def judge_diligence(sight: Sight, frame: Checklist, key: str) -> tuple[Verdict, Judgement]:
    """A check of the registers. Raises NoSuchRecord if it is not there, or not for who looks."""
    record = one(sight, CHECKS, key)
    whose, recruiters = text(record, "recruiter"), sight.records(RECRUITERS)
    known = recruiters.get(whose)
    return judge_check(frame, record, titled(sight, RECRUITERS, known, whose) if known else None)


def judge_check(
    frame: Checklist, record: Record, recruiter: Text | None = None
) -> tuple[Verdict, Judgement]:
    """What a company's answers say of the recruiter, and what to ask it."""
    verdict = judge_checklist(frame, given_in(record, "question"))
    return verdict, told_check(frame, record, verdict, recruiter)

"""One applicant before one phase. Nothing that was answered is kept, here or anywhere."""

from collections.abc import Mapping

from cauce.assess.filled import rows, text, words
from cauce.assess.regularization.consultations import consult
from cauce.assess.regularization.questions import questions
from cauce.assess.regularization.records import phase_of
from cauce.assess.regularization.told import told_consultation
from cauce.model.consultation import Consultation, Question
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.model.text import Text
from cauce.pipeline.judge.sight import Sight, one

INITIATIVES = "regularization_initiatives"
COSTS = "CL_INDIRECT_COST"


def judge_applicant(
    sight: Sight, key: str, phase: str, answers: Mapping[str, object]
) -> tuple[Consultation, Judgement]:
    """Eligibility, documents and cost for one set of answers on the day looked at.

    Raises:
        BadInput: there is no such initiative or phase, or an answer is of another kind than asked.
    """
    costs = {code.id: code.name for code in sight.lists[COSTS].codes}
    found = consult(one(sight, INITIATIVES, key), phase, answers, sight.day, costs)
    return found, told_consultation(found)


def asked_of(sight: Sight, key: str, phase: str) -> tuple[Text, dict[str, Question]]:
    """The name of a phase and everything it asks an applicant.

    Raises:
        BadInput: there is no such initiative or phase, or it has no criteria yet.
    """
    judged = phase_of(one(sight, INITIATIVES, key), phase)
    return judged.name, questions(judged)


def phases_of(record: Record) -> dict[str, Text]:
    """The phases of an initiative by id."""
    return {
        name: words(row, "name", name)
        for row in rows(record, "phases")
        if (name := text(row, "phase"))
    }

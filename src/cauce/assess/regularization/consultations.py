"""One applicant before one phase: eligibility, documents and cost, from a record and answers."""

from collections.abc import Mapping
from datetime import date

from cauce.assess.regularization.costs import cost
from cauce.assess.regularization.documents import documents
from cauce.assess.regularization.eligibility import pre_check
from cauce.assess.regularization.questions import facts_of, questions
from cauce.assess.regularization.records import outlays_of, phase_of
from cauce.model.consultation import Consultation
from cauce.model.record import Record
from cauce.model.text import Text


def consult(
    record: Record,
    phase: str,
    answers: Mapping[str, object],
    on: date,
    costs: Mapping[str, Text],
) -> Consultation:
    """What somebody with these answers learns of a phase; `costs` are names of indirect costs.

    Raises:
        BadInput: there is no such phase, or an answer is of another kind than asked.

    Source: docs/explanation/judging.md, "Regularization".
    """
    judged = phase_of(record, phase)
    asked = questions(judged)
    facts = facts_of(asked, answers)
    return Consultation(
        phase=judged.name,
        on=on,
        check=pre_check(judged, facts, on),
        documents=documents(judged.documents, facts, on),
        cost=cost(judged.fees, outlays_of(record, phase, costs), facts, on),
        questions=asked,
    )

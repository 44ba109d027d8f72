"""Whether somebody seems to meet the criteria of a phase. Nothing asked here is kept."""

from datetime import date

from cauce.assess.frames.trees import to_find_out
from cauce.assess.regularization.criteria import judge
from cauce.assess.regularization.phases import opening
from cauce.model.fact import Facts
from cauce.model.phase import Phase
from cauce.model.pre_check import PreCheck
from cauce.model.text import Text

NOTICE = Text(
    "This is not legal advice and decides nothing: only the authority decides. It applies the "
    "published criteria to what you said, and keeps nothing of it.",
    "Esto no es asesoría legal y no decide nada: solo decide la autoridad. Aplica los criterios "
    "publicados a lo que usted dijo, y no guarda nada de ello.",
)


def pre_check(phase: Phase, facts: Facts, on: date, known_on: date | None = None) -> PreCheck:
    """Whether the criteria are met by what is known, and whether one may apply on that day.

    The two are not mixed: who meets the criteria after the last day learns both.

    Raises:
        BadInput: a fact is of another kind than asked.

    Source: docs/explanation/judging.md, "Regularization".
    """
    finding = judge(phase.criteria, facts, on)
    return PreCheck(
        criteria=finding.truth,
        opening=opening(phase, on, known_on),
        finding=finding,
        to_find_out=to_find_out(finding),
        notice=NOTICE,
    )

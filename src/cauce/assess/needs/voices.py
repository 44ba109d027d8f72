"""What each institution says of each item: the ground that scores stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.declare.words import listed
from cauce.model.answer import Answer, Respondent
from cauce.model.errors import BadInput
from cauce.model.frame import Item, ScoredFrame
from cauce.model.record import Absent


@dataclass(frozen=True)
class Voice:
    """One institution on one item: how many were asked and answered, and their mean."""

    institution: str
    group: str
    item: str
    asked: int
    answered: int
    value: float | None


def voices(
    frame: ScoredFrame, respondents: Sequence[Respondent], answers: Sequence[Answer]
) -> tuple[Voice, ...]:
    """Every institution on every item it was asked, in the order of the frame.

    An institution speaks once, however many people it sends: their answers are averaged. Who was
    asked and gave no answer counts as asked; "not applicable" counts as not asked.

    Raises:
        BadInput: an answer to no item or off the scale, of nobody, or given twice; a function
            that is in no group.

    Source: docs/explanation/judging.md, "Needs"; ours.
    """
    _check(frame, respondents, answers)
    said = {(answer.respondent, answer.item): answer.score for answer in answers}
    groups = {name: group.id for group in frame.groups for name in group.functions}
    by_institution: dict[tuple[str, str], list[Respondent]] = {}
    for one in respondents:
        by_institution.setdefault((groups[one.function], one.institution), []).append(one)
    return tuple(
        _voice(institution, group, item, people, said)
        for item in frame.items
        for (group, institution), people in by_institution.items()
    )


def _voice(
    institution: str,
    group: str,
    item: Item,
    people: Sequence[Respondent],
    said: Mapping[tuple[str, str], int | Absent],
) -> Voice:
    put_to = [p for p in people if not item.asked_of or p.function in item.asked_of]
    given = [said.get((p.token, item.id), Absent.NOT_STATED) for p in put_to]
    asked = [score for score in given if score is not Absent.NOT_APPLICABLE]
    scores = [score for score in asked if not isinstance(score, Absent)]
    mean = sum(scores) / len(scores) if scores else None
    return Voice(institution, group, item.id, len(asked), len(scores), mean)


def _check(
    frame: ScoredFrame, respondents: Sequence[Respondent], answers: Sequence[Answer]
) -> None:
    problems: list[str] = []
    items, levels = {item.id for item in frame.items}, {level.value for level in frame.scale}
    tokens = [respondent.token for respondent in respondents]
    known = {name for group in frame.groups for name in group.functions}
    strange = sorted({r.function for r in respondents} - known)
    if strange:
        problems.append(f"functions in no group of the frame: {listed(strange)}.")
    if len(set(tokens)) != len(tokens):
        problems.append("two respondents have the same token.")
    unknown = sorted({answer.item for answer in answers} - items)
    if unknown:
        problems.append(f"answers to items the frame does not have: {listed(unknown)}.")
    nobody = sum(1 for answer in answers if answer.respondent not in set(tokens))
    if nobody:
        problems.append(f"{nobody} answers are of nobody in the list of respondents.")
    off = sum(1 for a in answers if not isinstance(a.score, Absent) and a.score not in levels)
    if off:
        problems.append(f"{off} answers are not on the scale of the frame.")
    twice = len(answers) - len({(a.respondent, a.item) for a in answers})
    if twice:
        problems.append(f"{twice} answers were given twice by the same respondent.")
    if problems:
        raise BadInput("\n".join((f"The answers do not fit the frame {frame.id}:", *problems)))

"""A checklist judged: each answer, each principle, the whole, and why.

No answer, one without the evidence it needs, and "does not apply" without a reason are all not
known: never a yes, and never a no.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cauce.assess.frames.tally import Tally, tally
from cauce.assess.frames.trees import judge
from cauce.declare.words import did_you_mean
from cauce.model.checklist import AnswerKind, Asked, Checklist, Given, Outcome
from cauce.model.criterion import Finding, Group
from cauce.model.frame import Item
from cauce.model.record import ABSENT, Absent
from cauce.model.text import Text
from cauce.model.truth import Truth

UNANSWERED = Text("not answered", "sin respuesta")
NO_EVIDENCE = Text("without evidence", "sin evidencia")
NO_REASON = Text("does not apply, but nobody says why", "no aplica, pero nadie dice por qué")
NOTHING = Text("nothing that is asked applies", "nada de lo que se pregunta aplica")


@dataclass(frozen=True)
class Answered:
    """One item of one element: what was answered and what that says; None: it does not apply."""

    asked: Asked
    truth: Truth | None
    grave: bool
    because: Text


@dataclass(frozen=True)
class Verdict:
    """What follows from the answers.

    `found` has a part for each pillar with something that applies, below it its items. `strange`
    counts answers to nothing that is asked, or given twice: they count as no answer. `unanswered`
    are those missing, or without the evidence they need; "no evidence" is an answer.
    """

    outcome: Outcome
    said: Text
    found: Finding | None
    answered: tuple[Answered, ...]
    count: Tally
    strange: int
    unanswered: int


@dataclass(frozen=True)
class Misplaced:
    """An answer that fits nothing: its place among those given, the column, and what to write."""

    at: int
    column: str
    message: Text


def judge_checklist(frame: Checklist, given: Sequence[Given]) -> Verdict:
    """What the answers say of every pillar and of the whole, grave lacks first.

    Source: docs/explanation/judging.md, "Checklists"; ours, over `trees.judge`.
    """
    wrong = {one.at for one in misplaced(frame, given)}
    usable = [one for at, one in enumerate(given) if at not in wrong]
    answered = tuple(_answered(one) for one in asked_in(frame, usable))
    found = _found(frame, answered)
    outcome = _outcome(answered, found)
    return Verdict(
        outcome=outcome,
        said=frame.outcomes[outcome] if found else NOTHING,
        found=found,
        answered=answered,
        count=tally(one.truth for one in answered),
        strange=len(wrong),
        unanswered=sum(1 for one in answered if _is_unanswered(one)),
    )


def asked_in(frame: Checklist, given: Sequence[Given]) -> list[Asked]:
    """Every item of every element, with its answer.

    Source: none, it computes nothing.
    """
    said = {(one.item, one.element): one for one in given}
    kinds = {kind.id: kind for kind in frame.answers}
    found = []
    for item in frame.items:
        for element in frame.elements:
            one = said.get((item.id, element.id))
            found.append(Asked(item, element, one, kinds.get(one.answer) if one else None))
    return found


def misplaced(frame: Checklist, given: Sequence[Given]) -> tuple[Misplaced, ...]:
    """The answers to nothing that is asked, by codes that are none, or given twice: both of them.

    Source: none, it computes nothing.
    """
    known = {
        "item": [item.id for item in frame.items],
        "element": [element.id for element in frame.elements],
        "answer": ["", *Absent, *(kind.id for kind in frame.answers)],
    }
    pairs = Counter((one.item, one.element) for one in given)
    found = []
    for at, one in enumerate(given):
        for column, ids in known.items():
            if (said := getattr(one, column)) not in ids:
                found.append(Misplaced(at, column, _not_asked(said, ids)))
                break
        else:
            if pairs[one.item, one.element] > 1:
                found.append(Misplaced(at, "item", Text("answered twice", "respondido dos veces")))
    return tuple(found)


def _not_asked(said: str, known: Sequence[str]) -> Text:
    near = did_you_mean(said, known)
    some = ", ".join(one for one in known if one)[:120]
    return Text(
        f"{said[:30]!r} is not asked here.{near} There are: {some}",
        f"{said[:30]!r} no se pregunta aquí. Hay: {some}",
    )


def _answered(asked: Asked) -> Answered:
    given, kind = asked.given, asked.kind
    evidence = given.evidence.strip() if given else ""
    if given is not None and given.answer == Absent.NOT_APPLICABLE:
        if evidence:
            return Answered(asked, None, False, ABSENT[Absent.NOT_APPLICABLE])
        return Answered(asked, Truth.CANNOT_TELL, False, NO_REASON)
    if kind is None:
        return Answered(asked, Truth.CANNOT_TELL, False, UNANSWERED)
    if kind.evidence and not evidence:
        why = Text(f"{kind.name.en}, {NO_EVIDENCE.en}", f"{kind.name.es}, {NO_EVIDENCE.es}")
        return Answered(asked, Truth.CANNOT_TELL, False, why)
    truth = Truth(kind.means)
    return Answered(asked, truth, truth is Truth.NO and _grave(asked.item, kind), kind.name)


def _is_unanswered(one: Answered) -> bool:
    kind = one.asked.kind
    return one.truth is Truth.CANNOT_TELL and (kind is None or kind.means != "CANNOT_TELL")


def _grave(item: Item, kind: AnswerKind) -> bool:
    return item.grave or kind.grave


def _found(frame: Checklist, answered: Sequence[Answered]) -> Finding | None:
    """The tree over all that applies; None if nothing does."""
    of_item: dict[str, list[Answered]] = {}
    for one in answered:
        if one.truth is not None:
            of_item.setdefault(one.asked.item.id, []).append(one)
    pillars: list[Group[Answered]] = []
    for pillar in frame.pillars:
        items = [
            Group(item.id, item.question, "all", tuple(of_item[item.id]))
            for item in frame.items
            if item.pillar == pillar.id and item.id in of_item
        ]
        if items:
            pillars.append(Group(pillar.id, pillar.name, "all", tuple(items)))
    if not pillars:
        return None
    whole: Group[Answered] = Group(frame.id, frame.name, "all", tuple(pillars))
    return judge(whole, _leaf)


def _leaf(one: Answered) -> Finding:
    name = one.asked.element.name
    truth = one.truth or Truth.CANNOT_TELL
    return Finding(one.asked.element.id, name, truth, one.because, fact=one.asked.item.id)


def _outcome(answered: Sequence[Answered], found: Finding | None) -> Outcome:
    if any(one.grave for one in answered):
        return "GRAVE"
    if found is None or found.truth is Truth.CANNOT_TELL:
        return "OPEN"
    return "MET" if found.truth is Truth.YES else "LACKING"

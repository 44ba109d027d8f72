"""The pre-check of eligibility: a form that is answered and forgotten.

For consular officers, legal aid and civil society, with somebody before them. Answers come in the
body of a request and go out in the page; they are in no address, no log, no draft and no database,
and the page asks browsers to keep nothing either.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from cauce.assess.regularization.eligibility import NOTICE
from cauce.assess.regularization.questions import faults
from cauce.model.consultation import Question
from cauce.model.errors import BadInput
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.judge.pages import sight_of
from cauce.office.judge.shown import Option, ShownTable, shown_tables
from cauce.office.judge.sight import SeatSight
from cauce.pipeline.judge.regularization import asked_of, judge_applicant

FORGET = {"Cache-Control": "no-store, max-age=0", "Pragma": "no-cache", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True)
class Input:
    """A question with what was answered; `options` if it is one of some."""

    id: str
    label: str
    help: str
    value: str
    options: tuple[Option, ...]
    problem: str


@dataclass(frozen=True)
class EligibilityPage:
    """What templates/judge/eligibility.html is given, and nothing else."""

    title: str
    back: str
    notice: str
    day: str
    inputs: tuple[Input, ...]
    found: tuple[str, ...]
    tables: tuple[ShownTable, ...]


def ask(visit: Visit) -> Response:
    """The empty form."""
    name, asked = _asked(visit, sight_of(visit))
    return _page(visit, name, asked, {}, {}, (), ())


def answer(visit: Visit) -> Response:
    """What the answers mean, above the form with the same answers."""
    sight = sight_of(visit)
    name, asked = _asked(visit, sight)
    given = {fact: visit.given(fact)[:100] for fact in asked}
    wrong = {fact: visit.of(words) for fact, words in faults(asked, given).items()}
    if wrong:
        return _page(visit, name, asked, given, wrong, (), (), 422)
    _, judgement = judge_applicant(sight, visit.part("key"), visit.part("phase"), given)
    notes = tuple(visit.of(note) for note in judgement.notes[1:])
    return _page(visit, name, asked, given, {}, notes, shown_tables(visit, judgement))


def _asked(visit: Visit, sight: SeatSight) -> tuple[str, Mapping[str, Question]]:
    """The name of the phase and its questions. Raises NotThere."""
    try:
        name, asked = asked_of(sight, visit.part("key"), visit.part("phase"))
    except BadInput as error:
        raise NotThere from error
    return visit.of(name), asked


def _page(
    visit: Visit,
    name: str,
    asked: Mapping[str, Question],
    given: Mapping[str, str],
    wrong: Mapping[str, str],
    found: tuple[str, ...],
    tables: tuple[ShownTable, ...],
    status: int = 200,
) -> Response:
    inputs = (
        _input(visit, question, given.get(fact, ""), wrong.get(fact, ""))
        for fact, question in asked.items()
    )
    page = EligibilityPage(
        title=name,
        back=visit.address("judge"),
        notice=visit.of(NOTICE),
        day=visit.asked("on"),
        inputs=tuple(inputs),
        found=found,
        tables=tables,
    )
    response = visit.show("judge/eligibility.html", page, status)
    response.headers.update(FORGET)
    return response


def _input(visit: Visit, question: Question, value: str, problem: str) -> Input:
    return Input(
        id=question.fact,
        label="; ".join(visit.of(words) for words in question.words),
        help=visit.words(f"judge.help_{question.kind}"),
        value=value,
        options=tuple(_options(visit, question, value)),
        problem=problem,
    )


def _options(visit: Visit, question: Question, value: str) -> list[Option]:
    said = visit.words
    if question.kind == "flag":
        answers = [("yes", said("desk.yes")), ("no", said("desk.no"))]
    else:
        answers = [(code, code) for code in question.codes]
    if not answers:
        return []
    answers = [("", said("judge.not_answered")), *answers, ("UNK", said("judge.not_known"))]
    return [Option(code, name, code == value) for code, name in answers]

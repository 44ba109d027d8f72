"""What a phase asks an applicant, and the answers as facts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cauce.model.consultation import Question, QuestionKind
from cauce.model.criterion import Condition, ConditionKind, Criterion
from cauce.model.errors import BadInput
from cauce.model.fact import Between, Fact, Facts
from cauce.model.phase import Phase
from cauce.model.record import Absent
from cauce.model.text import Text

KINDS: Mapping[ConditionKind, QuestionKind] = {
    "is": "flag",
    "before": "day",
    "by": "day",
    "after": "day",
    "from": "day",
    "years": "day",
    "at_least": "number",
    "at_most": "number",
    "one_of": "code",
}
BORN = Question("born_on", (Text("Day of birth", "Día de nacimiento"),), "day")
WANTED: Mapping[QuestionKind, Text] = {
    "flag": Text("Answer yes, no or UNK.", "Responda sí, no o UNK."),
    "day": Text(
        "Write a day as 2023-08-25, or roughly as 2023-08 or 2023, or UNK.",
        "Escriba un día como 2023-08-25, o aproximado como 2023-08 o 2023, o UNK.",
    ),
    "number": Text("Write a number, or UNK.", "Escriba un número, o UNK."),
    "code": Text("Write one of its codes, or UNK.", "Escriba uno de sus códigos, o UNK."),
}
YES = ("yes", "true", "sí", "si")
NO = ("no", "false")


def questions(phase: Phase) -> dict[str, Question]:
    """Every fact a phase asks for, in the order of its criteria, documents and fees.

    Source: none, it computes nothing.
    """
    found: dict[str, Question] = {}
    for condition in _conditions(phase):
        before = found.get(condition.fact)
        words = (*(before.words if before else ()), condition.name)
        codes = (*(before.codes if before else ()), *condition.codes)
        found[condition.fact] = Question(
            condition.fact,
            tuple(dict.fromkeys(words)),
            KINDS[condition.kind],
            tuple(dict.fromkeys(codes)),
        )
    if any(document.min_age or document.max_age is not None for document in phase.documents):
        found.setdefault(BORN.fact, BORN)
    for fee in phase.fees:
        if fee.since:
            words = (*(found[fee.since].words if fee.since in found else ()), _since(fee.name))
            found[fee.since] = Question(fee.since, tuple(dict.fromkeys(words)), "day")
    return found


def _since(fee: Text) -> Text:
    return Text(
        f"From when the months count: {fee.en}", f"Desde cuándo se cuentan los meses: {fee.es}"
    )


def _conditions(phase: Phase) -> Iterator[Condition]:
    yield from _leaves(phase.criteria)
    for document in phase.documents:
        yield from _leaves(document.needed_if)
    for fee in phase.fees:
        yield from _leaves(fee.due_if)
        for waiver in fee.waivers:
            yield from _leaves(waiver.given_if)


def _leaves(criterion: Criterion | None) -> Iterator[Condition]:
    if isinstance(criterion, Condition):
        yield criterion
    elif criterion is not None:
        for part in criterion.parts:
            yield from _leaves(part)


def facts_of(asked: Mapping[str, Question], answers: Mapping[str, object]) -> Facts:
    """Answers as people write them, as facts; what was left blank is unknown.

    UNK, NST and NAP are answers. A day may be given roughly: 2016 or 2016-05. Values of TOML and
    JSON are taken as they are.

    Raises:
        BadInput: an answer to what is not asked, or of another kind. The value is not repeated.

    Source: none, it computes nothing.
    """
    strange = sorted(set(answers) - set(asked))
    if strange:
        raise BadInput(
            f"This phase does not ask for {', '.join(strange)[:80]}. It asks for: "
            f"{', '.join(asked)}."
        )
    wrong = faults(asked, answers)
    if wrong:
        raise BadInput(" ".join(f"{fact}: {words.en}" for fact, words in wrong.items()))
    read = {name: _fact(asked[name], answer) for name, answer in answers.items()}
    return {name: fact for name, fact in read.items() if fact is not None}


def faults(asked: Mapping[str, Question], answers: Mapping[str, object]) -> dict[str, Text]:
    """The answers that are none, by fact, with what to write instead.

    Source: none, it computes nothing.
    """
    return {
        fact: WANTED[asked[fact].kind]
        for fact, answer in answers.items()
        if not _blank(answer) and _fact(asked[fact], answer) is None
    }


def _blank(answer: object) -> bool:
    return answer is None or (isinstance(answer, str) and not answer.strip())


def _fact(question: Question, answer: object) -> Fact | None:
    """What an answer says; None if it is blank, or no answer."""
    said = answer.strip() if isinstance(answer, str) else answer
    if _blank(said):
        return None
    if isinstance(said, str) and said.upper() in set(Absent):
        return Absent(said.upper())
    read = {"flag": _flag, "day": _day, "number": _number, "code": _code}
    return read[question.kind](said)


def _flag(said: object) -> Fact | None:
    if isinstance(said, bool):
        return said
    word = str(said).casefold()
    return True if word in YES else False if word in NO else None


def _day(said: object) -> Fact | None:
    if isinstance(said, date):
        return said
    parts = str(said).split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    return _span([int(part) for part in parts])


def _span(parts: Sequence[int]) -> Fact | None:
    try:
        if len(parts) == 3:
            return date(*parts)
        year, month = parts[0], parts[1] if len(parts) == 2 else None
        first = date(year, month or 1, 1)
        following = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    except ValueError:
        return None
    return Between(first, date.fromordinal(following.toordinal() - 1))


def _number(said: object) -> Fact | None:
    if isinstance(said, int | float) and not isinstance(said, bool):
        return said
    try:
        return float(str(said).replace(",", "."))
    except ValueError:
        return None


def _code(said: object) -> Fact | None:
    return str(said)[:40]

"""The questions of a mapping survey, as its record holds them, ready to be asked."""

from collections.abc import Iterator, Mapping

from cauce.assess.filled import flag, rows, text, words
from cauce.model.errors import BadInput
from cauce.model.questionnaire import CONSENT, AnswerKind, Asking, Questionnaire
from cauce.model.record import Record, Row
from cauce.model.text import Text

KINDS: Mapping[str, AnswerKind] = {
    "ONE": "ONE",
    "SEVERAL": "SEVERAL",
    "FLAG": "FLAG",
    "NUMBER": "NUMBER",
    "DATE": "DATE",
    "TEXT": "TEXT",
}
CHOSEN = frozenset({"ONE", "SEVERAL"})


def questionnaire(name: str, survey: Record) -> Questionnaire:
    """The questions of a survey. What one language lacks stands in the other's words.

    Raises:
        BadInput: it asks nothing, two questions have one name, or answers differ by language.

    Source: none, it computes nothing.
    """
    asked = tuple(_asking(at, row) for at, row in enumerate(rows(survey, "questions"), start=1))
    if not asked:
        raise BadInput("This survey asks nothing yet: enter its questions first.")
    names = [one.name for one in asked]
    twice = sorted({one for one in names if names.count(one) > 1 or one == CONSENT})
    if twice:
        raise BadInput(
            f"Questions share the short name {', '.join(twice)}, or have that of the question of "
            f"consent ({CONSENT}). Give each its own."
        )
    return Questionnaire(name, words(survey, "title", name), text(survey, "carried_out_by"), asked)


def _asking(at: int, row: Row) -> Asking:
    kind = KINDS.get(text(row, "kind"), "TEXT")
    return Asking(
        name=text(row, "name") or f"q{at}",
        kind=kind,
        words=words(row, "wording"),
        choices=tuple(_choices(at, row)) if kind in CHOSEN else (),
        required=flag(row, "asked_of_all") is True,
    )


def _choices(at: int, row: Row) -> Iterator[Text]:
    """The answers to choose from, in both languages. Raises BadInput."""
    en, es = (_parts(text(row, f"choices_{language}")) for language in ("en", "es"))
    if not en and not es:
        raise BadInput(f"Question {at} has no answers to choose from.")
    if en and es and len(en) != len(es):
        raise BadInput(
            f"Question {at} has {len(en)} answers in English and {len(es)} in Spanish: write the "
            "same answers in the same order."
        )
    yield from (Text(a, b) for a, b in zip(en or es, es or en, strict=True))


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split("|") if part.strip()]

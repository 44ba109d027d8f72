"""`cauce assess eligibility`: a pre-check that explains itself and keeps nothing."""

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from cauce.assess.regularization.eligibility import NOTICE
from cauce.assess.regularization.questions import facts_of
from cauce.cli.judging import (
    AllOption,
    Asked,
    DayOption,
    JsonOption,
    LanguageOption,
    languages_of,
    looking,
    show,
)
from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption
from cauce.cli.screen import console
from cauce.model.consultation import Question
from cauce.model.errors import BadInput
from cauce.model.text import Language, Text
from cauce.pipeline.judge.regularization import INITIATIVES, asked_of, judge_applicant, phases_of
from cauce.pipeline.judge.sight import LogSight, find, one

WAYS: Mapping[str, Text] = {
    "flag": Text("yes or no", "sí o no"),
    "day": Text("a day such as 2016-05-31, or 2016", "un día como 2016-05-31, o 2016"),
    "number": Text("a number", "un número"),
    "code": Text("one of", "uno de"),
}
UNSURE = Text("UNK if not known; Enter to pass over", "UNK si no se sabe; Intro para pasar")


def eligibility(
    name: Annotated[str, typer.Argument(help="The initiative: its key, or words of its title.")],
    phase: Annotated[str, typer.Option(help="Its phase; the last one if not given.")] = "",
    facts: Annotated[
        Path | None, typer.Option(help="A TOML or JSON file of answers; - reads JSON from stdin.")
    ] = None,
    ask: Annotated[bool, typer.Option(help="Ask every question here.")] = False,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Whether somebody seems to meet the criteria of a phase, what is asked for, what it costs.

    No legal advice: only the authority decides. Nothing answered is stored or logged.
    """
    with looking(Asked(database, on, waiting)) as sight:
        key = find(sight, INITIATIVES, name)
        chosen = phase or _last(sight, key)
        _, asked = asked_of(sight, key, chosen)
        answers = _read(facts) if facts is not None else {}
        if ask or facts is None:
            answers = _ask(asked, languages_of(language)[0])
        found, judgement = judge_applicant(sight, key, chosen, answers)
        show(judgement, language, as_json, found)


def _last(sight: LogSight, key: str) -> str:
    phases = list(phases_of(one(sight, INITIATIVES, key)))
    if not phases:
        raise BadInput("This initiative has no phase yet: enter one first.")
    return phases[-1]


def _read(path: Path) -> Mapping[str, object]:
    """The answers in a file. What is wrong is told without repeating any of them."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        kind = type(error).__name__
        raise BadInput(f"The answers cannot be read ({kind}): give TOML or JSON.") from None
    if not isinstance(found, dict):
        raise BadInput("The answers are one table of names and values.")
    return found


def _ask(asked: Mapping[str, Question], language: Language) -> dict[str, object]:
    """Answers typed here; one that is no answer is asked for again."""
    console.print(NOTICE.of(language), markup=False)
    console.print(f"({UNSURE.of(language)})", markup=False)
    answers: dict[str, object] = {}
    for fact, question in asked.items():
        answers[fact] = _answer(question, language)
    return answers


def _answer(question: Question, language: Language) -> str:
    said = "; ".join(words.of(language) for words in question.words)
    way = f"{WAYS[question.kind].of(language)} {' '.join(question.codes)}".strip()
    while True:
        given = str(typer.prompt(f"{said} ({way})", default="", show_default=False))
        try:
            facts_of({question.fact: question}, {question.fact: given})
        except BadInput as error:
            console.print(str(error), markup=False)
            continue
        return given

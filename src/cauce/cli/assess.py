"""`cauce assess`: judgements from the registers, and of a needs assessment from two files."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.assess.needs.frames import parse_frame
from cauce.assess.needs.reports import country_report
from cauce.assess.needs.roadmaps import draft_steps, gaps
from cauce.assess.needs.scores import score_countries
from cauce.cli import assess_checklists, assess_recruitment, assess_registers
from cauce.cli.assess_eligibility import eligibility
from cauce.cli.screen import console, plain_errors
from cauce.declare.words import listed
from cauce.model.answer import Answer, Respondent
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.model.text import LANGUAGES

app = typer.Typer(help="Judge by a declared frame.", no_args_is_help=True)
RESPONDENT = ("respondent", "institution", "function", "country", "instrument")
ANSWER = ("respondent", "item", "score")
app.command("plan")(assess_registers.plan)
app.command("iati")(assess_registers.iati)
app.command("hand-over")(assess_registers.give_over)
app.command("hand-overs")(assess_registers.hand_overs)
app.command("course")(assess_registers.course)
app.command("diaspora")(assess_registers.diaspora)
app.command("survey")(assess_registers.survey)
app.command("questionnaire")(assess_registers.questions)
app.command("funnel")(assess_registers.funnel)
app.command("protections")(assess_registers.protections)
app.command("studies")(assess_registers.studies)
app.command("needs")(assess_registers.needs)
app.command("eligibility")(eligibility)
app.command("costs")(assess_recruitment.costs)
app.command("orders")(assess_recruitment.orders)
app.command("contracts")(assess_recruitment.contracts)
app.command("complaints")(assess_recruitment.complaints)
app.command("screening")(assess_recruitment.screening)
app.command("iris")(assess_checklists.iris)
app.command("diligence")(assess_checklists.diligence)


@app.command("report")
def report(
    frame: Annotated[Path, typer.Argument(help="The frame, such as access_framework.toml.")],
    respondents: Annotated[Path, typer.Option(help=f"CSV with {listed(RESPONDENT)}.")],
    answers: Annotated[Path, typer.Option(help=f"CSV with {listed(ANSWER)}.")],
    into: Annotated[Path, typer.Option(help="The folder for the reports.")],
) -> None:
    """Write a report for each country in both languages: findings, dissent, coverage, road map."""
    with plain_errors():
        asked = parse_frame(frame.name, _text(frame))
        people = [Respondent(*row) for row in _rows(respondents, RESPONDENT)]
        said = [Answer(who, item, _score(score)) for who, item, score in _rows(answers, ANSWER)]
        found = score_countries(asked, people, said)
        into.mkdir(parents=True, exist_ok=True)
        today = datetime.now(UTC).date()
        for scores in found:
            steps = draft_steps(asked, gaps(asked, scores))
            for language in LANGUAGES:
                target = into / f"{scores.country}.{language}.md"
                text = country_report(asked, scores, steps, today, language)
                target.write_text(text, encoding="utf-8")
                console.print(f"Wrote {target}.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as UTF-8 text: {error}.") from error


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The columns asked for, row by row; others are left alone."""
    table = csv.DictReader(_text(path).splitlines())
    missing = [name for name in columns if name not in (table.fieldnames or ())]
    if missing:
        raise BadInput(f"{path} has no column {listed(missing)}; it needs {listed(columns)}.")
    return [tuple((row[name] or "").strip() for name in columns) for row in table]


def _score(text: str) -> int | Absent:
    """A step of the scale or UNK, NST, NAP; empty is not stated."""
    if text in {str(reason) for reason in Absent}:
        return Absent(text)
    if not text:
        return Absent.NOT_STATED
    if not text.isdecimal():
        raise BadInput(f"The score {text[:20]!r} is no whole number and not UNK, NST or NAP.")
    return int(text)

"""Complaints counted from a table, and one screening from answers that are not kept."""

import json
import tomllib
from pathlib import Path

from cauce.assess.recruitment.complaints import payments_in, told_payments
from cauce.assess.recruitment.screening import screen
from cauce.assess.recruitment.screening_read import answers_of, parse_screening, parse_settings
from cauce.declare.problems import Problems
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.model.screening import Screened
from cauce.pipeline.tables import read_tables


def count_payments(file: Path) -> Judgement:
    """The complaints of a file by payment. Raises BadInput."""
    tables, _ = read_tables(file, ("complaints",))
    problems = Problems()
    found = payments_in(tables["complaints"], problems)
    problems.stop_if_any("The complaints")
    return told_payments(found)


def screen_answers(text: str, frame: Path, settings: Path) -> tuple[Screened, ...]:
    """What follows from answers in TOML or JSON. Raises BadInput, which repeats no answer."""
    asked = parse_screening(frame.name, frame.read_text("utf-8"))
    chosen = parse_settings(settings.name, settings.read_text("utf-8"))
    try:
        said = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        kind = type(error).__name__
        raise BadInput(f"The answers cannot be read ({kind}): give TOML or JSON.") from None
    return screen(asked, chosen, answers_of(said, asked))

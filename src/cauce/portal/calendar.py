"""What is announced: a declared file, and nothing that nobody announced."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.portal.fields import Fields


@dataclass(frozen=True)
class Announced:
    """A release somebody announced: of which survey and vintage, for which day, and where it says.

    `flow` is the table it is of, "" for all of the survey.
    """

    survey: str
    vintage: str
    on: date
    title: Text
    ground: Text
    flow: str = ""


@dataclass(frozen=True)
class Calendar:
    """What is announced, the next first."""

    announced: tuple[Announced, ...]


NOTHING = Calendar(())
"""No file: nothing is announced."""


def read_calendar(path: Path) -> Calendar:
    """The calendar of a file; one that is not there announces nothing.

    Raises:
        BadInput: as `parse_calendar` does, and if the file cannot be read.
    """
    try:
        return parse_calendar(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NOTHING
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The release calendar, {path.name}, cannot be read: {error}.") from error


def parse_calendar(text: str) -> Calendar:
    """The calendar written in a TOML text.

    Raises:
        BadInput: it is not TOML; or an entry lacks a field, has one too many, or announces a
            vintage twice.
    """
    try:
        whole = Fields("calendar.toml", tomllib.loads(text), "release calendar")
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"calendar.toml of the release calendar is no TOML: {error}.") from error
    found = tuple(_announced(entry) for entry in whole.tables("release", name="vintage"))
    whole.done()
    names = [(one.survey, one.vintage, one.flow) for one in found]
    twice = sorted({" ".join(name).strip() for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"calendar.toml announces {', '.join(twice)} more than once.")
    return Calendar(tuple(sorted(found, key=lambda one: (one.on, one.survey, one.vintage))))


def _announced(entry: Fields) -> Announced:
    one = Announced(
        survey=entry.word("survey"),
        vintage=entry.word("vintage"),
        on=entry.day("on"),
        title=entry.text("title"),
        ground=entry.text("ground"),
        flow=entry.word("flow") if entry.has("flow") else "",
    )
    entry.done()
    return one

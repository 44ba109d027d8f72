"""The page for who is not let through: why, and the way on."""

from dataclasses import dataclass

from markupsafe import Markup

from cauce.office.doors.pages import Frame, in_other, shown, spoken
from cauce.office.words import words


@dataclass(frozen=True)
class RefusedPage:
    """What templates/doors/refused.html is given, and nothing else."""

    title: str
    text: str


def refused_page(path: str, accepted: str, reason: str) -> str:
    """The page in the reader's language for a reason in the office's words."""
    language = spoken(path, accepted)
    said = words(language)
    other, address = in_other(path, language)
    page = RefusedPage(said("doors.refused"), said(f"doors.refused_{reason}"))
    return shown("refused.html", page, Frame(language, other, address, Markup("")))

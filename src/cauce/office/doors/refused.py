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


@dataclass(frozen=True)
class TypedPage:
    """What templates/doors/typed.html is given, and nothing else: the fields of a form."""

    title: str
    text: str
    action: str
    fields: list[tuple[str, str]]
    sign_in: str


def typed_page(
    path: str, accepted: str, fields: list[tuple[str, str]], csrf: Markup, inside: bool
) -> str:
    """The page that holds what was typed when a session had ended."""
    language = spoken(path, accepted)
    said = words(language)
    page = TypedPage(
        title=said("doors.typed"),
        text=said("doors.typed_inside" if inside else "doors.typed_text"),
        action=path,
        fields=fields,
        sign_in="" if inside else f"/{language}/sign-in",
    )
    return shown("typed.html", page, Frame(language, language, path, csrf))


def refused_page(path: str, accepted: str, reason: str) -> str:
    """The page in the reader's language for a reason in the office's words."""
    language = spoken(path, accepted)
    said = words(language)
    other, address = in_other(path, language)
    page = RefusedPage(said("doors.refused"), said(f"doors.refused_{reason}"))
    return shown("refused.html", page, Frame(language, other, address, Markup("")))

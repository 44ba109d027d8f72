"""The doors' templates: each is given one object, and lays it out inside the same frame."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from cauce.model.text import LANGUAGES, Language
from cauce.office.words import words

TEMPLATES = Path(__file__).parent.parent / "templates"


class Page(Protocol):
    """What every page says of itself."""

    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Frame:
    """What templates/doors/frame.html puts around every page.

    `name` is who is signed in, "" if nobody is; `other_address` the page in the other language.
    """

    language: Language
    other: Language
    other_address: str
    csrf: Markup
    name: str = ""
    administers: bool = False
    home: str = "/account"


def shown(template: str, page: Page, frame: Frame) -> str:
    """A page as HTML."""
    found = _templates().get_template(f"doors/{template}")
    return found.render(page=page, frame=frame, t=words(frame.language))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def in_other(path: str, language: Language) -> tuple[Language, str]:
    """The other language, and the address of the same page in it."""
    other: Language = "es" if language == "en" else "en"
    rest = path.removeprefix(f"/{language}") if path.startswith(f"/{language}/") else "/account"
    return other, f"/{other}{rest}"


def spoken(path: str, accepted: str) -> Language:
    """The language of an address, or the one a browser prefers; Spanish if it says nothing."""
    part = path.split("/")[1] if "/" in path else ""
    for language in LANGUAGES:
        if part == language:
            return language
    first = accepted.lower().lstrip()[:2]
    return "en" if first == "en" else "es"

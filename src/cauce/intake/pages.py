"""The pages: small, without scripts, cookies or anything from outside."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from cauce.model.text import Language, Text

HERE = Path(__file__).parent
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True)
class Filled:
    """What stands in a page: what was typed, what went wrong, what is told once.

    `answer` is "" before somebody came back, "-" if there is none for them.
    """

    given: Mapping[str, str]
    number: str = ""
    words: str = ""
    problem: str = ""
    token: str = ""
    answer: str = ""
    added: bool = False


@dataclass(frozen=True)
class Page:
    """What the templates are given, and nothing else."""

    language: Language
    template: str
    filled: Filled
    countries: Mapping[str, Text]
    telephone: str

    @property
    def other(self) -> Language:
        return "es" if self.language == "en" else "en"

    def named(self) -> tuple[tuple[str, str], ...]:
        """The countries by name."""
        found = [(code, name.of(self.language)) for code, name in self.countries.items()]
        return tuple(sorted(found, key=lambda one: one[1]))


def page(shown: Page, status: int) -> Response:
    """A page as an answer."""
    template = _templates().get_template(f"{shown.template}.html")
    html = template.render(page=shown, t=_words(shown.language))
    return HTMLResponse(html, status, {**HEADERS, "content-language": shown.language})


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _words(language: Language) -> dict[str, str]:
    text = (HERE / "locale" / f"{language}.toml").read_text("utf-8")
    return dict(tomllib.loads(text))

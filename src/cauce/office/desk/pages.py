"""The desk's templates: each is given one object, and lays it out inside the same frame."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request

from cauce.model.account import Account, Role
from cauce.model.text import Language
from cauce.office.words import words

OFFICE = Path(__file__).parent.parent


class Page(Protocol):
    """What every page says of itself."""

    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Frame:
    """What templates/desk/frame.html puts around every page; `name` is "" for nobody."""

    title: str
    language: Language
    other: Language
    other_address: str
    csrf: Markup
    name: str
    administers: bool
    releases: bool
    mobility: bool
    checks: bool
    hotline: bool
    here: str
    edition: str


class Pages:
    """The templates, escaped by default; a name that is not given is an error."""

    def __init__(self) -> None:
        self._edition = _edition()
        self._templates = Environment(
            loader=FileSystemLoader(OFFICE / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def html(
        self,
        template: str,
        page: Page,
        request: Request,
        language: Language,
        csrf: Markup,
        account: Account | None,
        administers: bool = False,
        releases: bool = False,
        mobility: bool = False,
        hotline: bool = False,
    ) -> str:
        """A page as HTML."""
        path, query = request.url.path, request.url.query
        other: Language = "es" if language == "en" else "en"
        rest = path.removeprefix(f"/{language}") if path.startswith(f"/{language}/") else "/"
        frame = Frame(
            title=f"{page.title} · Cauce",
            language=language,
            other=other,
            other_address=f"/{other}{rest}{f'?{query}' if query else ''}",
            csrf=csrf,
            name=account.name if account else "",
            administers=administers,
            releases=releases,
            mobility=mobility,
            checks=account is not None and Role.INSPECTOR in account.roles,
            hotline=hotline,
            here=[*rest.split("/"), "", ""][1],
            edition=self._edition,
        )
        name = template if "/" in template else f"desk/{template}"
        found = self._templates.get_template(name)
        return found.render(page=page, frame=frame, t=words(language))


def _edition() -> str:
    """Names the style sheet as it is, so that a browser drops an earlier one."""
    return hashlib.sha256((OFFICE / "static" / "office.css").read_bytes()).hexdigest()[:12]

"""Templates: each is given one object, and lays it out."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cauce.model.text import Language
from cauce.portal.words import words


class Pages:
    """The templates of a folder, escaped by default; a name that is not given is an error."""

    def __init__(self, folder: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Our own SVG is written with every word escaped.
        self._templates.filters["svg"] = Markup

    def show(
        self, request: Request, template: str, page: object, language: Language, status: int = 200
    ) -> Response:
        """A page as HTML, with the address of the same page in the other language."""
        other: Language = "es" if language == "en" else "en"
        rest = request.url.path.removeprefix(f"/{language}")
        query = f"?{request.url.query}" if request.url.query else ""
        html = self._templates.get_template(template).render(
            page=page,
            t=words(language),
            language=language,
            other=other,
            other_address=f"/{other}{rest if rest.startswith('/') else '/'}{query}",
            here=request.url.path,
        )
        return HTMLResponse(html, status, {"Vary": "Accept-Encoding", "Content-Language": language})

    def fail(self, request: Request, status: int, detail: str, language: Language) -> Response:
        """The page that says what went wrong."""
        return self.show(request, "failed.html", (status, detail), language, status)

"""One request at the doors: who, in which language, with what form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cauce.model.account import Account
from cauce.model.text import LANGUAGES, Language
from cauce.office.doors.cookies import DEVICE, DEVICE_LASTS, SESSION, cookie_of, give
from cauce.office.doors.guard import csrf_field
from cauce.office.doors.pages import Frame, Page, in_other, shown
from cauce.office.doors.setting import Doors
from cauce.office.words import Words, words
from cauce.registers.access import may
from cauce.store.log.sessions import Session, Stage
from cauce.store.log.sign_in import Caller


@dataclass(frozen=True)
class Visit:
    """One request."""

    request: Request
    doors: Doors
    language: Language

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def now(self) -> datetime:
        return self.doors.clock()

    @property
    def account(self) -> Account | None:
        found: Account | None = self.request.state.account
        return found

    @property
    def caller(self) -> Caller:
        client = self.request.client
        device = cookie_of(self.request.headers.get("cookie", ""), DEVICE)
        return Caller(client.host if client else "", device)

    def session(self, stage: Stage) -> Session | None:
        """The session, if it has come as far as this."""
        found: Session | None = self.request.state.session
        return found if found is not None and found.stage == stage else None

    def given(self, name: str) -> str:
        """A field of the form, "" if it is not there or is a file."""
        value = self.request.state.form.get(name, "")
        return value if isinstance(value, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """All values of a field of the form, such as boxes that were ticked."""
        values = self.request.state.form.getlist(name)
        return tuple(value for value in values if isinstance(value, str))

    def part(self, name: str) -> str:
        return str(self.request.path_params[name])

    def address(self, path: str) -> str:
        """An address of ours in the reader's language."""
        return f"/{self.language}{path}"

    def show(self, template: str, page: Page, status: int = 200) -> Response:
        """A page as an answer."""
        other, address = in_other(self.request.url.path, self.language)
        account = self.account
        frame = Frame(self.language, other, address, csrf_field(self.request), home=self.doors.home)
        if account is not None:
            administers = any(
                may(self.doors.access, account, "see", "accounts", country, "published")
                for country in (account.countries if account.countries is not None else {""})
            )
            frame = replace(frame, name=account.name, administers=administers)
        html = shown(template, page, frame)
        return HTMLResponse(html, status, {"Content-Language": self.language})

    def go(self, path: str) -> Response:
        """Send the browser to another page of ours."""
        return RedirectResponse(self.address(path), 303)

    def let_in(self, token: str, device: str) -> Response:
        """The answer to who is signed in from now on."""
        response = RedirectResponse(self._wanted(), 303)
        give(response, SESSION, token)
        give(response, DEVICE, device, DEVICE_LASTS, "strict")
        return response

    def _wanted(self) -> str:
        """Where they wanted to go, if that is a page of ours."""
        wanted = self.request.query_params.get("next", "")
        ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
        plain = wanted.isprintable() and "\\" not in wanted
        return wanted if ours and plain else self.address(self.doors.home)


Handler = Callable[[Visit], Response]


def visited(doors: Doors, handler: Handler) -> Callable[[Request], Response]:
    """What answers an address. It is no coroutine, so that hashing keeps nobody else waiting."""

    def answer(request: Request) -> Response:
        named = request.path_params.get("language", "")
        language = next((known for known in LANGUAGES if known == named), None)
        if language is None:
            raise HTTPException(404)
        return handler(Visit(request, doors, language))

    return answer


def signed_in(handler: Callable[[Visit, Account], Response]) -> Handler:
    """A handler for people who are signed in with a browser; others go to the door."""

    def answer(visit: Visit) -> Response:
        if visit.account is None:
            where = visit.request.url.path if visit.request.method == "GET" else ""
            return visit.go(f"/sign-in?next={quote(where)}" if where else "/sign-in")
        if visit.account.scope is not None:
            raise HTTPException(403)
        return handler(visit, visit.account)

    return answer

"""What is refused, told in the reader's language or the program's format."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused
from cauce.portal.bounds.request import fault_of

Tell = Callable[[Scope, Refused], Response]


class Refusing:
    """Refuses a request that cannot be worked on as it stands; `tell` answers what is refused."""

    def __init__(self, app: ASGIApp, limits: Limits, tell: Tell) -> None:
        self.app = app
        self._limits = limits
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["type"] == "http" and (fault := fault_of(scope, self._limits)):
                raise fault
            await self.app(scope, receive, send)
        except Refused as refused:
            await self._refuse(refused, scope, receive, send)

    async def _refuse(self, refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._tell(scope, refused)
        response.headers["Cache-Control"] = "no-store"
        if refused.retry_after:
            response.headers["Retry-After"] = str(refused.retry_after)
        if refused.key == "has_body":
            # What was sent along is not read; the next request must not begin in its midst.
            response.headers["Connection"] = "close"
        await response(scope, receive, send)

"""What is refused, told in the reader's language or the program's format."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused, no_memory
from cauce.portal.bounds.request import fault_of

Tell = Callable[[Scope, Refused], Response]


def nothing() -> None:
    pass


class Refusing:
    """Refuses a request that cannot be worked on as it stands; `tell` answers what is refused.

    So it does where the memory does not suffice; `spent` is called then: who has a successor may
    end, for memory that was asked for is rarely all given back.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, tell: Tell, spent: Callable[[], None] = nothing
    ) -> None:
        self.app = app
        self._limits = limits
        self._tell = tell
        self._spent = spent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def begin(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if scope["type"] == "http" and (fault := fault_of(scope, self._limits)):
                raise fault
            await self.app(scope, receive, begin)
        except Refused as refused:
            await self._refuse(refused, scope, receive, send)
        except MemoryError:
            self._spent()
            if begun:
                # An answer without an end is seen to be none.
                raise
            await self._refuse(no_memory(), scope, receive, send)

    async def _refuse(self, refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._tell(scope, refused)
        response.headers["Cache-Control"] = "no-store"
        if refused.retry_after:
            response.headers["Retry-After"] = str(refused.retry_after)
        if refused.key == "has_body":
            # What was sent along is not read; the next request must not begin in its midst.
            response.headers["Connection"] = "close"
        await response(scope, receive, send)

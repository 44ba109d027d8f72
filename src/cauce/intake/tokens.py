"""What a form carries instead of a cookie: that it is ours, how old it is, and its ticket."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cauce.letterbox import Ticket, ticket_of

LASTS = 6 * 3600
"""Seconds that somebody may take to write."""


@dataclass(frozen=True)
class Tokens:
    """Tokens of this process; when it is started anew, earlier ones are worth nothing."""

    secret: bytes

    def give(self, now: float) -> str:
        """A token for a form that is shown now."""
        said = f"{int(now)}.{secrets.token_hex(16)}"
        return f"{said}.{self._sign(said)}"

    def ticket(self, token: str, now: float) -> Ticket | None:
        """The ticket of a form of ours that is not too old, else None."""
        said, _, sign = token.rpartition(".")
        moment = said.partition(".")[0]
        if not hmac.compare_digest(sign.encode(), self._sign(said).encode()):
            return None
        if not moment.isdecimal() or not 0 <= now - int(moment) <= LASTS:
            return None
        return ticket_of(self.secret, said)

    def _sign(self, said: str) -> str:
        return hmac.new(self.secret, f"form|{said}".encode(), hashlib.sha256).hexdigest()[:32]

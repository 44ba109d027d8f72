"""One request of a program."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cauce.office.seat import Seat


@dataclass(frozen=True)
class Call:
    """One request, who it is for, and what it brings."""

    request: Request
    seat: Seat
    body: bytes

    def part(self, name: str) -> str:
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        return str(self.request.query_params.get(name, ""))

    def day(self, name: str) -> date | None:
        """A day of the query. Raises HTTPException if it is none."""
        try:
            return date.fromisoformat(self.asked(name)) if self.asked(name) else None
        except ValueError as error:
            raise HTTPException(400) from error

    def moment(self, name: str) -> datetime | None:
        """A moment of the query, in UTC if it does not say. Raises HTTPException if it is none."""
        try:
            found = datetime.fromisoformat(self.asked(name)) if self.asked(name) else None
        except ValueError as error:
            raise HTTPException(400) from error
        return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found

    def json(self) -> dict[str, object]:
        """The object in the body. Raises HTTPException if it is none."""
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise HTTPException(400) from error
        if not isinstance(found, dict):
            raise HTTPException(400)
        return found

    def had(self) -> int | None:
        """The number of the entry the caller had before them, None if they do not say."""
        tag = self.request.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
        return int(tag) if tag.isdecimal() else None

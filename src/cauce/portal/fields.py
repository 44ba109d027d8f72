"""The fields of an entry in a TOML file, taken one by one so that nothing is lost or left over."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cauce.model.errors import BadInput
from cauce.model.text import Text

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Fields:
    """What an entry holds and nobody has asked for yet."""

    def __init__(self, where: str, held: dict[str, Any], of: str = "bulletin") -> None:
        self._where = where
        self._held = dict(held)
        self._of = of

    def has(self, field: str) -> bool:
        return field in self._held

    def wrong(self, field: str, why: str) -> BadInput:
        """The error to raise about a field: where it is, and what to do."""
        return BadInput(f"The {self._of}'s {self._where}, {field}: {why}.")

    def done(self) -> None:
        """Raises BadInput if the entry holds a field nobody asked for: most likely a slip."""
        if self._held:
            names = ", ".join(sorted(self._held))
            raise self.wrong(names, "no such field is known; correct its name or remove it")

    def tables(self, field: str, name: str = "id") -> list["Fields"]:
        """The entries written as [[field]], each called by its own `name` in errors."""
        found = self._held.pop(field, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise self.wrong(field, f"write each as [[{field}]]")
        return [
            Fields(f"{self._where}, {field} {entry.get(name, number)}", entry, self._of)
            for number, entry in enumerate(found, start=1)
        ]

    def word(self, field: str) -> str:
        found = self._take(field)
        if not isinstance(found, str) or not found.strip():
            raise self.wrong(field, "it must be text and not empty")
        return found

    def slug(self, field: str) -> str:
        found = self.word(field)
        if not SLUG.fullmatch(found):
            raise self.wrong(field, "use small letters a–z, digits and single hyphens")
        return found

    def one_of(self, field: str, known: Sequence[str]) -> str:
        found = self.word(field)
        if found not in known:
            raise self.wrong(field, f"it must be one of {', '.join(known)}")
        return found

    def words(self, field: str, known: Sequence[str] = ()) -> tuple[str, ...]:
        found = self._take(field)
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            raise self.wrong(field, "it must be a list of texts")
        if known and not set(found) <= set(known):
            raise self.wrong(field, f"it may hold {', '.join(known)}")
        return tuple(found)

    def text(self, field: str) -> Text:
        """The same words in both languages."""
        found = self._take(field)
        if not isinstance(found, dict):
            raise self.wrong(field, 'it must be { en = "…", es = "…" }')
        inner = Fields(f"{self._where}, {field}", found, self._of)
        words = Text(inner.word("en"), inner.word("es"))
        inner.done()
        return words

    def day(self, field: str) -> date:
        found = self._take(field)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.wrong(field, "it must be a date such as 2023-08-25, without quotes")
        return found

    def _take(self, field: str) -> Any:
        if field not in self._held:
            raise self.wrong(field, "it is missing")
        return self._held.pop(field)

"""Everything that is wrong with what was declared, collected so that it is told at once."""

from cauce.model.errors import BadInput
from cauce.model.pack import Place


class Problems:
    """A growing list of what is wrong and where."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def add(self, place: Place, message: str) -> None:
        self.add_told(f"{located(place)}: {message}")

    def add_told(self, message: str) -> None:
        """Add a message that says itself where."""
        if message not in self._found:
            self._found.append(message)

    def any(self) -> bool:
        return bool(self._found)

    def stop_if_any(self, what: str) -> None:
        """Raises BadInput with all of it, if anything was found."""
        if self._found:
            raise self.error(what)

    def error(self, what: str) -> BadInput:
        """All that was found, as an error to raise."""
        count = len(self._found)
        things = "1 thing is" if count == 1 else f"{count} things are"
        return BadInput("\n".join((f"{what}: {things} wrong.", *self._found)))


def located(place: Place) -> str:
    return f"{place.file}, line {place.line}"

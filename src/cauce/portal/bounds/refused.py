"""What is refused before any work is done, in words for a page and for a program."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(eq=False)
class Refused(Exception):  # noqa: N818 - the house's word for it
    """A question that is not worked on.

    `key` names the words of the page in the locale, `values` what stands in them; `words` say the
    same to a program. `retry_after` is in seconds, 0 where trying again changes nothing.
    """

    status: int
    key: str
    words: str
    values: Mapping[str, str] = field(default_factory=dict)
    retry_after: int = 0


def no_memory() -> Refused:
    words = "There was not enough memory for this. Ask for less, or again in 30 seconds."
    return Refused(503, "no_memory", words, {}, 30)

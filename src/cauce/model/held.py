"""A release that waits: for a second person, for its moment, or for both."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """Who holds which numbers until when, and who approved them.

    `catalog_sha256` is of what is held: an approval is of exactly these numbers and words. Moments
    are ISO 8601 with their offset; `embargo` is "" if there is none, `approved_at` and
    `published_at` are "" until then. `beside` are the vintages of the survey that were public when
    it was held, and with which it was protected; None where that was not written down.
    """

    survey: str
    vintage: str
    catalog_sha256: str
    held_by: str
    held_at: str
    embargo: str = ""
    approved_by: str = ""
    approved_at: str = ""
    published_at: str = ""
    beside: tuple[str, ...] | None = None

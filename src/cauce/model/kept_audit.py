"""What the office keeps of the protection of a release: the report, and what was asked of it."""

from dataclasses import dataclass

from cauce.model.audit import Audit, Withheld


@dataclass(frozen=True)
class KeptAudit:
    """The audit of one release, as it lies beside the store.

    `salt` is random. The manifest, which is public, has the hash of this document; without the salt
    a reader could compute it for every guess of what is withheld, and compare.
    """

    survey: str
    vintage: str
    kept_at: str
    salt: str
    audit: Audit


@dataclass(frozen=True)
class WhatIf:
    """What would be withheld if some cells were published first, or some tables not at all.

    `publish` are cells as "flow:codes", `without` are dataflows. `closed` would have to be withheld
    instead, `opened` could be published; `before` and `after` count what is
    withheld of the tables that stay.
    """

    publish: tuple[str, ...]
    without: tuple[str, ...]
    closed: tuple[Withheld, ...]
    opened: tuple[Withheld, ...]
    before: int
    after: int
    asked_at: str = ""

"""An audit of a release: what an attacker of our own could find out of all that is public."""

from dataclasses import dataclass

Key = tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """A number by its place: the code of every dimension of a dataflow, and which number it is.

    `number` is "n", "cases", "rest" (n - cases), "missing", "amount" or the public column it stands
    in. `vintage` is "" for the release itself, else that of a retained one.
    """

    flow: str
    key: Key
    number: str
    vintage: str = ""


@dataclass(frozen=True)
class Bound:
    """What a reader can find of one withheld number: it is between `low` and `high`.

    `width` is how far apart they have to be at least, `primary` whether it is withheld for its own
    sake. `searched` is "exact" where both ends were solved for; "reached" where two solutions that
    far apart were found, so that the true range is at least as wide.
    """

    of: Cited
    low: float
    high: float
    width: float
    primary: bool
    searched: str


@dataclass(frozen=True)
class Leak:
    """A withheld number whose bounds are too narrow, and the public numbers that say so."""

    bound: Bound
    by: tuple[Cited, ...]


@dataclass(frozen=True)
class Withheld:
    """A cell that is withheld as confidential, and why; nothing public tells the reasons apart.

    `why` names the primary rules it fails, as the fields of `protect.primary.Primary` are called;
    "secondary" is withheld to protect another, "repaired" because the attacker asked for it,
    "moved" because an earlier vintage that is still public counts a few people otherwise.
    """

    flow: str
    key: Key
    why: tuple[str, ...]


SECONDARY, REPAIRED, MOVED = "secondary", "repaired", "moved"


@dataclass(frozen=True)
class Audit:
    """The report on a release, for the office side only: it names withheld cells.

    `cells`, `primary`, `secondary` and `repaired` count cells: all of them, those withheld for
    their own sake, those to protect them by the exact method, those the attacker asked for besides.
    `narrowest` and `median` are the widths of the bounds of withheld numbers, relative to the width
    asked. `seconds` are of the attacker alone. `withheld` are the cells of those three counts.
    """

    cells: int
    primary: int
    secondary: int
    repaired: int
    bounds: tuple[Bound, ...]
    leaks: tuple[Leak, ...]
    narrowest: float
    median: float
    seconds: float
    withheld: tuple[Withheld, ...] = ()

"""The words of a release that is refused: which numbers leak, and what gives them away.

They name withheld cells, so they are for the office alone.
"""

from collections.abc import Sequence
from typing import NoReturn

from cauce.model.audit import Cited, Leak
from cauce.model.errors import BadInput

SHOWN, BEHIND = 10, 8
"""How many leaks are told, and how many of the numbers behind each."""


class Refused(BadInput):
    """A release that gives away what it withholds."""


def refuse(leaks: Sequence[Leak]) -> NoReturn:
    """Raises Refused: nothing is released."""
    things = "1 withheld number" if len(leaks) == 1 else f"{len(leaks)} withheld numbers"
    told = [said(leak) for leak in leaks[:SHOWN]]
    more = [f"… and {len(leaks) - SHOWN} more."] if len(leaks) > SHOWN else []
    raise Refused(
        "\n".join(
            (
                f"Nothing is released: {things} can be found from what would be public.",
                *told,
                *more,
                "Leave out one of the tables that are named, or break it down less.",
            )
        )
    )


def said(leak: Leak) -> str:
    """Which number leaks and from which public ones; never how large it is."""
    public = [named(one) for one in leak.by if one.key]
    rest = f" and {len(public) - BEHIND} more" if len(public) > BEHIND else ""
    exactly = "exactly" if leak.bound.high == leak.bound.low else "too narrowly"
    return f"{named(leak.bound.of)} is known {exactly}, from {', '.join(public[:BEHIND])}{rest}."


def named(one: Cited) -> str:
    vintage = f" of {one.vintage}" if one.vintage else ""
    return f"{one.flow}{vintage} {'.'.join(one.key)} ({one.number})"

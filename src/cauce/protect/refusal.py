"""The words of a release that is refused: which numbers leak, and what gives them away.

They name withheld cells, so they are for the office alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from cauce.model.audit import Cited, Leak
from cauce.model.errors import BadInput
from cauce.protect.attack.programme import Contradiction

SHOWN, BEHIND = 10, 8
"""How many leaks are told, and how many of the numbers behind each."""


class Refused(BadInput):
    """A release that gives away what it withholds."""


def refuse(leaks: Sequence[Leak]) -> NoReturn:
    """Raises Refused: nothing is released."""
    things = "1 withheld number" if len(leaks) == 1 else f"{len(leaks)} withheld numbers"
    told = [said(leak) for leak in leaks[:SHOWN]]
    old = sorted({one.vintage for leak in leaks for one in leak.by if one.vintage})
    way = f"Withdraw {', '.join(old)} first (cauce withdraw), or leave" if old else "Leave"
    more = [f"… and {len(leaks) - SHOWN} more."] if len(leaks) > SHOWN else []
    raise Refused(
        "\n".join(
            (
                f"Nothing is released: {things} can be found from what would be public.",
                *told,
                *more,
                f"{way} out one of the tables that are named, or break it down less.",
            )
        )
    )


@contextmanager
def refusing(place: str, flows: Iterable[str]) -> Iterator[None]:
    """Raises Refused where what is told of a place contradicts itself: it cannot be audited."""
    try:
        yield
    except Contradiction as wrong:
        raise Refused(
            f"Nothing is released: numbers of {place} contradict each other, so nobody can say "
            f"what they give away. They stand in {', '.join(sorted(set(flows)))}. Look whether "
            "these tables count the same people of the same files and whether totals are the sums "
            "of their parts; where one is of other people, say so in its universe, or leave it "
            f"out. ({wrong})"
        ) from wrong


def said(leak: Leak) -> str:
    """Which number leaks and from which public ones; never how large it is."""
    public = [named(one) for one in leak.by if one.key]
    rest = f" and {len(public) - BEHIND} more" if len(public) > BEHIND else ""
    exactly = "exactly" if leak.bound.high == leak.bound.low else "too narrowly"
    return f"{named(leak.bound.of)} is known {exactly}, from {', '.join(public[:BEHIND])}{rest}."


def named(one: Cited) -> str:
    vintage = f" of {one.vintage}" if one.vintage else ""
    return f"{one.flow}{vintage} {'.'.join(one.key)} ({one.number})"

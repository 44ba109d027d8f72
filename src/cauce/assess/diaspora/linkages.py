"""Offers of a diaspora that may meet a need at home."""

from datetime import date

from cauce.assess.filled import codes, day, text
from cauce.model.record import Record

OFFERS, NEEDS = "diaspora_offers", "diaspora_needs"
OPEN = "OPEN"


def may_meet(offer: Record, need: Record) -> bool:
    """Whether somebody should look at an offer and a need together; it is no promise.

    Both are open, of one country and kind, and at one time; where both state sectors or
    occupations they share one. An offer that already has a need is taken.

    Source: docs/explanation/judging.md, "Offers and needs".
    """
    alike = all(text(offer, name) == text(need, name) != "" for name in ("country", "kind"))
    both_open = text(offer, "status") == text(need, "status") == OPEN
    shared = all(_share(offer, need, name) for name in ("sectors", "occupations"))
    return alike and both_open and shared and not text(offer, "need") and _meet(offer, need)


def _share(offer: Record, need: Record, name: str) -> bool:
    given, wanted = set(codes(offer, name)), set(codes(need, name))
    return not given or not wanted or bool(given & wanted)


def _meet(offer: Record, need: Record) -> bool:
    """Whether both are open on some day; an end that is not known does not keep them apart."""
    starts = [day(one, "open_from") or date.min for one in (offer, need)]
    ends = [day(one, "open_to") or date.max for one in (offer, need)]
    return max(starts) <= min(ends)

"""What a code is worth at a moment, and never more than that."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cauce.model.card import Card, Check, Freshness, Revocations, Ring, Signed, Verdict
from cauce.registers.cards.code import read_code, signed_text

DAY = timedelta(days=1)


def check(
    text: str, ring: Ring, lists: Iterable[Revocations], now: datetime, signed: Signed
) -> Check:
    """Verdict on a code as scanned or typed.

    Args:
        text: whatever was read.
        ring: the public keys this device knows.
        lists: signed lists of revoked cards, read before; of each mechanism the newest counts.
        now: what the device's clock says, in the zone of the place: cards are good by days.
        signed: what verifies a signature.
    """
    found = read_code(text)
    if found is None:
        return Check(Verdict.UNREADABLE)
    card, signature = found
    key = ring.get(card.key)
    if key is None:
        return Check(Verdict.UNKNOWN_KEY)
    if not signed(key.public, signature, signed_text(card)):
        return Check(Verdict.FORGED)
    if key.withdrawn:
        return Check(Verdict.WITHDRAWN, card=card, key=key)
    listed = _newest(lists, ring, key.mechanism)
    verdict = _by_date(card, listed, now)
    if listed is not None and card.token in listed.tokens:
        verdict = Verdict.REVOKED
    return Check(verdict, _freshness(listed, now), card, key, listed)


def _newest(lists: Iterable[Revocations], ring: Ring, mechanism: str) -> Revocations | None:
    mine = [one for one in lists if one.key in ring and ring[one.key].mechanism == mechanism]
    return max(mine, key=lambda one: one.number, default=None)


def _freshness(listed: Revocations | None, now: datetime) -> Freshness:
    if listed is None:
        return Freshness.NONE
    fresh = now - listed.issued_at <= listed.fresh_days * DAY
    return Freshness.FRESH if fresh else Freshness.OLD


def _by_date(card: Card, listed: Revocations | None, now: datetime) -> Verdict:
    """A date alone accuses nobody where the device's own date may be what is wrong.

    A list that was signed after "now" proves a clock behind. A card one day out may be in by
    another's calendar. And where the list is too old to be believed while the card was good on its
    day, either the list was never renewed or the clock runs ahead: nobody here can tell.
    """
    today = now.date()
    if listed is not None and listed.issued_at - now > DAY:
        return Verdict.CLOCK
    if card.valid_from <= today <= card.valid_to:
        return Verdict.VALID
    if card.valid_from - DAY <= today <= card.valid_to + DAY:
        return Verdict.CLOCK
    if today < card.valid_from:
        return Verdict.NOT_YET
    if listed is not None and _freshness(listed, now) is Freshness.OLD and _good_on(card, listed):
        return Verdict.CLOCK
    return Verdict.EXPIRED


def _good_on(card: Card, listed: Revocations) -> bool:
    signed_on: date = listed.issued_at.date()
    return card.valid_from <= signed_on <= card.valid_to

"""Events of cards that were not good when recorded: set aside, kept and never applied."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from cauce.model.event import Clash, Conflict, Event, Issued, Kind
from cauce.registers.cards.batch import digest_of
from cauce.registers.cards.fold import NONE, conflict, set_back

DAY = timedelta(days=1)


def apart(
    events: Iterable[Event],
    country: str,
    issued: Mapping[str, Issued],
    wrong: frozenset[str] = NONE,
    fixed: Collection[str] = (),
) -> tuple[tuple[Event, ...], tuple[Conflict, ...]]:
    """The events that count, each once, and the others, each with its reason.

    A forged card, a lost one that somebody found and a device with an old list look alike here, so
    nothing is dropped: a person finds out. An event a day out of the card's days may be in by
    another's calendar, and one of a clock known to be wrong is given a day too.

    Args:
        events: in any order, any of them any number of times.
        country: whose devices these are.
        issued: every card the house issued, by its token.
        wrong: devices whose clock is known to be wrong; those set back are found here.
        fixed: cards whose holders may not change employer, because their mechanism is not known to
            allow it.
    """
    each = set(events)
    wrong |= set_back(each)
    counted, aside = [], []
    for event in sorted(each, key=digest_of):
        why = _why(event, country, issued.get(event.card), event.device in wrong, fixed)
        if why is None:
            counted.append(event)
        else:
            aside.append(conflict(why, event))
    return tuple(counted), tuple(aside)


def _why(
    event: Event, country: str, card: Issued | None, unsure: bool, fixed: Collection[str]
) -> Clash | None:
    if card is None:
        return Clash.NOT_ISSUED
    if card.country != country:
        return Clash.OTHER_COUNTRY
    given = DAY if unsure else timedelta()
    if card.revoked_at is not None and event.recorded_at > card.revoked_at + given:
        return Clash.REVOKED
    on = event.recorded_at.date()
    if not card.valid_from - DAY <= on <= card.valid_to + DAY:
        return Clash.OUT_OF_DAYS
    if event.kind is Kind.EMPLOYER_CHANGE and event.card in fixed:
        return Clash.CHANGE_NOT_ALLOWED
    return None

"""Where somebody may do several things at once: see and export, write and import."""

from cauce.model.access import State, Verb
from cauce.office.histories import STATE
from cauce.office.seat import Seat

STATES: tuple[State, ...] = tuple(dict.fromkeys(STATE.values()))
TAKE_AWAY: tuple[Verb, ...] = ("see", "export")
SEND_IN: tuple[Verb, ...] = ("write", "import")


def places_for(seat: Seat, register: str, verbs: tuple[Verb, ...]) -> frozenset[str] | None:
    """Countries of whose records one may do all of the verbs, in some state; None for all."""
    found: frozenset[str] | None = None
    for verb in verbs:
        mine = [seat.places(verb, register, state) for state in STATES]
        if None not in mine:
            every = frozenset(place for part in mine if part is not None for place in part)
            found = every if found is None else found & every
    return found


def reaches(seat: Seat, register: str, verbs: tuple[Verb, ...]) -> bool:
    return places_for(seat, register, verbs) != frozenset()

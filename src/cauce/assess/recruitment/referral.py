"""Where somebody may be sent, and which thresholds hold, from the registers of a country."""

from collections.abc import Iterable, Mapping
from datetime import date

from cauce.assess.filled import codes, day, flag, text, words
from cauce.model.record import Record
from cauce.model.screening import CONCEPTS, ScreeningFrame, ScreeningSettings, Service

UNSHARED = ("PRIV", "NETWORK")
"""Consents under which nothing goes to an authority."""


def settings_from(
    services: Iterable[Record],
    confirmations: Iterable[Record],
    country: str,
    frame: ScreeningFrame,
    today: date,
) -> ScreeningSettings:
    """The settings of a country on a day, from records that were approved.

    A confirmation counts from its day to its end, for the version of the questions it names; of
    several the latest.

    Source: none, it computes nothing.
    """
    own = [one for one in services if text(one, "country") == country]
    found = [
        Service(concept, words(one, "name"), text(one, "contact"))
        for concept in CONCEPTS
        for one in own
        if concept in codes(one, "concepts")
    ]
    confirmed = [one for one in confirmations if _in_force(one, country, frame, today)]
    latest = max(confirmed, key=lambda one: day(one, "confirmed_on") or date.min, default=None)
    by = ""
    if latest is not None:
        since = day(latest, "confirmed_on")
        by = f"{text(latest, 'authority')}, {since}: {text(latest, 'ground')}"
    return ScreeningSettings(tuple(found), by)


def _in_force(one: Record, country: str, frame: ScreeningFrame, today: date) -> bool:
    since, until = day(one, "confirmed_on"), day(one, "until")
    same = (text(one, "country"), text(one, "frame_version")) == (country, frame.version)
    return same and since is not None and since <= today and (until is None or today <= until)


def needs_ground(consent: str, services: Iterable[Record], concepts: Iterable[str]) -> bool:
    """Whether passing a case on goes beyond what the person agreed to, so that a law must oblige.

    A child's case goes to who protects children whatever was agreed.

    Source: none, it computes nothing; the scopes are those of the network's log [I].
    """
    if set(concepts) == {"CHILD"}:
        return False
    authority = any(flag(one, "authority") is not False for one in services)
    return consent not in ("NETWORK", "AUTH", "PUBLIC") or (authority and consent in UNSHARED)


def answers_shown(said: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Answers as the register of screenings keeps them: question and answer.

    Source: none, it computes nothing.
    """
    return tuple((name, _shown(value)) for name, value in said.items())


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "/".join(str(value.get(key, 0)) for key in ("S", "M", "W"))
    return "?" if value == "UNK" else str(value)

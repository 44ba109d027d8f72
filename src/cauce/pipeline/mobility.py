"""A mechanism in operation as it stands on a day: its records, its cards, and what was recorded.

GSBPM: phase 5.1, integrate data.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from sqlalchemy import Connection

from cauce.assess.filled import flag, text
from cauce.assess.mobility.passages import passages_of
from cauce.assess.mobility.quotas import uses
from cauce.assess.mobility.steps import Beside, family_faults, faults_of
from cauce.assess.mobility.way import counts_of
from cauce.estimate import median_wait
from cauce.model.event import CardState, Conflict, Event, Kind, Standing
from cauce.model.funnel import StageCount
from cauce.model.mobility import Passage, QuotaUse, Wait
from cauce.model.record import Fault, Record, Records
from cauce.pipeline.judge.sight import LogSight
from cauce.registers.cards.aside import apart
from cauce.registers.cards.fold import fold
from cauce.store.log.events import event_counts, events_of, wrong_clocks
from cauce.store.log.holders import Held, cards_of, issued_cards

REQUESTS, PERMITS, RETURNS = "mobility_requests", "mobility_permits", "mobility_returns"
DEPENDANTS, SERVICES = "mobility_dependants", "mobility_services"
PEOPLE = (PERMITS, DEPENDANTS, SERVICES, RETURNS, "mobility_corrections", "mobility_pairs")


@dataclass(frozen=True)
class Recorded:
    """The events that count, the conflicts of those set aside, and devices with a wrong clock."""

    counted: tuple[Event, ...]
    aside: tuple[Conflict, ...]
    wrong: frozenset[str]

    def settled(self) -> tuple[Mapping[str, CardState], tuple[Conflict, ...]]:
        """The state of each card by its token, and every conflict."""
        states = fold(self.counted, self.wrong)
        own = (one for state in states.values() for one in state.conflicts)
        return states, (*self.aside, *own)


def recorded_in(
    connection: Connection, countries: frozenset[str] | None, fixed: Collection[str] = ()
) -> Recorded:
    """What the devices of some countries, None for all, recorded.

    `fixed` are cards whose holders may not change employer.
    """
    issued, wrong = issued_cards(connection), wrong_clocks(connection)
    mine = [
        country
        for country in sorted(event_counts(connection))
        if countries is None or country in countries
    ]
    found = [apart(events_of(connection, one), one, issued, wrong, fixed) for one in mine]
    counted = tuple(event for events, _ in found for event in events)
    return Recorded(counted, tuple(one for _, aside in found for one in aside), wrong)


@dataclass(frozen=True)
class Operation:
    """What was approved of some countries' mechanisms and is true on the sight's day."""

    sight: LogSight
    countries: frozenset[str] | None

    def records(self, register: str) -> dict[str, Record]:
        """The records of a register that are of these countries."""
        found = self.sight.records(register)
        if self.countries is None:
            return found
        return {k: r for k, r in found.items() if text(r, "country") in self.countries}

    @cached_property
    def requests(self) -> Records:
        return self.records(REQUESTS)

    @cached_property
    def permits(self) -> Records:
        return self.records(PERMITS)

    @cached_property
    def mechanisms(self) -> Records:
        return self.sight.records("mechanisms")

    @cached_property
    def quotas(self) -> Records:
        return self.sight.records("quotas")

    @cached_property
    def cards(self) -> dict[str, tuple[Held, ...]]:
        """The cards of each permit, the newest last."""
        with self.sight.database.reading() as connection:
            held = cards_of(connection)
        found: dict[str, tuple[Held, ...]] = {}
        for one in held:
            if self.countries is None or one.country in self.countries:
                found[one.permit] = (*found.get(one.permit, ()), one)
        return found

    def mechanism_of(self, permit: Record) -> Record:
        """The mechanism that a permit's request names; empty if it is not known."""
        request = self.requests.get(text(permit, "request"), {})
        return self.mechanisms.get(text(request, "mechanism"), {})

    def faults(self, key: str, permit: Record) -> tuple[Fault, ...]:
        """Why a permit may not be so, beside everything that was approved."""
        beside = Beside(self.requests, self.permits, self.quotas, self.mechanisms)
        return faults_of(key, permit, beside)

    def family(self, dependant: Record) -> tuple[Fault, ...]:
        """What to ask of a dependant: whether the mechanism lets families come."""
        permit = self.permits.get(text(dependant, "permit"), {})
        return family_faults(dependant, self.mechanism_of(permit))

    @cached_property
    def _recorded(self) -> Recorded:
        with self.sight.database.reading() as connection:
            return recorded_in(connection, self.countries, self._fixed)

    @cached_property
    def settled(self) -> tuple[Mapping[str, CardState], tuple[Conflict, ...]]:
        """Where cards are, by token; and every conflict, of events that count and of others."""
        return self._recorded.settled()

    @cached_property
    def _fixed(self) -> frozenset[str]:
        """The cards whose holders may not change employer."""
        return frozenset(
            card.token
            for key, cards in self.cards.items()
            for card in cards
            if flag(self.mechanism_of(self.permits.get(key, {})), "may_change_employer") is not True
        )

    @cached_property
    def entered(self) -> dict[str, date]:
        """The day of the first entry of each permit's holder, by the events that count."""
        of = {card.token: key for key, cards in self.cards.items() for card in cards}
        found: dict[str, date] = {}
        for event in self._recorded.counted:
            key = of.get(event.card)
            if key is not None and event.kind is Kind.ENTRY:
                on = event.recorded_at.date()
                found[key] = min(on, found.get(key, on))
        return found

    @property
    def inside(self) -> frozenset[str]:
        """The permits whose holders are in the country."""
        states, _ = self.settled
        return frozenset(
            key
            for key, cards in self.cards.items()
            if any(
                card.token in states and states[card.token].standing is not Standing.ABROAD
                for card in cards
            )
        )


def waits_of(operation: Operation, mechanism: str) -> tuple[Wait, ...]:
    """The waits of each step of one mechanism, on the sight's day."""
    requests = {k: r for k, r in operation.requests.items() if text(r, "mechanism") == mechanism}
    permits = {k: p for k, p in operation.permits.items() if text(p, "request") in requests}
    carded = {
        key: min(date.fromisoformat(card.issued_at[:10]) for card in cards)
        for key, cards in operation.cards.items()
    }
    found = passages_of(requests, permits, carded, operation.entered)
    return tuple(wait(step, each, operation.sight.day) for step, each in found.items())


def wait(step: str, passages: Iterable[Passage], today: date) -> Wait:
    """The median of the days a step takes, and between what it lies.

    Leaving out those who still wait would tell the waits of the quick ones only. A passage that
    ends before it begins is a typing mistake, and unknown.
    """
    every = list(passages)
    days = [
        ((end - one.since).days, one.until is not None)
        for one in every
        if one.since is not None and (end := _end(one, today)) >= one.since
    ]
    done = sum(through for _, through in days)
    counts = Wait(step, done, len(days) - done, len(every) - len(days), None)
    if not days:
        return counts
    lengths = np.array([length for length, _ in days], dtype=np.float64)
    found = median_wait(lengths, np.array([through for _, through in days]))
    said = (None if np.isnan(v) else float(v) for v in (found.value, found.low, found.high))
    median, low, high = said
    return replace(counts, median=median, low=low, high=high)


def _end(passage: Passage, today: date) -> date:
    return passage.until or min(passage.left or today, today)


def way_of(operation: Operation, mechanism: str, period: tuple[date, date]) -> list[StageCount]:
    """The way of one mechanism, counted from its own records and events."""
    return list(
        counts_of(
            mechanism,
            operation.requests,
            operation.permits,
            operation.records(RETURNS),
            frozenset(operation.entered),
            operation.inside,
            period,
        )
    )


def quota_uses(operation: Operation, mechanism: str) -> dict[str, tuple[QuotaUse, ...]]:
    """What was taken of each quota of one mechanism."""
    return {
        key: uses(key, quota, operation.requests, operation.permits)
        for key, quota in operation.quotas.items()
        if text(quota, "mechanism") == mechanism
    }

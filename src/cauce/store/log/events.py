"""Taking in what devices recorded offline: each event once, and an answer when it is on disk."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from cauce.model.errors import BadInput
from cauce.model.event import Batch, Event, Kind, Receipt
from cauce.registers.cards.batch import digest_of
from cauce.registers.cards.fold import SLACK
from cauce.store.log.card_schema import event as table
from cauce.store.log.card_schema import event_decided as decided
from cauce.store.log.card_schema import event_seen as seen
from cauce.store.log.rows import moment

KEEP_DAYS = 90
"""Events of a card are forgotten this long after the last of them came."""
GAPS = 100


def take_in(
    connection: Connection,
    batch: Batch,
    country: str,
    now: datetime,
    keep_days: int = KEEP_DAYS,
    travelled: bool = False,
) -> Receipt:
    """Keep a batch within a writing transaction. Send the receipt only when that has ended.

    A batch may come again, in parts, late or mixed: what is here is not kept twice. What a device
    says under a count that is here already, in other words, is kept beside it for a person. Of one
    that `travelled` as a file only a moment still to come proves a wrong clock.
    """
    by_digest = {digest_of(one): one for one in batch.events}
    known = _known(connection, batch)
    new = {digest: one for digest, one in by_digest.items() if (one.counter, digest) not in known}
    skew = round((now - batch.sent_at).total_seconds())
    # A clock a thousand years wrong must not be what an integer column breaks at.
    skew = max(-(2**31), min(0 if travelled else 2**31 - 1, skew))
    at, until = moment(now), moment(now + timedelta(days=keep_days))
    rows = [_row(one, digest, country, at, skew, until) for digest, one in new.items()]
    if rows:
        names = [{name: row[name] for name in seen.c.keys()} for row in rows]  # noqa: SIM118
        connection.execute(insert(seen), names)
        connection.execute(insert(table), rows)
    counts = {counter for counter, _ in known}
    fresh = [one.counter for one in new.values()]
    clashing = sum(count in counts for count in fresh) + len(fresh) - len(set(fresh))
    upto, missing = _gaps(connection, batch.device)
    return Receipt(
        batch.device,
        new=len(new) - clashing,
        again=len(batch.events) - len(new),
        clashing=clashing,
        refused=batch.refused,
        upto=upto,
        missing=missing,
        skew=skew,
        clock=_wrong(skew),
    )


def _known(connection: Connection, batch: Batch) -> set[tuple[int, str]]:
    counts = [one.counter for one in batch.events]
    if not counts:
        return set()
    asked = select(seen.c.counter, seen.c.digest).where(
        seen.c.device == batch.device, seen.c.counter.between(min(counts), max(counts))
    )
    return {(row.counter, row.digest) for row in connection.execute(asked)}


def _row(one: Event, digest: str, country: str, at: str, skew: int, until: str) -> dict[str, Any]:
    return {
        "device": one.device,
        "counter": one.counter,
        "digest": digest,
        "country": country,
        "card": one.card,
        "kind": str(one.kind),
        "place": one.place,
        "employer": one.employer,
        "recorded_at": moment(one.recorded_at),
        "received_at": at,
        "skew": skew,
        "keep_until": until,
    }


def _gaps(connection: Connection, device: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """The highest count of a device that came, and the gaps before it, the first hundred."""
    counts = select(seen.c.counter).where(seen.c.device == device).distinct()
    inner = counts.subquery()
    before = func.lag(inner.c.counter, 1, 0).over(order_by=inner.c.counter).label("before")
    pairs = select(inner.c.counter, before).subquery()
    gaps = select(pairs).where(pairs.c.counter > pairs.c.before + 1).order_by(pairs.c.counter)
    upto = connection.execute(select(func.max(seen.c.counter)).where(seen.c.device == device))
    rows = connection.execute(gaps.limit(GAPS))
    return upto.scalar() or 0, tuple((row.before + 1, row.counter - 1) for row in rows)


def _wrong(skew: int) -> bool:
    return abs(skew) > SLACK.total_seconds()


def events_of(
    connection: Connection, country: str = "", cards: frozenset[str] | None = None
) -> Iterator[Event]:
    """Every event that is still kept, in no order that means anything.

    Of one country where it is named, and of some cards where they are.
    """
    columns = table.c
    asked = select(
        columns.device,
        columns.counter,
        columns.card,
        columns.kind,
        columns.place,
        columns.employer,
        columns.recorded_at,
    )
    if country:
        asked = asked.where(columns.country == country)
    if cards is not None:
        asked = asked.where(columns.card.in_(sorted(cards)))
    kinds = {str(kind): kind for kind in Kind}
    for device, counter, card, kind, place, employer, at in connection.execute(asked):
        when = datetime.fromisoformat(at).replace(tzinfo=UTC)
        yield Event(device, counter, card, kinds[kind], place, employer, when)


def event_counts(connection: Connection) -> dict[str, int]:
    """How many events are kept, by the country of the devices that recorded them."""
    asked = select(table.c.country, func.count()).group_by(table.c.country)
    return {country: int(count) for country, count in connection.execute(asked)}


def progress_of(connection: Connection, device: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """The highest count of a device that came and the gaps before it: where it goes on sending."""
    return _gaps(connection, device)


def wrong_clocks(connection: Connection) -> frozenset[str]:
    """Devices that sent when their clock was more than ten minutes off ours."""
    asked = select(table.c.device).where(func.abs(table.c.skew) > SLACK.total_seconds()).distinct()
    return frozenset(connection.execute(asked).scalars())


def decide(
    connection: Connection, conflict: str, country: str, decision: str, actor: str, now: datetime
) -> None:
    """Keep what a person decided of a conflict, for good. Raises BadInput if it was before."""
    if connection.execute(select(decided).where(decided.c.conflict == conflict)).first():
        raise BadInput("This conflict was decided before.")
    if not decision.strip():
        raise BadInput("Say what was found out: the decision is kept with its words.")
    row = {"conflict": conflict, "country": country, "decision": decision, "actor": actor}
    connection.execute(insert(decided).values(**row, at=moment(now)))


def decided_conflicts(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(decided.c.conflict)).scalars())


def forget(connection: Connection, now: datetime) -> int:
    """Delete the events of cards nothing was heard of for as long as they are kept; how many.

    All of a card or none: half of its events would look like faults of its holder.
    """
    over = select(table.c.card).group_by(table.c.card)
    over = over.having(func.max(table.c.keep_until) <= moment(now))
    return connection.execute(delete(table).where(table.c.card.in_(over))).rowcount

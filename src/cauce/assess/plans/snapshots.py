"""A plan as one presidency gives it to the next: counted, sealed with a fingerprint, frozen."""

import hashlib
import json
from collections import Counter

from cauce.model.progress import Status
from cauce.model.record import Record, Row, Value
from cauce.model.standing import HandOver, Standing


def snapshot(standing: Standing, hand_over: HandOver, entry: int) -> Record:
    """The record of the register `plan_snapshots` that freezes how a plan stands.

    `entry` is the last of the log when it was taken: from the log up to there the same standing is
    worked out again, and has the same fingerprint.

    Source: docs/explanation/judging.md, "Plans".
    """
    record: dict[str, Value | None] = {
        "plan": standing.plan,
        "year": hand_over.year,
        "country": hand_over.country,
        "next_country": hand_over.next_country or None,
        "presidency_from": hand_over.since,
        "presidency_to": hand_over.until,
        "taken_on": standing.on,
        "entry": entry,
        "sha256": fingerprint(standing),
        "statuses": _statuses(standing),
        "missing": standing.silent or None,
    }
    return {name: value for name, value in record.items() if value is not None}


def fingerprint(standing: Standing) -> str:
    """SHA-256 over the status, completion and ground of every leaf, as hexadecimal digits.

    Source: NIST, FIPS 180-4.
    """
    leaves = sorted(
        [
            leaf.progress.node,
            leaf.progress.id,
            leaf.progress.country,
            str(leaf.progress.status),
            repr(leaf.progress.completion),
            str(leaf.progress.as_of),
            leaf.progress.because.en,
        ]
        for leaf in standing.leaves
    )
    said = json.dumps([standing.plan, standing.on.isoformat(), leaves], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _statuses(standing: Standing) -> tuple[Row, ...]:
    """How many of each status every country has, in the order of countries and statuses."""
    counts = Counter((leaf.progress.country, leaf.progress.status) for leaf in standing.leaves)
    countries = sorted({country for country, _ in counts})
    return tuple(
        ({"country": country} if country else {})
        | {"status": str(status), "number": counts[country, status]}
        for country in countries
        for status in Status
        if counts[country, status]
    )

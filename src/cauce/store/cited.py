"""What a citation leads to: a number of a vintage, or a record as it was known at a moment."""

from bisect import bisect_left
from dataclasses import dataclass

from cauce.model.citation import NumberCited, RecordCited
from cauce.model.observation import Observations
from cauce.model.shelf import Edition, Known, PublicRecord
from cauce.model.vintage import Manifest
from cauce.store.errors import NotPublished
from cauce.store.keys import find
from cauce.store.snapshot import Snapshot


@dataclass(frozen=True)
class FoundNumber:
    """The vintage a number is of, and its row."""

    manifest: Manifest
    observations: Observations
    row: int


@dataclass(frozen=True)
class FoundRecord:
    """A record and what was known of it at the moment it is cited at."""

    edition: Edition
    record: PublicRecord
    known: Known


Found = FoundNumber | FoundRecord


def follow(snapshot: Snapshot, cited: NumberCited | RecordCited) -> Found:
    """What a citation leads to.

    Raises:
        Withdrawn: the vintage or the register was, for the reason given.
        BadInput: nothing published is cited so, or it was not known at that moment.
        Damaged: its file is gone or not what was written.
    """
    if isinstance(cited, NumberCited):
        manifest = snapshot.manifest(cited.flow, cited.vintage)
        observations = snapshot.observations(cited.flow, cited.vintage)
        return FoundNumber(manifest, observations, find(observations, cited.key, cited.period))
    return _record(snapshot, cited)


def _record(snapshot: Snapshot, cited: RecordCited) -> FoundRecord:
    edition = snapshot.shelves.edition(cited.register)
    if not edition.shelf.listed:
        raise NotPublished(
            f"Records of {cited.register} are not cited: each is shown to who has its key alone."
        )
    records = snapshot.shelves.records(cited.register)
    at = bisect_left(records, cited.key, key=lambda record: record.key)
    if at == len(records) or records[at].key != cited.key:
        raise NotPublished(f"{cited.register} has no public record {cited.key[:60]}.")
    states = [each for each in records[at].known if each.since <= cited.moment]
    if not states or not states[-1].periods:
        since = records[at].known[0].since.isoformat(timespec="seconds")
        when = cited.moment.isoformat(timespec="seconds")
        raise NotPublished(
            f"{cited.register}/{cited.key} was not known on {when}; it is known since {since}."
            if not states
            else f"{cited.register}/{cited.key} was not held to be true on {when}."
        )
    return FoundRecord(edition, records[at], states[-1])

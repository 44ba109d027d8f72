"""Whether every published vintage still has its audit beside the store."""

from collections.abc import Iterator
from contextlib import suppress

from cauce.model.errors import BadInput
from cauce.model.vintage import Manifest
from cauce.store.audits import Audits
from cauce.store.errors import Damaged
from cauce.store.snapshot import Snapshot

Vintage = tuple[str, str, str]
"""Survey, vintage and the hash of its audit."""


def vintages_with_audits(snapshot: Snapshot) -> list[Vintage]:
    """The kept vintages whose manifest says that an audit goes with them."""
    return sorted(
        {
            (one.survey, one.vintage, one.audit_sha256)
            for one in _manifests(snapshot)
            if one.audit_sha256
        }
    )


def audit_faults(snapshot: Snapshot, audits: Audits) -> list[str]:
    """What is wrong with the audits of the kept vintages, in sentences; empty if nothing is."""
    wanted = vintages_with_audits(snapshot)
    if wanted and not audits.there:
        survey, vintage, _ = wanted[-1]
        return [
            f"There is no folder {audits.place}: the audits of {len(wanted)} vintages, "
            f"{survey} {vintage} among them, are not beside the store. Restore it from a backup "
            "(cauce restore), or name the folder of held releases it lies beside with --held."
        ]
    try:
        audits.check()
    except BadInput as error:
        return [str(error)]
    return [fault for one in wanted for fault in _faults(audits, one)]


def _manifests(snapshot: Snapshot) -> Iterator[Manifest]:
    """What can be read of them; `scrub` tells of the others."""
    for name in snapshot.catalog.manifests:
        with suppress(BadInput):
            yield snapshot.manifest(*name.split("/", 1))


def _faults(audits: Audits, wanted: Vintage) -> Iterator[str]:
    survey, vintage, name = wanted
    of = f"The audit of {survey} {vintage}"
    if not audits.has(name):
        yield f"{of} is missing: {audits.place} has no {name}.json. Restore it from a backup."
        return
    try:
        kept = audits.read(name)
    except Damaged:
        yield f"{of} is damaged: {name}.json is no audit any more. Restore it from a backup."
        return
    if (kept.survey, kept.vintage) != (survey, vintage):
        yield (
            f"{of} is another: {name}.json in {audits.place} is that of {kept.survey} "
            f"{kept.vintage}. Restore it from a backup."
        )
        return
    try:
        audits.of(name)
        audits.answers(name)
    except Damaged as error:
        yield f"{of} is not what was written. {error}"

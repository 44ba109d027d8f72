"""What a release adds to the store, decided before a byte is written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from cauce.model.dataflow import Dataflow
from cauce.model.difference import Differences
from cauce.model.errors import BadInput
from cauce.model.observation import Observations
from cauce.model.release import Provenance, Release
from cauce.model.vintage import Manifest, Part
from cauce.store import difference_table
from cauce.store.carry import Carried, carried_along, nothing_carried
from cauce.store.documents import digest
from cauce.store.files import sha256
from cauce.store.places import safe
from cauce.store.quality import quality_of
from cauce.store.snapshot import Snapshot
from cauce.store.structures import to_parquet as to_structures
from cauce.store.table import numbers_sha256, to_parquet, to_table
from cauce.store.wall import check_differences, check_flow


@dataclass(frozen=True)
class Plan:
    """The manifest of one dataflow and the objects it needs, by their hash."""

    manifest: Manifest
    objects: dict[str, bytes]


def check_release(release: Release, published_at: str) -> Provenance:
    """What the release was computed from. Raises BadInput if it is not fit to be published."""
    label = f"{release.survey} {release.vintage}"
    safe(release.vintage)
    if not release.flows:
        raise BadInput(f"{label} has no observation to publish.")
    if release.provenance is None:
        raise BadInput(f"{label} does not say what it was computed from.")
    names = [flow.dataflow.id for flow in release.flows]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadInput(f"{label} has a dataflow twice: {', '.join(twice)}.")
    for flow in release.flows:
        safe(flow.dataflow.id)
        check_flow(flow)
    for differences in release.differences:
        check_differences(differences, release.flows)
    check_moment(published_at)
    return release.provenance


def plan(
    snapshot: Snapshot,
    release: Release,
    provenance: Provenance,
    flow: Observations,
    published_at: str,
) -> Plan | None:
    """The manifest and objects of one dataflow, or nothing if it is published already.

    Raises:
        BadInput: the vintage exists with another content or was withdrawn; it replaces another one
            without a reason; it does not fit the periods that are kept.
    """
    name = flow.dataflow.id
    parts, objects = _parts(release.vintage, provenance, flow)
    for differences in (x for x in release.differences if x.dataflow.id == name):
        parts, more = _with_differences(parts, differences)
        objects |= more
    structures = ""
    if flow.dataflow.foreign is not None:
        message = to_structures(release.structures)
        structures = sha256(message)
        objects[structures] = message
    content = _content(release, provenance, flow, parts, structures)
    if _is_there(snapshot, release, name, content):
        return None
    carried = nothing_carried(flow.dataflow)
    if name in snapshot.catalog.current:
        old = snapshot.manifest(name)
        _check_successor(release, old, parts)
        carried = carried_along(snapshot, flow.dataflow, old, parts)
    made = _manifest(release, name, parts, carried, published_at, content)
    return Plan(replace(made, structures_sha256=structures), objects)


def _is_there(snapshot: Snapshot, release: Release, name: str, content: str) -> bool:
    vintage = release.vintage
    if vintage in (gone := snapshot.withdrawn(name)):
        raise BadInput(
            f"{name} {vintage} was withdrawn ({gone[vintage]}). "
            "Give the pack a new vintage name and say why in `reason`."
        )
    if vintage not in snapshot.vintages(name):
        return False
    if snapshot.manifest(name, vintage).content_sha256 != content:
        raise BadInput(
            f"{name} has a vintage {vintage} with other numbers or words, and vintages are never "
            "overwritten. Give the pack a new vintage name and say why in `reason`."
        )
    return True


def _check_successor(release: Release, old: Manifest, parts: tuple[Part, ...]) -> None:
    """May this release follow the current vintage?"""
    name = old.dataflow.id
    if old.survey != release.survey:
        raise BadInput(
            f"{name} belongs to the survey {old.survey}; {release.survey} cannot publish it. "
            "Give the table another id."
        )
    before = {period: part.numbers_sha256 for part in old.parts for period in part.periods}
    again = [part for part in parts if part.periods[0] in before]
    revised = any(part.numbers_sha256 != before[part.periods[0]] for part in again)
    if not release.reason.strip() and again and (revised or len(again) == len(parts)):
        periods = ", ".join(part.periods[0] for part in again)
        raise BadInput(
            f"{name} is published again for {periods}, which vintage {old.vintage} has. Say in "
            "the pack's `reason` why this one replaces it."
        )


def _parts(
    vintage: str, provenance: Provenance, flow: Observations
) -> tuple[tuple[Part, ...], dict[str, bytes]]:
    """One part per period, with its bytes by hash."""
    parts, objects = [], {}
    for period, rows in _periods(flow):
        table = to_table(flow, rows)
        content = to_parquet(table)
        key = sha256(content)
        objects[key] = content
        parts.append(
            Part((period,), key, len(rows), vintage, provenance, numbers_sha256(table)),
        )
    return tuple(parts), objects


def _with_differences(
    parts: tuple[Part, ...], differences: Differences
) -> tuple[tuple[Part, ...], dict[str, bytes]]:
    """The parts, each with the differences whose first number is of its period, and their bytes."""
    rows_of, objects, found = dict(_periods(differences)), {}, []
    for part in parts:
        rows = rows_of.get(part.periods[0])
        if rows is None:
            found.append(part)
            continue
        table = difference_table.to_table(differences, rows)
        content = to_parquet(table)
        key = sha256(content)
        objects[key] = content
        says = numbers_sha256(table)
        found.append(replace(part, differences_sha256=key, differences_numbers_sha256=says))
    return tuple(found), objects


def _periods(flow: Observations | Differences) -> Iterator[tuple[str, np.ndarray]]:
    for position, code in enumerate(flow.dataflow.dimensions[-1].codes):
        rows = np.flatnonzero(flow.key[:, -1] == position)
        if len(rows):
            yield code.id, rows


def _content(
    release: Release,
    provenance: Provenance,
    flow: Observations,
    parts: tuple[Part, ...],
    structures: str,
) -> str:
    """The hash of what the release says of a dataflow: not how, when or by which program."""
    compared = sorted(
        (part.periods[0], part.differences_numbers_sha256)
        for part in parts
        if part.differences_numbers_sha256
    )
    return digest(
        {
            # Vintages of before comparisons were kept have the hash they had.
            **({"differences": compared} if compared else {}),
            **({"crisis": release.crisis} if release.crisis is not None else {}),
            **({"structures": structures} if structures else {}),
            "dataflow": flow.dataflow,
            "numbers": sorted((part.periods[0], part.numbers_sha256) for part in parts),
            "headlines": release.headlines,
            "audited": release.audited,
            "notes": release.notes,
            "inputs": [file.sha256 for file in provenance.inputs],
        }
    )


def _manifest(
    release: Release,
    name: str,
    parts: tuple[Part, ...],
    carried: Carried,
    published_at: str,
    content: str,
) -> Manifest:
    return Manifest(
        dataflow=carried.dataflow,
        survey=release.survey,
        vintage=release.vintage,
        published_at=published_at,
        parts=tuple(sorted(carried.parts + parts, key=lambda part: part.periods)),
        lineages=tuple(x for x in release.lineages if x.dataflow == name),
        headlines=release.headlines,
        audited=release.audited and carried.audited,
        supersedes=carried.supersedes,
        reason=release.reason,
        notes=release.notes + tuple(n for n in carried.notes if n not in release.notes),
        content_sha256=content,
        lent=tuple(x for x in release.lent if x.codelist in _lists(carried.dataflow)),
        quality=release.quality and quality_of(release.quality, name),
        crisis=release.crisis,
    )


def _lists(flow: Dataflow) -> frozenset[str]:
    return frozenset(dimension.codelist for dimension in flow.dimensions)


def check_moment(published_at: str) -> None:
    """Raises BadInput if it is no moment with its offset."""
    try:
        moment = datetime.fromisoformat(published_at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadInput(
            f"{published_at[:40]!r} is no moment. Write it as 2026-01-31T12:00:00+00:00."
        )

"""From a pack to what may be sent of it, and from what was sent to a release: both, in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from cauce.estimate import confirmed, told_by
from cauce.model.audit import Audit
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.moments import Cleared, Moments, Sent
from cauce.model.observation import ConfStatus, ObsStatus
from cauce.model.release import InputFile, Provenance, Release
from cauce.pipeline.gates import refuse
from cauce.pipeline.packs import read_pack, terms_of
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.pipeline.release import make_release
from cauce.pipeline.retained import retained_in
from cauce.protect import admit, check_received, to_send
from cauce.sources import Limits
from cauce.sources.process import Request, ask, private_folder
from cauce.store import Audits, audits_beside, moments_from_bytes, moments_to_bytes
from cauce.store.files import write_durably
from cauce.store.moments_read import MOST_BYTES

SUFFIX = ".moments"
WORKER, SECONDS = "cauce.pipeline.moments_worker", 120
"""Who reads a file first, and for how long at most."""
FROM = "moments/"
"""Before the name of the pack whose moments a release was made from."""


@dataclass(frozen=True)
class MadeToSend:
    """What may be sent of a pack, and the audit of it, which stays at home."""

    sent: Sent
    audit: Audit


@dataclass(frozen=True)
class Received:
    """A file of moments that was checked."""

    sent: Sent
    name: str
    sha256: str
    size: int


def moments_of_pack(
    folder: Path,
    region: Path,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    store: Path | None = None,
) -> MadeToSend:
    """Estimate and clear a pack as for a release, and keep of it what may be sent.

    Args:
        folder, region, files, store: as for `release_pack`.

    Raises:
        BadInput, MethodFailed: as for `release_pack`.
    """
    pack = read_pack(folder, region)
    terms = terms_of(pack)
    public = retained_in(store, terms.survey, pack.survey.vintage)
    made = make_release(pack, folder, files, progress, retained=public)
    refuse(made.faults)
    progress("Gathering the moments of what was cleared")
    release = made.release
    minimum, flows = to_send(release, made.cells, terms)
    pairs = zip(flows, release.flows, strict=True)
    if release.provenance is None or release.audit is None:
        raise BadInput(f"{release.survey} does not say what it was computed from.")
    sent = Sent(
        survey=release.survey,
        vintage=release.vintage,
        minimum=minimum,
        flows=tuple(confirmed(one, public) for one, public in pairs),
        differences=release.differences,
        lineages=release.lineages,
        headlines=release.headlines,
        provenance=release.provenance,
        notes=release.notes,
        reason=release.reason,
        quality=release.quality,
    )
    return MadeToSend(sent, release.audit)


def write_moments(made: MadeToSend, out: Path, store: Path) -> str:
    """Write a file of moments, whole or not at all, and its audit beside the store, at home.

    Returns the SHA-256 of the file.

    Raises:
        BadInput: it cannot be written there; others can enter the folder of audits.
    """
    sent = made.sent
    content = moments_to_bytes(sent)
    digest = hashlib.sha256(content).hexdigest()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    audits = Audits(audits_beside(store))
    audits.keep_sent(made.audit, sent.survey, sent.vintage, at, digest)
    try:
        write_durably(out, content)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.") from error
    return digest


def audit_of(received: Received, store: Path) -> Audit | None:
    """The audit of a file of moments, where it was made; None at any other office."""
    kept = Audits(audits_beside(store)).of_sent(received.sha256)
    return None if kept is None else kept.audit


@dataclass(frozen=True)
class Counted:
    """How many cells of a table are sent: with moments, as their number, or without one.

    `imprecise` are too imprecise to be told, `withheld` confidential; of `unanswered` nobody
    answered.
    """

    flow: str
    cells: int
    moments: int
    numbers: int
    imprecise: int
    unanswered: int
    withheld: int


def counted(sent: Sent) -> list[Counted]:
    """What is sent of each table."""
    return [_counted(one) for one in sent.flows]


def _counted(moments: Moments) -> Counted:
    said = moments.observations
    closed = sum(one is not ConfStatus.FREE for one in said.conf_status)
    empty = sum(one is ObsStatus.NOT_POSSIBLE for one in said.obs_status)
    linear = int(moments.linear.sum())
    told = int(np.isfinite(said.value).sum())
    rest = len(said.value) - linear - told - empty - closed
    return Counted(moments.dataflow.id, len(said.value), linear, told, rest, empty, closed)


def receive(file: Path, progress: Progress = silent) -> Received:
    """A file of moments, read and checked.

    Raises:
        BadInput: it is not there or no such file, is damaged, or contradicts itself.
    """
    progress(f"Checking {file.name}")
    if not file.is_file():
        raise BadInput(f"There is no file {file}.")
    if file.suffix != SUFFIX:
        raise BadInput(f"{file.name} is no file of moments: their names end with {SUFFIX}.")
    if file.stat().st_size > MOST_BYTES:
        raise BadInput(f"{file.name} is larger than the {MOST_BYTES:,} bytes that are read.")
    content = file.read_bytes()
    try_in_a_process(content, file.name)
    sent = moments_from_bytes(content, file.name)
    check_received(sent, file.name)
    return Received(sent, file.name, hashlib.sha256(content).hexdigest(), len(content))


def try_in_a_process(content: bytes, name: str) -> None:
    """Read a file of moments in a process that may break down over it.

    Raises:
        BadInput: it is none, or its reader did not come to an end.
    """
    limits = Limits(cpu_seconds=SECONDS, wall_seconds=2 * SECONDS)
    with private_folder() as folder:
        copy = folder / f"received{SUFFIX}"
        copy.write_bytes(content)
        try:
            ask(Request("read", copy, name, "", None, None), folder, limits, None, WORKER)
        except BadInput as error:
            said = str(error)
            raise BadInput(said if said.startswith(name) else f"{name} {said}") from error


def release_from(received: Received, fewest: int = 1, progress: Progress = silent) -> Release:
    """The release of one country from its moments, equal to that from its rows.

    Args:
        fewest: the minimum of respondents that is asked for here.

    Raises:
        BadInput: the moments were cleared by less than that.
    """
    sent = received.sent
    progress(f"Computing {sent.survey} from its moments")
    cleared = [Cleared(told_by(one), sent.minimum) for one in sent.flows]
    origin = Origin(sent.survey, sent.vintage, sent.reason)
    release = admit(cleared, origin, provenance_of(received), fewest)
    return replace(
        release,
        lineages=sent.lineages,
        headlines=sent.headlines,
        differences=sent.differences,
        notes=sent.notes,
        quality=sent.quality,
    )


def provenance_of(received: Received) -> Provenance:
    """What the release is computed from: the moments, and behind them what they were made of."""
    own = received.sent.provenance
    return Provenance(
        pack=f"{FROM}{own.pack}",
        pack_sha256=own.pack_sha256,
        inputs=(*files_of(received), *own.inputs),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=own.rules,
    )


def files_of(received: Received) -> tuple[InputFile, ...]:
    """The file of moments as an input of each period it tells of, with its cells."""
    rows: dict[str, int] = {}
    for one in received.sent.flows:
        periods = [code.id for code in one.dataflow.dimensions[-1].codes]
        for at in one.observations.key[:, -1].tolist():
            rows[periods[at]] = rows.get(periods[at], 0) + 1
    return tuple(
        InputFile(received.name, received.sha256, received.size, period, rows[period])
        for period in sorted(rows)
    )

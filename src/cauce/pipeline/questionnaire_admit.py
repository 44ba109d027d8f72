"""Workbooks of an office's migration tables, read, checked and admitted: the story, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cauce.harmonise.replies_admitted import Office, replies_admitted
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.reply import CellFault, Reply, Shape
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.pipeline.questionnaire import read_shape, read_tables
from cauce.protect import admit
from cauce.sources import hash_file
from cauce.store import Reader


@dataclass(frozen=True)
class Faulty:
    """A workbook that cannot be taken in, and why; nothing was."""

    file: Path
    faults: tuple[CellFault, ...]


def admit_tables(
    files: Sequence[Path], office: Office, region: Path, store: Path, reason: str = ""
) -> Release | Faulty:
    """The release of workbooks of one area; the first one with a fault if there is any.

    Raises:
        BadInput: a workbook was filled from this store, whose figures are published already; it
            cannot be opened; the workbooks do not go together.
    """
    shape = read_shape(region)
    dictionary, shared = read_dictionary(region)
    replies, inputs = [], []
    for file in files:
        reply, input_, faults = _read(file, shape)
        if faults:
            return Faulty(file, faults)
        replies.append(reply)
        inputs.append(input_)
    _refuse_own(replies, store)
    found = replies_admitted(replies, shape, office, dictionary.codelists["CL_COUNTRY"])
    area = replies[0].area
    vintage = f"{max(reply.period for reply in replies)}.{_short(inputs)}"
    return admit(
        found,
        Origin(f"ILMS_{area}", vintage, reason),
        Provenance(
            pack="region/ilms",
            pack_sha256=shared,
            inputs=tuple(inputs),
            code_version=code_version(),
            lock_sha256=dependencies_sha256(),
            machine=machine(),
            rules=(found[0].dataflow.method.rule_version,),
        ),
    )


def _read(file: Path, shape: Shape) -> tuple[Reply, InputFile, tuple[CellFault, ...]]:
    if not file.is_file():
        raise BadInput(f"There is no file {file}.")
    before, size = hash_file(file)
    reply, faults = read_tables(file, shape)
    after, _ = hash_file(file)
    if after != before:
        raise BadInput(f"{file.name} changed while it was read. Try again.")
    rows = sum(len(sheet.figures) for sheet in reply.sheets)
    return reply, InputFile(file.name, before, size, reply.period, rows), faults


def _short(inputs: Sequence[InputFile]) -> str:
    """A name for these files and no others; the same whatever the order they are given in."""
    return "".join(sorted(one.sha256[: max(2, 8 // len(inputs))] for one in inputs))[:16]


def _refuse_own(replies: Sequence[Reply], store: Path) -> None:
    """Raises BadInput if figures name observations of this store."""
    if not (store / "CURRENT").is_file():
        return
    ours = {manifest.dataflow.id for manifest in Reader(store).snapshot().flows()}
    own = sum(
        figure.trace is not None and figure.trace.flow in ours
        for reply in replies
        for sheet in reply.sheets
        for figure in sheet.figures
    )
    if own:
        raise BadInput(
            f"{own:,} figures were filled from this store, where they are published already. Take "
            "in what another office filled in."
        )

"""From the messages of another agency to a release: read, checked cell by cell, admitted."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cauce.declare.words import did_you_mean
from cauce.harmonise.foreign import Held, Rights, flow_of, held_flow, translate
from cauce.model.dataflow import AGENCY
from cauce.model.errors import BadInput
from cauce.model.foreign import Fault, ForeignRows, stored_as
from cauce.model.imported import Imported, Origin
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.structure import Artefact, DataStructure, Ref
from cauce.model.text import Text
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import admit
from cauce.publish import span
from cauce.sources.structures.data import Data, read_data
from cauce.sources.structures.reading import Structures, read_structures
from cauce.store import NotPublished, Reader, Withdrawn

SURVEY = "SDMX"
"""What all that is loaded belongs to in the store."""
SHOWN = 100
"""How many faults a message lists; the others are in the file somebody asks for."""
NO_LICENCE = Text(
    "Not stated with the message; ask the agency that publishes it.",
    "No indicada en el mensaje; pregunte al organismo que lo publica.",
)


class Faulty(BadInput):
    """Cells that cannot be taken: all of them, and nothing was loaded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_told(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Wanted:
    """Which messages are loaded, with which rights; "" stands for what nobody said."""

    structures: Path
    data: tuple[Path, ...]
    licence: Text = NO_LICENCE
    citation: str = ""
    open: bool = True
    vintage: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Loaded:
    """A release of another agency's dataflows, and what there is to tell of their structures.

    `left` counts elements that stand for nothing Cauce holds; `dangling` are references to what is
    in no message.
    """

    release: Release
    left: Mapping[str, int]
    dangling: tuple[Ref, ...]


def load(wanted: Wanted, store: Path, progress: Progress = silent) -> Loaded:
    """The release of a message of structures with its data; nothing is kept or published here.

    Raises:
        BadInput: a message is none, could harm, or refers to what is not there; with `Faulty`, a
            cell has an unknown code or lacks one.
    """
    read = read_structures(wanted.structures, progress)
    artefacts = _artefacts(wanted.structures, read)
    components = _components(read.artefacts)
    messages = {path: read_data(path, components, progress) for path in wanted.data}
    if not messages:
        raise BadInput("Name a file of data: structures alone have nothing to be kept beside.")
    rows = _by_flow(messages, artefacts)
    progress("Checking every cell")
    rights = Rights(wanted.licence, wanted.citation or _citation(wanted), wanted.open)
    imports = _translated(rows, rights, messages)
    origin = _origin(wanted, read, messages, [held.flow for held, _ in rows], store)
    progress("Admitting")
    release = admit(imports, origin, _provenance(wanted, read, messages, imports))
    release = replace(release, structures=read.artefacts)
    return Loaded(release, read.left, tuple(_dangling(read.artefacts)))


def _artefacts(path: Path, read: Structures) -> dict[Ref, Artefact]:
    """Artefacts by their names. Raises BadInput if one is of this house."""
    ours = [each.ref for each in read.artefacts if each.ref.agency == AGENCY]
    if ours:
        raise BadInput(
            f"{path.name}: {len(ours)} artefacts are of the agency {AGENCY}, which is this house "
            f"({ours[0].kind} {ours[0].id}). Nobody else can say what they are."
        )
    return {each.ref: each for each in read.artefacts}


def _components(artefacts: Sequence[Artefact]) -> tuple[str, ...]:
    """The ids of all components of all data structures, each once."""
    found: dict[str, None] = {}
    for body in (each.body for each in artefacts if isinstance(each.body, DataStructure)):
        for each in (*body.dimensions, *body.measures, *body.attributes):
            found.setdefault(each.id)
    if not found:
        raise BadInput("The message of structures has no data structure, which data would follow.")
    found.setdefault("OBS_VALUE")
    return tuple(found)


def _by_flow(
    messages: Mapping[Path, Data], artefacts: Mapping[Ref, Artefact]
) -> list[tuple[Held, ForeignRows]]:
    """Each dataflow that has data, with its rows."""
    found: dict[Ref, tuple[Held, ForeignRows]] = {}
    for path, data in messages.items():
        for (named, context), rows in data.rows.items():
            try:
                held = held_flow(flow_of(named, context, artefacts), artefacts)
            except BadInput as error:
                at = f"line {rows.lines[0]}: " if rows.lines[0] else ""
                raise BadInput(f"{path.name}: {at}{error}") from error
            if held.flow in found:
                raise BadInput(
                    f"{path.name}: {held.flow.id} stands in another place, too. Put its rows into "
                    "one file, under one name."
                )
            found[held.flow] = held, rows
    return list(found.values())


def _translated(
    rows: Sequence[tuple[Held, ForeignRows]], rights: Rights, messages: Mapping[Path, Data]
) -> list[Imported]:
    """The observations of all dataflows. Raises Faulty with the faults of all of them."""
    faults, made = list(_strange(messages, rows)), []
    for held, own in rows:
        found = translate(held, own, rights, _is_period)
        if isinstance(found, list):
            faults += found
        else:
            made.append(found)
    if faults:
        raise Faulty(faults)
    return made


def _strange(
    messages: Mapping[Path, Data], rows: Sequence[tuple[Held, ForeignRows]]
) -> Iterator[Fault]:
    known = {name for held, _ in rows for name in held.components}
    for path, data in messages.items():
        for name, (count, line, number) in data.strange.items():
            also = f" {count:,} observations have it." if count > 1 else ""
            why = f"is no component of the data structure.{did_you_mean(name, known)}{also}"
            yield Fault(path.name, line, number, name, "", why)


def _is_period(word: str) -> bool:
    try:
        span(word)
    except BadInput:
        return False
    return True


def _told(faults: Sequence[Fault]) -> str:
    """What is wrong, cell by cell, and how often each kind of it is."""
    many = "1 cell cannot" if len(faults) == 1 else f"{len(faults):,} cells cannot"
    lines = [f"{many} be taken. Nothing was loaded."]
    for fault in faults[:SHOWN]:
        word = f" {fault.word!r}" if fault.word else ""
        component = f" {fault.component}" if fault.component else ""
        lines.append(f"{fault.file}, {fault.place}:{component}{word} {fault.why}")
    if len(faults) > SHOWN:
        kinds = Counter(fault.component or "key" for fault in faults)
        listed = ", ".join(f"{name} {count:,}" for name, count in kinds.most_common(20))
        lines.append(f"… and {len(faults) - SHOWN:,} more; in all: {listed}.")
        lines.append("--faults FILE.csv writes every one of them.")
    return "\n".join(lines)


def _citation(wanted: Wanted) -> str:
    names = ", ".join(path.name for path in (wanted.structures, *wanted.data))
    return f"SDMX messages {names}"


def _origin(
    wanted: Wanted,
    read: Structures,
    messages: Mapping[Path, Data],
    flows: Sequence[Ref],
    store: Path,
) -> Origin:
    """The name of the vintage, made of the bytes of the files, and why it follows another one."""
    bytes_ = hashlib.sha256(
        "\n".join([read.sha256, *sorted(data.sha256 for data in messages.values())]).encode()
    ).hexdigest()
    reason = wanted.reason
    if not reason.strip() and _is_there(flows, store):
        reason = f"Loaded again: {_citation(wanted)}."
    return Origin(SURVEY, wanted.vintage or f"load-{bytes_[:8]}", reason)


def _is_there(flows: Sequence[Ref], store: Path) -> bool:
    """Whether one of the dataflows is published already."""
    if not (store / "CURRENT").is_file():
        return False
    snapshot = Reader(store).snapshot()
    for flow in flows:
        try:
            snapshot.manifest(stored_as(flow))
        except (NotPublished, Withdrawn):
            continue
        return True
    return False


def _provenance(
    wanted: Wanted,
    read: Structures,
    messages: Mapping[Path, Data],
    imports: Sequence[Imported],
) -> Provenance:
    inputs = [InputFile(wanted.structures.name, read.sha256, read.size, "", len(read.artefacts))]
    for path, data in messages.items():
        count = sum(len(rows.lines) for rows in data.rows.values())
        inputs.append(InputFile(path.name, data.sha256, data.size, "", count))
    return Provenance(
        pack=f"sdmx/{wanted.structures.name}",
        pack_sha256=read.sha256,
        inputs=tuple(inputs),
        code_version=code_version(),
        lock_sha256=dependencies_sha256(),
        machine=machine(),
        rules=tuple(dict.fromkeys(one.dataflow.method.rule_version for one in imports)),
    )


def _dangling(artefacts: Sequence[Artefact]) -> Iterator[Ref]:
    """References to artefacts that are in no message, each once."""
    there = {each.ref for each in artefacts}
    seen = set()
    for ref in (ref for each in artefacts for ref in _refs(each.body)):
        whole = replace(ref, item="", part="")
        if whole not in there and whole not in seen and not set("+*~") & set(whole.version):
            seen.add(whole)
            yield whole


def _refs(value: object) -> Iterator[Ref]:
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _refs(one)
    elif hasattr(value, "__dataclass_fields__"):
        for one in vars(value).values():
            yield from _refs(one)

"""From another producer's file to a release, pinned, mapped, admitted: the story, in order."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from cauce.declare.codelists import read_codelists
from cauce.harmonise.imports import TOP, lineage, parse_import, translate
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, ImportPack, Origin
from cauce.model.release import InputFile, Provenance, Release
from cauce.model.rule import rule, rule_in
from cauce.model.text import Text
from cauce.pipeline.packs import read_dictionary
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import admit
from cauce.sources import hash_file, read_register_folder
from cauce.sources.imports import read_lines
from cauce.store import NotPublished, Reader, Withdrawn

LISTS = "codelists/"


@dataclass(frozen=True)
class Wanted:
    """Which pack is applied to which file.

    `changed` accepts a file other than the pinned one; `refresh` puts it in the place of what is
    published. `vintage` and `reason` stand for the pack's edition and for none.
    """

    pack: str
    file: Path
    changed: bool = False
    refresh: bool = False
    vintage: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Admitted:
    """A release of another producer's numbers, the pack it went through, and what was left out."""

    release: Release
    pack: ImportPack
    imported: Imported
    sha256: str
    lines: int
    below: int


def read_import(name: str, folder: Path, region: Path) -> ImportPack:
    """A mapping pack with the code lists of its folder and of the region. Raises BadInput."""
    files = read_register_folder(folder)
    own = read_codelists({one: text for one, text in files.items() if one.startswith(LISTS)})
    dictionary, _ = read_dictionary(region)
    rest = {one: text for one, text in files.items() if not one.startswith(LISTS)}
    return parse_import(name, rest, {**dictionary.codelists, **own}, dictionary.themes)


def import_file(
    wanted: Wanted, folder: Path, region: Path, store: Path, progress: Progress = silent
) -> Admitted:
    """The release of a file through a pack; nothing is kept or published here.

    Args:
        folder: the mapping packs.
        region: the dictionary whose code lists name countries and sexes.
        store: what is published, to know whether this would replace anything.

    Raises:
        BadInput: the file is not the pinned one and nobody accepted that; it would replace what is
            published and nobody asked for it; the pack does not fit the file.
    """
    pack = read_import(wanted.pack, folder, region)
    progress(f"Checking {wanted.file.name}")
    sha256, size = _pinned(pack, wanted)
    vintage = _vintage(pack, wanted, sha256)
    _refuse_replacing(pack, wanted, sha256, store)
    progress("Reading")
    lines, read = read_lines(wanted.file, pack)
    if read != sha256:
        raise BadInput(f"{wanted.file.name} changed while it was read. Try again.")
    progress(f"Translating {len(lines.values):,} numbers")
    imported = translate(pack, lines)
    inputs = _inputs(imported, wanted.file.name, sha256, size)
    progress("Admitting")
    release = admit(
        [_with_notes(pack, imported)],
        Origin(pack.id, vintage, wanted.reason),
        Provenance(
            pack=f"imports/{wanted.pack}",
            pack_sha256=pack.sha256,
            inputs=inputs,
            code_version=code_version(),
            lock_sha256=dependencies_sha256(),
            machine=machine(),
            rules=(imported.dataflow.method.rule_version,),
        ),
    )
    release = replace(release, lineages=(lineage(pack, f"imports/{wanted.pack}/{TOP}"),))
    return Admitted(release, pack, imported, sha256, len(lines.values), lines.below)


def _pinned(pack: ImportPack, wanted: Wanted) -> tuple[str, int]:
    """Hash and size of the file. Raises BadInput if it is not the pinned one, unless accepted."""
    if not wanted.file.is_file():
        raise BadInput(f"There is no file {wanted.file}.")
    sha256, size = hash_file(wanted.file)
    if pack.file_sha256 and sha256 != pack.file_sha256 and not wanted.changed:
        raise BadInput(
            f"{wanted.file.name} is not the file the pack was written for: its SHA-256 is "
            f"{sha256}, pinned is {pack.file_sha256}. If the producer changed it and you have "
            "looked at it, say --accept-changed-file with --reason."
        )
    return sha256, size


def _vintage(pack: ImportPack, wanted: Wanted, sha256: str) -> str:
    """The edition for the pinned file; any other file has its hash in the vintage's name."""
    if wanted.vintage:
        return wanted.vintage
    return pack.edition if sha256 == pack.file_sha256 else f"{pack.edition}.{sha256[:8]}"


def _refuse_replacing(pack: ImportPack, wanted: Wanted, sha256: str, store: Path) -> None:
    """Raises BadInput if numbers of another file are published and nobody asked to refresh them."""
    if not (store / "CURRENT").is_file():
        return
    try:
        current = Reader(store).snapshot().manifest(pack.id)
    except (NotPublished, Withdrawn):
        return
    files = {file.sha256 for part in current.parts for file in part.provenance.inputs}
    if files == {sha256}:
        return
    if not (wanted.refresh and wanted.reason.strip()):
        raise BadInput(
            f"{pack.id} is published as vintage {current.vintage}, from another file. Nothing is "
            "refreshed unless told: say --refresh, and why with --reason. The vintage stays."
        )


def _inputs(imported: Imported, name: str, sha256: str, size: int) -> tuple[InputFile, ...]:
    """The file, once for each period it has, with its numbers of that period."""
    codes = imported.dataflow.dimensions[-1].codes
    rows = Counter(row[-1] for row in imported.key)
    return tuple(InputFile(name, sha256, size, code.id, rows[at]) for at, code in enumerate(codes))


def _with_notes(pack: ImportPack, imported: Imported) -> Imported:
    """What was left out and when the file was fetched, said beside the numbers."""
    day = (pack.retrieved, pack.retrieved) if pack.retrieved else ("not recorded", "sin registro")
    fetched = Text(f"Retrieved from the producer: {day[0]}.", f"Obtenido del productor: {day[1]}.")
    left = [untaken_words(why, count) for why, count in imported.untaken.items()]
    return replace(imported, notes=(*imported.notes, rule(fetched), *map(rule, left)))


def untaken_words(why: str, count: int) -> Text:
    """How many cells of the file were left out, and why."""
    many = f"{count:,}"
    return Text(
        f"{many} cells not taken: {rule_in(why, 'en')}",
        f"{many.replace(',', ' ')} celdas no tomadas: {rule_in(why, 'es')}",
    )

"""The parts a wave's file comes in: found, complete, all of one schema, and staged together."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.pack import Wave
from cauce.model.release import InputFile
from cauce.sources import Limits, Staged, stage

NUMBER = re.compile(r"\d+")
LISTED = 20


@dataclass(frozen=True)
class StagedParts:
    """The staged files of a wave, in order; `columns` is the kind of each column of all of them;
    `names` are all columns of each file."""

    paths: tuple[Path, ...]
    columns: dict[str, str]
    names: tuple[tuple[str, ...], ...]
    rows: int
    origin: InputFile


def find_parts(
    folder: Path, wave: Wave, files: Sequence[Path], only_wave: bool = False
) -> tuple[Path, ...]:
    """Where the files of a wave are: among `files` (files or folders), else beside the pack.

    Parts that a pattern names come in the order of their numbers, which may leave none out.

    Raises:
        BadInput: a file is not there, or a number of the sequence is missing.
    """
    if not wave.parts:
        return (find_file(folder, wave, files, only_wave),)
    found: list[Path] = []
    for part in wave.parts:
        if "*" in part:
            found += _matching(part, folder, wave, files)
        else:
            found.append(find_file(folder, _named(wave, part), files))
    twice = sorted({path.name for path in found if found.count(path) > 1})
    if twice:
        raise BadInput(f"Wave {wave.period} would read {', '.join(twice)} twice. Name it once.")
    return tuple(found)


def find_file(folder: Path, wave: Wave, files: Sequence[Path], only_wave: bool = False) -> Path:
    """Where the wave's file is: among `files` (files or folders) by name, else beside the pack.

    A single file under another name is the wave's if the pack has no other wave: of several it
    would be taken for each. Of a wave in parts it is the first one.
    """
    if wave.parts:
        return find_parts(folder, wave, files)[0]
    name = Path(wave.file).name
    for place in files:
        if not place.exists():
            raise BadInput(f"--file: there is no {place}.")
        if place.is_dir() and (place / name).is_file():
            return place / name
        if place.is_file() and (place.name == name or (only_wave and len(files) == 1)):
            return place
    beside = folder / wave.file
    if beside.is_file():
        return beside
    raise BadInput(
        f"The file of wave {wave.period}, {name}, was not found beside the pack. "
        "Say where it is: --file FILE, or --file FOLDER for several waves."
    )


def _named(wave: Wave, file: str) -> Wave:
    return Wave(wave.period, file, wave.member, wave.format, wave.csv)


def _matching(pattern: str, folder: Path, wave: Wave, files: Sequence[Path]) -> list[Path]:
    """The files of a pattern in the first place that has some, in the order of their numbers."""
    name = Path(pattern).name
    missing = [place for place in files if not place.exists()]
    if missing:
        raise BadInput(f"--file: there is no {missing[0]}.")
    given = [place for place in files if place.is_file() and fnmatchcase(place.name, name)]
    folders = [place for place in files if place.is_dir()]
    inside = [sorted(place.iterdir()) for place in (*folders, (folder / pattern).parent)
              if place.is_dir()]  # fmt: skip
    for place in (given, *inside):
        found = [path for path in place if path.is_file() and fnmatchcase(path.name, name)]
        if found:
            _refuse_gaps(name, [path.name for path in found])
            return sorted(found, key=lambda path: (_numbers(path.name), path.name))
    raise BadInput(
        f"No file of wave {wave.period} is called {name} beside the pack. "
        "Say where they are: --file FOLDER."
    )


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in NUMBER.findall(name))


def _refuse_gaps(pattern: str, names: Sequence[str]) -> None:
    """Raises BadInput if the parts are numbered in one place, and a number is left out or twice."""
    numbers = [_numbers(name) for name in names]
    if len({len(own) for own in numbers}) != 1:
        return
    differing = [at for at, own in enumerate(zip(*numbers, strict=True)) if len(set(own)) > 1]
    if len(differing) != 1:
        return
    seen = sorted(own[differing[0]] for own in numbers)
    first = 1 if 1 < seen[0] <= len(seen) else seen[0]
    lacking = sorted(set(range(first, seen[-1] + 1)) - set(seen))
    if lacking:
        told = ", ".join(map(str, lacking[:LISTED]))
        more = f" and {len(lacking) - LISTED:,} more" if len(lacking) > LISTED else ""
        raise BadInput(
            f"Of the parts {pattern} number {told}{more} is missing: they are numbered up to "
            f"{seen[-1]}. Add what is missing, or name the parts one by one in [[wave]] file."
        )


@contextmanager
def stage_parts(
    wave: Wave, files: Sequence[Path], columns: Sequence[str] | None, limits: Limits
) -> Iterator[StagedParts]:
    """Some columns of all parts of a wave, each read as `sources.stage` reads a file.

    Raises:
        BadInput: as there; or a part has another schema than those before it.
    """
    with ExitStack() as stack:
        staged = [stack.enter_context(stage(path, wave, columns, limits)) for path in files]
        names = [path.name for path in files]
        yield StagedParts(
            tuple(one.path for one in staged),
            _kinds(names, staged),
            tuple(tuple(one.names) for one in staged),
            sum(one.rows for one in staged),
            _origin(wave, staged),
        )


def _kinds(names: Sequence[str], staged: Sequence[Staged]) -> dict[str, str]:
    """The kind of every column. Raises BadInput if parts do not agree; integers are floats too."""
    kinds: dict[str, str] = {}
    first: dict[str, str] = {}
    for name, one in zip(names, staged, strict=True):
        for column, kind in one.columns.items():
            if column in one.empty:
                continue
            if {kind, kinds.get(column, kind)} == {"integer", "float"}:
                kinds[column] = "float"
            elif kinds.setdefault(column, kind) != kind:
                raise BadInput(
                    f"{name}: column {column} holds {kind}, and in {first[column]} it holds "
                    f"{kinds[column]}. The parts of a wave have one schema: write this part as the "
                    "others are. Nothing was published."
                )
            first.setdefault(column, name)
    return {column: kinds.get(column, kind) for column, kind in staged[0].columns.items()}


def _origin(wave: Wave, staged: Sequence[Staged]) -> InputFile:
    """What is kept of the files: of parts, the hash of their hashes in order."""
    hashes = [one.sha256 for one in staged]
    return InputFile(
        Path(wave.file).name,
        hash_of_parts(hashes),
        sum(one.size for one in staged),
        wave.period,
        sum(one.rows for one in staged),
    )


def hash_of_parts(hashes: Sequence[str]) -> str:
    """The hash of a file, or of the hashes of its parts."""
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

"""One wave of a survey: from its file to a harmonised sample."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cauce.estimate import design_of, raised
from cauce.harmonise import compile_recipe, refuse_more_of_family, source_columns
from cauce.microdata import read_sample
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.pack import Pack, Wave
from cauce.model.release import InputFile
from cauce.model.sample import Sample
from cauce.sources import Limits, stage


def find_file(folder: Path, wave: Wave, files: Sequence[Path], only_wave: bool = False) -> Path:
    """Where the wave's file is: among `files` (files or folders) by name, else beside the pack.

    A single file under another name is the wave's if the pack has no other wave: of several it
    would be taken for each.
    """
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


@contextmanager
def told_of(where: str) -> Iterator[None]:
    """Say of every error meant for people which wave it is about."""
    try:
        yield
    except (BadInput, MethodFailed) as error:
        raise type(error)(f"{where}: {error}") from error


def read_wave(
    pack: Pack,
    wave: Wave,
    file: Path,
    limits: Limits | None = None,
    every: bool = False,
    rows: bool = False,
) -> tuple[Sample, InputFile]:
    """The harmonised sample of one wave, and what is kept of its file: name, hash, size, rows.

    `every`: read and check also what the pack declares and no table uses. `rows`: find also which
    rows of the file fail a validation rule.
    """
    said = pack.design.replicates
    wanted = (*source_columns(pack, every), *(said.columns if said else ()))
    with stage(file, wave, wanted, limits or Limits()) as staged:
        with told_of(f"{wave.period} ({Path(wave.file).name})"):
            refuse_more_of_family(said, staged.names, wanted)
            recipe = compile_recipe(pack, staged.columns, every, wave.weighted, wave.period)
            recipe = replace(recipe, questions=replace(recipe.questions, rows=rows))
            sample = raised(read_sample(staged.path, recipe, wave.period, design_of), pack)
        origin = InputFile(
            Path(wave.file).name, staged.sha256, staged.size, wave.period, staged.rows
        )
    return sample, origin

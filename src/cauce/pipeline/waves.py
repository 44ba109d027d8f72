"""One wave of a survey: from its file, or its parts, to a harmonised sample."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cauce.estimate import design_of, raised
from cauce.harmonise import compile_recipe, refuse_more_of_family, source_columns
from cauce.microdata import read_sample
from cauce.model.errors import BadInput, MethodFailed
from cauce.model.pack import Pack, Wave
from cauce.model.recipe import Recipe
from cauce.model.release import InputFile
from cauce.model.sample import Sample
from cauce.pipeline.parts import StagedParts, stage_parts
from cauce.sources import Limits


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
    file: Path | Sequence[Path],
    limits: Limits | None = None,
    every: bool = False,
    rows: bool = False,
) -> tuple[Sample, InputFile]:
    """The harmonised sample of one wave, and what is kept of its file: name, hash, size, rows.

    `every`: read and check also what the pack declares and no table uses. `rows`: find also which
    rows of the file fail a validation rule.
    """
    files = (file,) if isinstance(file, Path) else file
    with stage_parts(wave, files, wanted_of(pack, every), limits or Limits()) as staged:
        with told_of(name_of(wave)):
            recipe = recipe_of(pack, wave, staged, every, rows)
        return sample_of(pack, wave, staged, recipe), staged.origin


def wanted_of(pack: Pack, every: bool = False) -> tuple[str, ...]:
    """The columns of the file a wave is made of, its replicate weights included."""
    said = pack.design.replicates
    return (*source_columns(pack, every), *(said.columns if said else ()))


def sample_of(pack: Pack, wave: Wave, staged: StagedParts, recipe: Recipe) -> Sample:
    """The harmonised sample of a wave whose files are staged, calibrated as the pack says."""
    with told_of(name_of(wave)):
        sample = read_sample(staged.paths, recipe, wave.period, design_of, staged.columns)
        return raised(sample, pack)


def name_of(wave: Wave) -> str:
    return f"{wave.period} ({Path(wave.file).name})"


def recipe_of(
    pack: Pack, wave: Wave, staged: StagedParts, every: bool = False, rows: bool = False
) -> Recipe:
    """The recipe of a wave whose files are staged.

    Raises:
        BadInput: a file has more replicate weights than the pack declares, or in several parts.
    """
    said = pack.design.replicates
    for names in staged.names:
        refuse_more_of_family(said, names, wanted_of(pack, every))
    if said is not None and len(staged.paths) > 1:
        raise BadInput(
            "design.replicates: replicate weights of a wave in parts cannot be read yet. Put the "
            "parts into one file."
        )
    recipe = compile_recipe(pack, staged.columns, every, wave.weighted, wave.period)
    return replace(recipe, questions=replace(recipe.questions, rows=rows))

"""A wave that does not fit into memory: when it is streamed, and what comes of it."""

from collections.abc import Sequence

from cauce.estimate import Streamed, estimate_stream, refuse_bent, strata_of
from cauce.microdata import Room, open_stream
from cauce.model.dataflow import Dataflow
from cauce.model.errors import MethodFailed
from cauce.model.pack import Pack, Wave
from cauce.model.recipe import Recipe
from cauce.pipeline.parts import StagedParts
from cauce.pipeline.quality import ORDERS, fewest_of
from cauce.pipeline.streaming import Streaming
from cauce.pipeline.waves import name_of, told_of
from cauce.sources import private_folder


def columns_held(recipe: Recipe) -> int:
    """How many columns a sample and the relation it is made from hold in memory at a time."""
    variables = len(recipe.used_columns) + 2 * len(recipe.reasons)
    return variables + len(recipe.columns) + 5 * len(recipe.scores) + 4


def stream_wave(
    pack: Pack,
    wave: Wave,
    staged: StagedParts,
    recipe: Recipe,
    flows: Sequence[Dataflow],
    streaming: Streaming,
) -> Streamed:
    """The cells of a wave and what is known of it as a whole, read in batches.

    Raises:
        MethodFailed: the pack asks for what needs everyone, or two waves, at once.
    """
    refuse_unstreamed(pack, recipe, flows)
    with private_folder() as folder, told_of(name_of(wave)):
        room = Room(folder, f"{max(streaming.memory_mib // 4, 256)}MiB")
        sources = staged.paths, staged.columns
        with open_stream(*sources, recipe, wave.period, strata_of, room) as stream:
            return estimate_stream(stream, flows, fewest_of(pack), ORDERS)


def refuse_unstreamed(pack: Pack, recipe: Recipe, flows: Sequence[Dataflow]) -> None:
    """Raises MethodFailed if a pack asks for what is not done in batches, by name."""
    refuse_bent(flows)
    asked = {
        "figures of years from their quarters (survey.annual)": bool(pack.survey.annual),
        "changes between waves (design.wave_psus)": bool(pack.design.wave_psus),
        "replicate weights (design.replicates)": recipe.replicates is not None,
        "further stages of the draw (design.stage)": bool(recipe.stages),
        "PSUs that were sure to be drawn (design.certainty)": bool(recipe.certainty),
        "weights made to meet margins (calibration)": pack.calibration is not None,
        "weights raised for who did not answer (nonresponse)": pack.nonresponse is not None,
        "the rows that fail a rule": recipe.questions.rows,
    }
    told = [name for name, is_asked in asked.items() if is_asked]
    if told:
        raise MethodFailed(
            f"{' and '.join(told)} cannot be had from a file that is read in batches. Take them "
            "out of the pack, or read the whole file into memory: --stream never, or a larger "
            "--memory."
        )

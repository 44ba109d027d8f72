"""The third door: observations of another producer, with whose they are and what they came in.

Nothing is judged and nothing withheld here: the producer has done both. What is refused is a number
without its origin, or one beside a status that says there is none; of what another office cleared,
also a cell that rests on fewer respondents than are asked for here.
"""

from collections.abc import Sequence

import numpy as np

from cauce.model.dataflow import ADMITTED, Dataflow
from cauce.model.errors import BadInput
from cauce.model.imported import Imported, Origin
from cauce.model.moments import Cleared
from cauce.model.observation import WITHOUT_VALUE, ConfStatus, Observations, Reliability
from cauce.model.release import Provenance, Release
from cauce.protect.bare import bare
from cauce.protect.received import too_small


def admit(
    imports: Sequence[Imported | Cleared], origin: Origin, provenance: Provenance, fewest: int = 1
) -> Release:
    """Release what another producer published, with its provenance and without an error.

    Standard errors and counts stay empty: they are not given, which is not the same as 0. What
    another office cleared has both, and was audited where it was cleared.

    Args:
        fewest: the minimum of respondents that is asked for here, of what was cleared elsewhere.

    Raises:
        BadInput: no file with its hash stands behind the numbers; a dataflow is not marked as
            another producer's, or names no licence and source; a key stands twice; a number and
            its status contradict each other; a cell was cleared by less than is asked for here.
    """
    if not provenance.inputs or any(len(file.sha256) != 64 for file in provenance.inputs):
        raise BadInput(f"{origin.survey}: no file and hash stand behind the numbers.")
    for one in imports:
        if isinstance(one, Cleared):
            _check_cleared(one, fewest)
        else:
            _check(one)
    bare_ones = [one for one in imports if isinstance(one, Imported)]
    return Release(
        survey=origin.survey,
        vintage=origin.vintage,
        flows=tuple(
            one.observations if isinstance(one, Cleared) else _observations(one) for one in imports
        ),
        provenance=provenance,
        audited=not bare_ones,
        notes=tuple(dict.fromkeys(note for one in bare_ones for note in one.notes)),
        reason=origin.reason,
    )


def _check_cleared(one: Cleared, fewest: int) -> None:
    """Raises BadInput if a cell would be told here that our own rule withholds.

    To withhold it now would not do: which others must go with it only its office can find out.
    """
    said = one.observations
    flow = said.dataflow
    _check_named(flow)
    if one.minimum < fewest:
        raise BadInput(
            f"{flow.id} was cleared by a minimum of {one.minimum} respondents, and here "
            f"{fewest} are asked for. Its office clears it again by that minimum "
            "([[rules.min_respondents]] of its pack) and sends new moments."
        )
    if flow.method.protection:
        return
    if count := int(too_small(said, fewest).sum()):
        raise BadInput(
            f"{flow.id} has {count} cells with fewer than {fewest} respondents behind or beside a "
            "number. Nothing is published: its office clears it again."
        )


def _check_named(flow: Dataflow) -> None:
    if not (flow.source.licence.strip() and flow.source.citation.strip()):
        raise BadInput(f"{flow.id} does not say under which licence and from which source.")


def _check(one: Imported) -> None:
    flow = one.dataflow
    if flow.method.var_method != ADMITTED:
        raise BadInput(f"{flow.id} is not marked as another producer's.")
    _check_named(flow)
    if twice := len(one.key) - len(np.unique(np.array(one.key), axis=0)):
        raise BadInput(f"{flow.id} has {twice} observations whose key another one has, too.")
    there = np.isfinite(np.array(one.value))
    closed = np.array(
        [
            status in WITHOUT_VALUE or conf is not ConfStatus.FREE
            for status, conf in zip(one.obs_status, one.conf_status, strict=True)
        ]
    )
    if count := int((closed == there).sum()):
        raise BadInput(
            f"{flow.id} has {count} observations with a number where their status says there is "
            "none, or without one where it says nothing."
        )


def _observations(one: Imported) -> Observations:
    return bare(
        one.dataflow,
        np.array(one.key, dtype=np.int32),
        np.array(one.value, dtype=np.float64),
        one.obs_status,
        one.conf_status,
        (Reliability.NOT_JUDGED,) * len(one.value),
        one.note,
        one.theirs,
    )

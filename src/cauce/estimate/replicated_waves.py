"""What replicate weights of several waves cannot say."""

from collections.abc import Sequence

from cauce.model.design import Design
from cauce.model.errors import MethodFailed


def refuse_waves(designs: Sequence[Design], what: str) -> None:
    """Raises MethodFailed if a wave has replicate weights of its office.

    Nothing says which replicate of one wave goes with which of another.
    """
    if any(d.replication is not None and d.replication.declared.made is None for d in designs):
        raise MethodFailed(
            f"The files bring replicate weights, wave by wave, and these do not say {what}. "
            'Make replicates of strata and PSUs ([design.replicates] made = "jkn"), or leave '
            "wave_psus and annual figures out."
        )

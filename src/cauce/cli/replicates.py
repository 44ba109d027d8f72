"""Replicate weights as the options of a command say them."""

from cauce.model.errors import BadInput
from cauce.model.replication import Made, ReplicateKind, Replicates


def asked_replicates(
    family: str,
    kind: ReplicateKind | None,
    rho: float | None,
    scale: float | None,
    rscales: str,
    factors: bool,
    made: Made | None,
    count: int,
    seed: int,
    mse: bool,
) -> Replicates | None:
    """What a command says of replicate weights; None where it says nothing.

    Raises:
        BadInput: options that do not go together.
    """
    given = bool(kind or rscales or factors or rho is not None or scale is not None)
    if made and (family or given):
        raise BadInput("Replicates are given (--replicates) or made (--make-replicates), not both.")
    if made:
        if not 0 <= seed < 2**63:
            raise BadInput("--seed must be a whole number from 0.")
        return Replicates(made=made, count=count, seed=seed, mse=mse)
    if not family:
        if given or mse:
            raise BadInput('Say which columns hold the replicate weights: --replicates "REP_*".')
        return None
    if kind is None:
        raise BadInput("Say how the replicates were made: --replicate-kind.")
    try:
        numbers = tuple(float(number) for number in rscales.split(",") if number.strip())
    except ValueError as error:
        raise BadInput("--rscales holds something that is no number.") from error
    return Replicates(
        kind=kind, rho=rho, scale=scale, rscales=numbers, mse=mse, combined=not factors
    )

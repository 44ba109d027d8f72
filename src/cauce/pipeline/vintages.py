"""What the store has of one vintage."""

from cauce.model.errors import BadInput
from cauce.model.release import Provenance
from cauce.model.vintage import Manifest
from cauce.store import Reader, Withdrawn


def manifests_of(reader: Reader, vintage: str, survey: str) -> tuple[Manifest, ...]:
    """The manifests of a vintage in every dataflow that has it.

    Raises:
        BadInput: no dataflow has it, or those of several surveys have and none of them is named.
        Withdrawn: it was withdrawn.
    """
    snapshot = reader.snapshot()
    found = [
        snapshot.manifest(current.dataflow.id, vintage)
        for current in snapshot.flows()
        if vintage in snapshot.vintages(current.dataflow.id)
    ]
    surveys = sorted({manifest.survey for manifest in found})
    if survey:
        found = [manifest for manifest in found if manifest.survey == survey]
    elif len(surveys) > 1:
        raise BadInput(
            f"Several surveys have a vintage {vintage}: {', '.join(surveys)}. Say --survey."
        )
    if not found:
        for name, reason in snapshot.catalog.withdrawn.items():
            if name.endswith(f"/{vintage}") and name.startswith(survey):
                raise Withdrawn(
                    f"{vintage} was withdrawn, and its numbers are gone: {reason}", reason
                )
        raise BadInput(f"The store has no vintage {vintage}. `cauce vintages` lists what it has.")
    return tuple(found)


def own_provenance(manifest: Manifest) -> Provenance:
    """The provenance of the parts that were computed for this vintage."""
    return next(p.provenance for p in manifest.parts if p.vintage == manifest.vintage)

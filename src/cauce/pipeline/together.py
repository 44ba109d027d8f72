"""From the moments of several countries to one release of their region: the story, in order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from cauce.estimate import added, placed, told_by
from cauce.harmonise import parse_together, tables_together
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.imported import Origin
from cauce.model.moments import Cleared, Sent
from cauce.model.observation import Observations, ObsStatus
from cauce.model.pack import MinRespondents
from cauce.model.release import Provenance, Release
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.model.together import Together
from cauce.pipeline.moments import FROM, Received, files_of
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.provenance import code_version, dependencies_sha256, machine
from cauce.protect import admit, together


def read_together(file: Path) -> Together:
    """The region a file declares. Raises BadInput with everything that is wrong."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file.name} cannot be read: {error}.") from error
    return parse_together(file.name, text)


def release_together(
    region: Together, received: Sequence[Received], progress: Progress = silent
) -> Release:
    """The release of a region: its countries side by side, and itself where all of them are public.

    Raises:
        BadInput: a country is missing, comes twice or is none of the region's; they differ in what
            has to be the same; one was cleared by a smaller minimum than the region asks for.
    """
    members = in_order(region, received)
    sent = [one.sent for one in members]
    flows = tables_together(region, sent)
    ours, public = f"{region.area}_{region.survey}", []
    for flow in flows:
        progress(f"Adding {flow.id}")
        table = flow.id.removeprefix(f"{ours}_")
        public.append(Cleared(_one_table(region, flow, table, sent), min(s.minimum for s in sent)))
    release = admit(
        public,
        Origin(ours, region.vintage, region.reason),
        Provenance(
            pack=f"{FROM}{region.area}/{region.survey}",
            pack_sha256=region.sha256,
            inputs=tuple(file for one in members for file in files_of(one)),
            code_version=code_version(),
            lock_sha256=dependencies_sha256(),
            machine=machine(),
            rules=tuple(sorted({one.observations.dataflow.method.rule_version for one in public})),
        ),
        region.fewest,
    )
    return replace(release, notes=_notes(region, release))


def in_order(region: Together, received: Sequence[Received]) -> list[Received]:
    """The files in the order of the region's members, one each."""
    found: dict[str, Received] = {}
    for one in received:
        area = one.sent.flows[0].dataflow.source.area
        if area not in region.members:
            raise BadInput(
                f"{one.name} is of {area}, which is no member of {region.area}: "
                f"{', '.join(region.members)}."
            )
        if area in found:
            raise BadInput(f"{one.name} and {found[area].name} are both of {area}. Give one each.")
        found[area] = one
    if lacking := [area for area in region.members if area not in found]:
        raise BadInput(
            f"The region {region.area} lacks the moments of {', '.join(lacking)}. A sum without "
            "them would be of other countries: nothing is published."
        )
    return [found[area] for area in region.members]


def _one_table(region: Together, flow: Dataflow, table: str, sent: Sequence[Sent]) -> Observations:
    """A table with every member and the region."""
    own = [
        next(one for one in each.flows if one.dataflow.id == f"{each.survey}_{table}")
        for each in sent
    ]
    told = [placed(one, told_by(one), flow) for one in own]
    result = added(flow, told)
    said = [(area, one.observations) for area, one in zip(region.members, told, strict=True)]
    fewest = MinRespondents(date.min, region.fewest, region.ground)
    return together(result.cells, result.lacking, result.who, said, fewest, region.reliability)


def _notes(region: Together, release: Release) -> tuple[str, ...]:
    """How many numbers of the region are not told in each table."""
    counts = {}
    for flow in release.flows:
        area = [one.id for one in flow.dataflow.dimensions].index("REF_AREA")
        none = [one is ObsStatus.NOT_POSSIBLE for one in flow.obs_status]
        counts[flow.dataflow.id] = int((np.array(none) & (flow.key[:, area] == 0)).sum())
    return tuple(
        rule(
            Text(
                f"{flow}: {count:,} numbers of {region.area} are not told, since that of one of "
                "its countries is not public, is not there, or cannot be added.",
                f"{flow}: {count:,} números de {region.area} no se dan, porque el de uno de sus "
                "países no es público, no existe o no se puede sumar.",
            )
        )
        for flow, count in counts.items()
        if count
    )

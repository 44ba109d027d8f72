"""The audit of a published vintage: what was withheld of each table, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.model.audit import REPAIRED, SECONDARY, Bound, Key, Withheld
from cauce.model.dataflow import Dataflow
from cauce.model.errors import BadInput
from cauce.model.kept_audit import KeptAudit, WhatIf
from cauce.model.text import Text
from cauce.model.vintage import Manifest
from cauce.pipeline.vintages import manifests_of
from cauce.store import Audits, Reader


@dataclass(frozen=True)
class FlowCount:
    """How many cells of a table there are, and how many are withheld for which kind of reason."""

    flow: str
    name: Text
    cells: int
    own: int
    secondary: int
    repaired: int


@dataclass(frozen=True)
class Audited:
    """The audit of a vintage with its tables, and what was asked of it since, the latest first."""

    manifests: tuple[Manifest, ...]
    kept: KeptAudit
    answers: tuple[WhatIf, ...]

    @property
    def verdict(self) -> bool:
        """Whether it was protected and attacked as one system."""
        return all(manifest.audited for manifest in self.manifests)

    def flows(self) -> Iterator[FlowCount]:
        """The tables, in their order."""
        for manifest in self.manifests:
            own = [one for one in self.kept.audit.withheld if one.flow == manifest.dataflow.id]
            other, more = (sum(kind in one.why for one in own) for kind in (SECONDARY, REPAIRED))
            cells = sum(part.rows for part in manifest.parts if part.vintage == manifest.vintage)
            flow = manifest.dataflow
            yield FlowCount(flow.id, flow.name, cells, len(own) - other - more, other, more)

    def cell(self, flow: str, key: Key) -> Withheld | None:
        """Why a cell is withheld, None if it is not."""
        found = (one for one in self.kept.audit.withheld if (one.flow, one.key) == (flow, key))
        return next(found, None)

    def bounds(self, flow: str, key: Key) -> tuple[Bound, ...]:
        """What a reader can find of the numbers of a cell."""
        every = self.kept.audit.bounds
        return tuple(one for one in every if (one.of.flow, one.of.key) == (flow, key))


def audited(reader: Reader, audits: Audits, vintage: str, survey: str = "") -> Audited:
    """The audit of a vintage.

    Raises:
        BadInput: there is no such vintage, or no audit of it is kept here.
    """
    manifests = manifests_of(reader, vintage, survey)
    names = {manifest.audit_sha256 for manifest in manifests} - {""}
    if not names:
        raise BadInput(
            f"No audit goes with {manifests[0].survey} {vintage}: its numbers were not protected "
            "here, or it was published before audits were kept."
        )
    name = min(names)
    return Audited(manifests, audits.of(name), audits.answers(name))


def cell_of(text: str) -> tuple[str, Key]:
    """The table and the key that "FLOW:A.B.C" names, the period last. Raises BadInput."""
    flow, colon, key = text.strip().partition(":")
    if not (flow and colon and key):
        raise BadInput(
            f"{text[:80]} is no cell. Write the dataflow, a colon and its codes with the period "
            "last: XAA_LFS_LABOUR:A.XAA.UNE.F.2025."
        )
    return flow, tuple(key.split("."))


def check_key(flows: Sequence[Dataflow], flow: str, key: Key) -> None:
    """Raises BadInput if none of the tables has such a key."""
    found = next((one for one in flows if one.id == flow), None)
    if found is None:
        tables = ", ".join(one.id for one in flows)
        raise BadInput(f"{flow[:80]} is no table of this release. It has: {tables}.")
    if len(key) != len(found.dimensions):
        named = ".".join(dimension.id for dimension in found.dimensions)
        raise BadInput(f"A key of {flow} has {len(found.dimensions)} codes: {named}.")
    for code, dimension in zip(key, found.dimensions, strict=True):
        if code not in {one.id for one in dimension.codes}:
            raise BadInput(f"{flow} has no {code[:40]} in {dimension.id}.")

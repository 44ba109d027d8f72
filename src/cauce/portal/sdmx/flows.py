"""Which dataflows an address names, in the order both versions of the service have for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.errors import BadInput
from cauce.model.structure import Agreement, Ref
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.query import WILD
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.versions import matching
from cauce.publish.urns import flow_of, structure_of
from cauce.store import Snapshot

CONTEXTS = ("datastructure", "dataflow", "provisionagreement")


@dataclass(frozen=True)
class Named:
    """What an address of data, availability or a schema names; what is left out is wild.

    `agencies`, `ids` and `providers` are alternatives; none means any. `rest` is what follows.
    """

    service: int
    context: str
    agencies: frozenset[str]
    ids: frozenset[str]
    version: str
    key: str = ""
    providers: frozenset[str] = frozenset()
    rest: str = ""

    @property
    def one(self) -> str:
        """The one id that is named, "" if there are several or none."""
        return next(iter(self.ids)) if len(self.ids) == 1 else ""

    @property
    def told(self) -> str:
        agency, id_ = ("+".join(sorted(part)) or "*" for part in (self.agencies, self.ids))
        return f"{agency[:40]}:{id_[:80]}({self.version[:20]})"


def named(parts: list[str], version: int) -> Named:
    """What the parts of an address after `data` or `availability` name.

    Raises:
        Refusal: 400, there is no such context.
    """
    if version == 1:
        flow, key, provider, rest = (*parts, "", "", "", "")[:4]
        told = flow.split(",")
        agency, id_, wanted = ("", *told, "", "")[:3] if len(told) == 1 else (*told, "")[:3]
        providers = frozenset(
            each.rpartition(",")[2] for each in provider.replace(" ", "+").split("+")
        )
        return Named(
            1,
            "dataflow",
            _alternatives(agency),
            _alternatives(id_),
            wanted or "latest",
            key,
            frozenset() if any(each.lower() in WILD for each in providers) else providers,
            rest,
        )
    context, agency, id_, wanted, key, rest = (*parts, "", "", "", "", "", "")[:6]
    if context.lower() not in ("", "*", "all", *CONTEXTS):
        raise Refusal(400, f"The context can be {', '.join(CONTEXTS)} or *.")
    kind = context.lower() if context.lower() in CONTEXTS else "*"
    return Named(2, kind, _alternatives(agency), _alternatives(id_), wanted or "*", key, rest=rest)


def flows_of(snapshot: Snapshot, asked: Named, must: bool = True) -> tuple[Manifest, ...]:
    """The current vintages of the dataflows that are named, by survey and id.

    Args:
        must: there has to be one, if one is named.

    Raises:
        Refusal: 404, one is named that there is none of.
        Withdrawn: it is no more.
    """
    found = tuple(m for m in snapshot.flows() if _fits(snapshot, m.dataflow, asked))
    if not found and must and asked.one and asked.context != "provisionagreement":
        raise _absent(snapshot, asked)
    return found


def agreement_of(snapshot: Snapshot, flow: Dataflow, asked: Named) -> str:
    """The provision agreement a query for one provider is answered under, "" for none."""
    if not (asked.providers or asked.context == "provisionagreement"):
        return ""
    found = [ref for ref, _ in _agreements(snapshot, flow, asked)]
    return f"{found[0].agency}:{found[0].id}({found[0].version})" if len(found) == 1 else ""


def _agreements(
    snapshot: Snapshot, flow: Dataflow, asked: Named
) -> Iterator[tuple[Ref, Agreement]]:
    """Another agency's agreements about a dataflow that fit the providers, or the name, asked."""
    if flow.foreign is None:
        return
    for ref, artefact in snapshot.structures().items():
        body = artefact.body
        if not isinstance(body, Agreement) or body.usage != flow.foreign.flow:
            continue
        named = asked.context != "provisionagreement" or is_named(ref, asked)
        if named and (not asked.providers or body.provider.item in asked.providers):
            yield ref, body


def _absent(snapshot: Snapshot, asked: Named) -> Refusal:
    """Why there is no such dataflow, or what there is. Raises Withdrawn if that is why."""
    _raise_withdrawn(snapshot, asked)
    flows = snapshot.flows()
    if asked.providers:
        without = replace(asked, providers=frozenset())
        if any(_fits(snapshot, each.dataflow, without) for each in flows):
            providers = "+".join(sorted(asked.providers))
            return Refusal(404, f"{providers[:80]} provides no data of {asked.told}.")
    agencies = sorted({flow_of(each.dataflow).agency for each in flows} or {AGENCY})
    if _of_ours(asked) and agencies == [AGENCY]:
        try:
            snapshot.manifest(asked.one.removeprefix("DSD_"))
        except BadInput as error:
            return Refusal(404, str(error))
    lists = "structure/dataflow/*" if asked.service == 2 else "dataflow/all"
    listed = " and ".join(agencies) if len(agencies) < 3 else f"{len(agencies):,} agencies"
    return Refusal(
        404, f"There is no dataflow {asked.told}. There are dataflows of {listed}: {lists}."
    )


def _raise_withdrawn(snapshot: Snapshot, asked: Named) -> None:
    """Raises Withdrawn if what is asked for was."""
    known = {name.split("/", 1)[0] for name in snapshot.catalog.withdrawn}
    own = asked.one.removeprefix("DSD_")
    for name in known - set(snapshot.catalog.current):
        agency, _, rest = name.rpartition("@")[0].rpartition("@")
        ours = name == own and _of_ours(asked)
        theirs = rest == own and (not asked.agencies or agency in asked.agencies)
        if ours or theirs:
            snapshot.manifest(name)


def _fits(snapshot: Snapshot, flow: Dataflow, asked: Named) -> bool:
    if asked.context == "provisionagreement":
        return any(_agreements(snapshot, flow, asked))
    named = [flow_of(flow)] if asked.context != "datastructure" else []
    named += [structure_of(flow)] if asked.context != "dataflow" else []
    if not any(is_named(ref, asked) for ref in named):
        return False
    if not asked.providers:
        return True
    if flow.foreign is None:
        return AGENCY in asked.providers
    return any(_agreements(snapshot, flow, asked))


def is_named(ref: Ref, asked: Named) -> bool:
    """Whether an artefact has the agency, id and version that are asked for."""
    agencies = {agency.casefold() for agency in asked.agencies}
    return (
        (not asked.ids or ref.id in asked.ids)
        and (not agencies or ref.agency.casefold() in agencies)
        and bool(matching([ref.version], asked.version))
    )


def _of_ours(asked: Named) -> bool:
    """Whether the agency is ours, in whatever letters, or any."""
    return not asked.agencies or AGENCY.casefold() in map(str.casefold, asked.agencies)


def _alternatives(text: str) -> frozenset[str]:
    found = frozenset(part for part in re.split(r"[,+ ]", text) if part)
    return frozenset() if any(part.lower() in WILD for part in found) else found

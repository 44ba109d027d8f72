"""Which dataflows an address names, in the order both versions of the service have for it."""

import re
from dataclasses import dataclass

from cauce.model.dataflow import AGENCY, Dataflow
from cauce.model.errors import BadInput
from cauce.model.vintage import Manifest
from cauce.portal.sdmx.query import WILD
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.versions import matching
from cauce.store import Snapshot, Withdrawn

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


def flows_of(snapshot: Snapshot, asked: Named) -> tuple[Manifest, ...]:
    """The current vintages of the dataflows that are named, by survey and id.

    Raises:
        Refusal: 404, one is named that there is none of.
        Withdrawn: it is no more.
    """
    found = tuple(m for m in snapshot.flows() if _fits(m.dataflow, asked))
    if not found and asked.one and asked.context != "provisionagreement":
        raise _absent(snapshot, asked)
    return found


def structure_of(flow: Dataflow) -> str:
    """The id of its data structure."""
    return f"DSD_{flow.id}"


def _absent(snapshot: Snapshot, asked: Named) -> Refusal:
    """Why there is no such dataflow, or what there is. Raises Withdrawn if that is why."""
    if _of_ours(asked):
        try:
            snapshot.manifest(asked.one.removeprefix("DSD_"))
        except Withdrawn:
            raise
        except BadInput as error:
            return Refusal(404, str(error))
    lists = f"structure/dataflow/{AGENCY}" if asked.service == 2 else f"dataflow/{AGENCY}"
    return Refusal(
        404,
        f"There is no dataflow {asked.told}: the agency of all is {AGENCY} and their version 1.0. "
        f"{lists} names them.",
    )


def _fits(flow: Dataflow, asked: Named) -> bool:
    if asked.context == "provisionagreement":
        return False
    own = {flow.id} if asked.context == "dataflow" else {flow.id, structure_of(flow)}
    return (
        (not asked.ids or bool(own & asked.ids))
        and _of_ours(asked)
        and bool(matching([flow.version], asked.version))
        and (not asked.providers or AGENCY in asked.providers)
    )


def _of_ours(asked: Named) -> bool:
    """Whether the agency is ours, in whatever letters, or any."""
    return not asked.agencies or AGENCY.casefold() in map(str.casefold, asked.agencies)


def _alternatives(text: str) -> frozenset[str]:
    found = frozenset(part for part in re.split(r"[,+ ]", text) if part)
    return frozenset() if any(part.lower() in WILD for part in found) else found

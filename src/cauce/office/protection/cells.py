"""The withheld cells of a table, and one of them: why, how narrowly known, and at what price."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from starlette.responses import Response

from cauce.model.audit import Bound, Key, Withheld
from cauce.model.dataflow import Dataflow
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.protection.pages import Asked, address, asked_of, between, number, times
from cauce.office.protection.seen import audit_of
from cauce.pipeline.audited import Audited
from cauce.protect.reasons import OTHERS_SAKE, reason

PAGE = 50
REGISTERS = "registers/"
"""How the provenance of a count names the register in the place of a pack."""
BY_NAME = 2
"""From this dimension on, the indicator, a cell is called by the names of its codes."""


@dataclass(frozen=True)
class CellLine:
    """A withheld cell: what it is of, why it is withheld, how narrowly it is known."""

    name: str
    href: str
    why: str
    narrowest: str
    own: bool


@dataclass(frozen=True)
class CellsPage:
    """What templates/protection/cells.html is given, and nothing else."""

    title: str
    back: str
    release: str
    flow: str
    told: str
    lines: tuple[CellLine, ...]
    previous: str
    next: str


@dataclass(frozen=True)
class CellPage:
    """What templates/protection/cell.html is given, and nothing else.

    `price` says what publishing it would cost, so far as it is known; `command` asks.
    """

    title: str
    back: str
    flow: str
    key: str
    why: tuple[str, ...]
    bounds: tuple[tuple[str, str], ...]
    price: str
    command: str
    answers: tuple[Asked, ...]
    instead: tuple[str, ...]


def table(visit: Visit) -> Response:
    """The withheld cells of a table, a page of them."""
    found = audit_of(visit)
    flow = _flow(visit, found)
    cells = [one for one in found.kept.audit.withheld if one.flow == flow.id]
    narrowest = _narrowest(found, flow.id)
    asked = visit.asked("page")
    at = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 6 else 1
    pages = max(1, -(-len(cells) // PAGE))
    at = min(max(1, at), pages)
    said = visit.words
    page = CellsPage(
        title=visit.of(flow.name),
        back=address(visit),
        release=f"{found.kept.survey} {found.kept.vintage}",
        flow=flow.id,
        told=said("protection.cells_told", count=said.number(len(cells), 0), page=at, pages=pages),
        lines=tuple(
            CellLine(
                name=named(visit, flow, one.key),
                href=address(visit, flow.id, ".".join(one.key)),
                why="; ".join(visit.of(reason(each)) for each in one.why),
                narrowest=times(visit, narrowest.get(one.key, float("nan"))),
                own=_own(one),
            )
            for one in cells[(at - 1) * PAGE : at * PAGE]
        ),
        previous=address(visit, flow.id, page=str(at - 1)) if at > 1 else "",
        next=address(visit, flow.id, page=str(at + 1)) if at < pages else "",
    )
    return visit.show("protection/cells.html", page)


def cell(visit: Visit) -> Response:
    """One withheld cell; one that is not withheld is not there."""
    found = audit_of(visit)
    flow, said = _flow(visit, found), visit.words
    key = tuple(visit.part("key").split("."))
    withheld = found.cell(flow.id, key)
    if withheld is None:
        raise NotThere
    text = f"{flow.id}:{'.'.join(key)}"
    answers = [one for one in found.answers if text in one.publish]
    own = _own(withheld)
    price = "own" if own else "asked" if answers else "not_asked"
    page = CellPage(
        title=named(visit, flow, key),
        back=address(visit, flow.id),
        flow=visit.of(flow.name),
        key=text,
        why=tuple(visit.of(reason(each)) for each in withheld.why),
        bounds=tuple(
            (number(visit, one.of.number), between(visit, one))
            for one in found.bounds(flow.id, key)
        ),
        price=said(f"protection.price_{price}"),
        command="" if own else _command(found, text),
        answers=tuple(asked_of(visit, one) for one in answers),
        instead=tuple(
            f"{named(visit, of, each.key)} ({visit.of(of.name)})"
            for one in answers[:1]
            for each in one.closed
            for of in (_of(found, each.flow),)
        ),
    )
    return visit.show("protection/cell.html", page)


def named(visit: Visit, flow: Dataflow, key: Key) -> str:
    """A cell by the names of its codes, from the indicator on."""
    parts = zip(flow.dimensions[BY_NAME:], key[BY_NAME:], strict=False)
    names = ({code.id: visit.of(code.name) for code in d.codes}.get(id_, id_) for d, id_ in parts)
    return " · ".join(names)


def _own(one: Withheld) -> bool:
    """Whether it is withheld for its own sake, so that no price would be enough."""
    return not OTHERS_SAKE.issuperset(one.why)


def _command(found: Audited, cell: str) -> str:
    kept = found.kept
    pack = next(part.provenance.pack for part in found.manifests[0].parts)
    if pack.startswith(REGISTERS):
        name = pack.removeprefix(REGISTERS).split()[0]
        return f"cauce register count {name} --day … --store … --what-if publish={cell}"
    return (
        f"cauce protect {pack} --file … --what-if publish={cell} --store … --vintage {kept.vintage}"
    )


def _narrowest(found: Audited, flow: str) -> Mapping[Key, float]:
    """The narrowest bound of each cell of a table, in widths that are asked."""
    least: dict[Key, float] = {}
    for one in found.kept.audit.bounds:
        if one.of.flow == flow:
            least[one.of.key] = min(least.get(one.of.key, float("inf")), _relative(one))
    return least


def _relative(bound: Bound) -> float:
    found = (bound.high - bound.low) / bound.width if bound.width else float("nan")
    return found if isfinite(found) else float("inf")


def _flow(visit: Visit, found: Audited) -> Dataflow:
    """The table that the address names. Raises NotThere."""
    for manifest in found.manifests:
        if manifest.dataflow.id == visit.part("flow"):
            return manifest.dataflow
    raise NotThere


def _of(found: Audited, flow: str) -> Dataflow:
    return next(one.dataflow for one in found.manifests if one.dataflow.id == flow)

"""The page for a table, a vintage or a number that is not there: it says what is."""

from dataclasses import dataclass
from difflib import get_close_matches

from starlette.responses import Response

from cauce.model.observation import Observations
from cauce.portal.links import Link, address, explain_address, table_path
from cauce.portal.pages import Invented
from cauce.portal.visit import Handler, Visit
from cauce.store import NotPublished, Withdrawn
from cauce.store.keys import key_text

MOST, FEW = 12, 6


@dataclass(frozen=True)
class MissingPage:
    """What templates/missing.html is given, and nothing else."""

    title: str
    invented: Invented
    text: str
    there: tuple[Link, ...]
    every: str


def or_missing(handler: Handler) -> Handler:
    """A plain page that says what exists where a table or a vintage does not."""

    def answer(visit: Visit) -> Response:
        try:
            return handler(visit)
        except Withdrawn:
            raise
        except NotPublished:
            return missing_answer(visit)

    return answer


def no_number(visit: Visit, table: Observations, vintage: str) -> Response:
    """404, with the first numbers of the table and how they are named."""
    words, flow = visit.words, table.dataflow
    rows = [(key_text(flow, key), int(key[-1])) for key in table.key[:FEW].tolist()]
    periods = flow.dimensions[-1].codes
    links = tuple(
        Link(
            f"{key}, {periods[at].id}",
            explain_address(visit.language, flow.id, key, periods[at].id, vintage),
        )
        for key, at in rows
    )
    named = ".".join(dimension.id for dimension in flow.dimensions[:-1])
    text = words("no_number", flow=flow.id, number=visit.part("key")[:120], named=named)
    page = MissingPage(words("no_number_title"), "", text, links, f"/{visit.language}/tables")
    return visit.show("missing.html", page, 404)


def missing_answer(visit: Visit) -> Response:
    """404, with the vintages of the table, or the tables whose names are like what was asked."""
    flow = visit.part("flow")
    kept = visit.snapshot.vintages(flow)
    page = _vintages(visit, flow, kept) if kept else _tables(visit, flow)
    return visit.show("missing.html", page, 404)


def _vintages(visit: Visit, flow: str, kept: tuple[str, ...]) -> MissingPage:
    words, path = visit.words, table_path(visit.language, flow)
    asked = visit.query().get("vintage", "").strip()[:40]
    current = visit.snapshot.catalog.current.get(flow, "")
    links = tuple(
        Link(name, address(path, {"vintage": "" if name == current else name}))
        for name in reversed(kept)
    )
    text = words("no_vintage", flow=flow, vintage=asked)
    return MissingPage(words("no_vintage_title"), "", text, links, f"/{visit.language}/tables")


def _tables(visit: Visit, flow: str) -> MissingPage:
    words = visit.words
    names = {m.dataflow.id: words.of(m.dataflow.name) for m in visit.snapshot.flows()}
    alike = get_close_matches(flow.upper()[:80], names, MOST, 0.5)
    links = tuple(
        Link(f"{names[id_]} ({id_})", table_path(visit.language, id_))
        for id_ in alike or sorted(names)[:MOST]
    )
    text = words("no_table", flow=flow[:80], count=len(names))
    return MissingPage(words("no_table_title"), "", text, links, f"/{visit.language}/tables")

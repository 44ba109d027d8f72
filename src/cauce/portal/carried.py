"""The page on the site as a folder: what it holds, and what needs the service."""

from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.rule import rule_in
from cauce.portal.corridor.every import every_corridor
from cauce.portal.pages import Invented
from cauce.portal.visit import Handler, Visit


@dataclass(frozen=True)
class FolderPage:
    """What templates/reading/folder.html is given, and nothing else."""

    title: str
    invented: Invented
    state: str
    corridors: str
    closed: tuple[tuple[str, str], ...]


def _folder(visit: Visit) -> Response:
    words, catalog = visit.words, visit.snapshot.catalog
    flows = (m.dataflow for m in visit.snapshot.flows() if not m.dataflow.source.open_licence)
    every = visit.once(every_corridor)
    page = FolderPage(
        title=words("folder_title"),
        invented="",
        state=words(
            "folder_state",
            moment=words.moment(catalog.at),
            generation=words.number(catalog.generation, 0),
        ),
        corridors=words(
            "folder_corridors",
            there=words.number(len(every.near), 0),
            count=words.number(every.count, 0),
        ),
        closed=tuple(
            (words.of(flow.name), rule_in(flow.source.licence, words.language)) for flow in flows
        ),
    )
    return visit.show("reading/folder.html", page)


PAGES: tuple[tuple[str, Handler], ...] = (("/folder", _folder),)

"""The addresses of the explorer."""

from dataclasses import replace

from starlette.responses import Response

from cauce.portal.explorer.embed import embed_page
from cauce.portal.explorer.files import FILES, file
from cauce.portal.explorer.page import Looked, looked_at, table_page
from cauce.portal.explorer.shelf import shelf_of, wish_of
from cauce.portal.guard import POLICY
from cauce.portal.visit import Handler, Visit

# Only these pages may stand in a frame, and in anybody's: they hold nothing to click by mistake.
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


def _looked(visit: Visit) -> Looked:
    """The view an address asks for; differences are read only if they are."""
    looked = looked_at(shelf_of(visit), wish_of(visit))
    if not looked.view.compare:
        return looked
    manifest = looked.shelf.manifest
    found = visit.snapshot.differences(manifest.dataflow.id, manifest.vintage)
    return replace(looked, differences=found)


def root_of(visit: Visit) -> str:
    """The address of the site as the reader knows it."""
    return str(visit.request.base_url).rstrip("/")


def _table(visit: Visit) -> Response:
    page = table_page(_looked(visit), wish_of(visit), root_of(visit), visit.words)
    return visit.show("table.html", page)


def _embed(visit: Visit) -> Response:
    answer = visit.show("embed.html", embed_page(_looked(visit), root_of(visit), visit.words))
    answer.headers["Content-Security-Policy"] = FRAMED
    return answer


PAGES: tuple[tuple[str, Handler], ...] = (
    *((f"/tables/{{flow}}.{one.ending}", file(one)) for one in FILES),
    ("/tables/{flow}", _table),
    ("/embed/{flow}", _embed),
)

"""All tables of the site, or some, as one Data Package."""

from collections.abc import Sequence
from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.model.text import LANGUAGES, Text
from cauce.model.vintage import Manifest
from cauce.portal.bounds import Limits, TooMuch, sent
from cauce.portal.bounds.cost import COLUMNS, rows_in
from cauce.portal.visit import Handler, Visit
from cauce.portal.words import words
from cauce.publish import Rows
from cauce.publish.package import Packed, package_files, zipped
from cauce.store import Snapshot

KIND = "application/zip"
WEIGHT = 2.0
"""A cell of a package in cells of plain CSV: it is written, hashed and packed."""


def _all(visit: Visit) -> Response:
    """Every table that may be given away whole, or those of them that are named."""
    snapshot = visit.snapshot
    named = dict.fromkeys(visit.request.query_params.getlist("flow"))
    manifests = [snapshot.manifest(flow) for flow in named] if named else snapshot.flows()
    given = [one for one in manifests if one.dataflow.source.open_licence]
    if not given:
        raise HTTPException(403 if manifests else 404)
    afford_all(given, visit.site.limits)
    tables = [Packed(one, partial(_rows, snapshot, one.dataflow.id)) for one in given]
    title = Text(*(words(language)("package_title") for language in LANGUAGES))
    if len(given) == 1:
        title = given[0].dataflow.name
    files = package_files(tables, title, visit.language, f"{visit.root}/{visit.language}/tables")
    headers = {
        "Content-Type": KIND,
        "Content-Disposition": 'attachment; filename="cauce.zip"',
    }
    return sent(zipped(files), visit.request, headers)


def _rows(snapshot: Snapshot, flow: str) -> Rows:
    return Rows.all(snapshot.observations(flow))


def afford_all(manifests: Sequence[Manifest], limits: Limits) -> None:
    """Raises TooMuch if all tables together are more than the longest answer."""
    cells = sum(rows_in(one) * (len(one.dataflow.dimensions) + COLUMNS) for one in manifests)
    if cells * WEIGHT <= limits.most_cells:
        return
    rows = f"{sum(map(rows_in, manifests)):,}"
    told = (
        f"All tables together have {rows} rows: more than is given at once. Name some of them, "
        f"?flow={manifests[0].dataflow.id}&flow=…, or take each table's .zip by itself."
    )
    raise TooMuch(413, "package_too_large", told, {"rows": rows})


PAGES: tuple[tuple[str, Handler], ...] = (("/package.zip", _all),)

"""The addresses of metadata and citations, and what answers."""

from collections.abc import Iterator

from starlette.responses import Response

from cauce.model.vintage import Manifest
from cauce.portal.metadata.cite import as_bibtex, as_csl, as_ris, citation
from cauce.portal.metadata.page import metadata_page
from cauce.portal.visit import Handler, Visit
from cauce.store import Damaged, Withdrawn

MOST_RULES = 12


def _manifest(visit: Visit) -> tuple[Manifest, str]:
    """The vintage an address names, and its name if that is not the current one."""
    flow = visit.part("flow")
    manifest = visit.snapshot.manifest(flow, visit.query().get("vintage") or None)
    current = visit.snapshot.catalog.current.get(flow)
    return manifest, "" if manifest.vintage == current else manifest.vintage


def _metadata(visit: Visit) -> Response:
    manifest, asked = _manifest(visit)
    flow, snapshot = manifest.dataflow.id, visit.snapshot
    rules = dict.fromkeys(r for r in snapshot.observations(flow, manifest.vintage).rule if r)
    page = metadata_page(
        manifest,
        tuple(_kept(visit, flow)),
        snapshot.withdrawn(flow),
        tuple(rules)[:MOST_RULES],
        asked,
        visit.words,
        visit.root,
    )
    return visit.show("reading/metadata.html", page)


def _kept(visit: Visit, flow: str) -> Iterator[Manifest]:
    for vintage in visit.snapshot.vintages(flow):
        try:
            yield visit.snapshot.manifest(flow, vintage)
        except (Damaged, Withdrawn):
            continue


def _bibtex(visit: Visit) -> Response:
    cited = citation(_manifest(visit)[0], visit.words, visit.root)
    return _file(as_bibtex(cited, visit.words), "application/x-bibtex", f"{cited.id}.bib")


def _ris(visit: Visit) -> Response:
    cited = citation(_manifest(visit)[0], visit.words, visit.root)
    kind = "application/x-research-info-systems"
    return _file(as_ris(cited, visit.words), kind, f"{cited.id}.ris")


def _csl(visit: Visit) -> Response:
    cited = citation(_manifest(visit)[0], visit.words, visit.root)
    return _file(as_csl(cited), "application/vnd.citationstyles.csl+json", f"{cited.id}.csl.json")


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=kind, headers=headers)


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/metadata/{flow}.bib", _bibtex),
    ("/metadata/{flow}.ris", _ris),
    ("/metadata/{flow}.csl.json", _csl),
    ("/metadata/{flow}", _metadata),
)

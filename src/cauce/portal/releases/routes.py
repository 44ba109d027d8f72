"""The addresses of releases and revisions, and what answers."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.model.observation import Observations
from cauce.portal.feed import feeds
from cauce.portal.releases.channels import releases_channel, revisions_channel
from cauce.portal.releases.notices import notices
from cauce.portal.releases.page import releases_page
from cauce.portal.releases.revised import all_revised
from cauce.portal.releases.revisions import revision_page, revisions_page
from cauce.portal.visit import Handler, Visit
from cauce.store import NotPublished, Withdrawn


def _releases(visit: Visit) -> Response:
    flows = visit.snapshot.flows()
    kept = {f"{m.survey}/{m.vintage}" for m in flows} | set(visit.snapshot.catalog.manifests)
    today = visit.site.clock().date()
    told = visit.once(notices), visit.site.calendar, frozenset(kept), today
    return visit.show("reading/releases.html", releases_page(*told, visit.words))


def _revisions(visit: Visit) -> Response:
    page = revisions_page(visit.once(all_revised), visit.words)
    return visit.show("reading/revisions.html", page)


def _revision(visit: Visit) -> Response:
    flow, vintage = visit.part("flow"), visit.part("vintage")
    manifest = visit.snapshot.manifest(flow, vintage)
    same = (x for x in visit.once(all_revised) if x.manifest == manifest)
    one = next(same, None)
    if one is None:
        raise HTTPException(404)
    new = visit.snapshot.observations(flow, vintage)
    number = visit.query().get("page", "")
    sensible = number.isascii() and number.isdecimal() and 0 < len(number) < 6
    page = max(1, int(number)) if sensible else 1
    told = revision_page(one, _before(visit, flow, manifest.supersedes), new, page, visit.words)
    return visit.show("reading/revision.html", told)


def _before(visit: Visit, flow: str, vintage: str) -> Observations | None:
    try:
        return visit.snapshot.observations(flow, vintage)
    except (NotPublished, Withdrawn):
        return None


PAGES: tuple[tuple[str, Handler], ...] = (
    *feeds("/releases", lambda v: releases_channel(v.once(notices), v.words)),
    *feeds("/revisions", lambda v: revisions_channel(v.once(all_revised), v.words)),
    ("/releases", _releases),
    ("/revisions", _revisions),
    ("/revisions/{flow}/{vintage}", _revision),
)
DATED = frozenset({_releases})
"""What says something else on another day: an announced release may be late."""

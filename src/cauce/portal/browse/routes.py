"""The addresses of topics and indicators; countries and corridors are with the registers."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cauce.portal.browse.indicators import indicator_page, published
from cauce.portal.browse.topics import topic_page, topics_page
from cauce.portal.visit import Handler, Visit


def _topics(visit: Visit) -> Response:
    return visit.show("reading/topics.html", topics_page(visit.snapshot.flows(), visit.words))


def _topic(visit: Visit) -> Response:
    page = topic_page(visit.part("theme"), visit.snapshot.flows(), visit.words)
    if page is None:
        raise HTTPException(404)
    return visit.show("reading/topic.html", page)


def _indicator(visit: Visit) -> Response:
    wanted = visit.part("indicator")
    found = (x for x in published(visit.snapshot.flows()) if x.indicator.id == wanted)
    one = next(found, None)
    if one is None:
        raise HTTPException(404)
    page = indicator_page(one, visit.snapshot.observations, visit.words)
    return visit.show("reading/indicator.html", page)


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/topics", _topics),
    ("/topics/{theme}", _topic),
    ("/indicators/{indicator}", _indicator),
)

"""The addresses of corridors, and what answers."""

import re
from functools import partial

from starlette.responses import RedirectResponse, Response

from cauce.portal.corridor.ends import Ends, countries, ends_of
from cauce.portal.corridor.every import countries_page, end_page, every_corridor
from cauce.portal.corridor.page import CorridorsPage, corridor_page, corridors_page
from cauce.portal.corridor.telling import told_corridor
from cauce.portal.largest import stock_of
from cauce.portal.placed import placed
from cauce.portal.registers.library import Library
from cauce.portal.registers.measure import MEASURES, MOST_BYTES
from cauce.portal.visit import Handler, Visit
from cauce.publish.brief import PAPERS, brief_pdf

EDGES = re.compile(rb"(<svg|</svg>)")
LANES = (4, 3, 2, 1)
MOST_STRANGE = 40


def _corridors(visit: Visit) -> Response:
    """The list; a form that names two countries leads to their corridor."""
    query = visit.query()
    origin, destination = query.get("from", ""), query.get("to", "")
    if origin or destination:
        if not (origin and destination):
            # One end alone leads to all corridors that share it.
            way = f"from/{origin}" if origin else f"to/{destination}"
            known = countries(visit.snapshot, visit.words)
            if (origin or destination) in known:
                return RedirectResponse(f"/{visit.language}/corridors/{way}", 303)
        code = f"{origin}-{destination}"
        if ends_of(code, countries(visit.snapshot, visit.words)) is None:
            return _listed(visit, code)
        return RedirectResponse(f"/{visit.language}/corridors/{code}", 303)
    return _listed(visit)


def _countries(visit: Visit) -> Response:
    every, known = visit.once(every_corridor), countries(visit.snapshot, visit.words)
    return visit.show("corridor/countries.html", countries_page(every, known, visit.words))


def _end(visit: Visit, out: bool) -> Response:
    """The corridors out of a country or into it."""
    known, stock = countries(visit.snapshot, visit.words), stock_of(visit.snapshot)
    every, code = visit.once(every_corridor), visit.part("country")
    page = end_page(code, out, every, stock, known, visit.words)
    return _listed(visit, code) if page is None else visit.show("corridor/end.html", page)


def _listed(visit: Visit, strange: str = "") -> Response:
    """The list of corridors, also as the answer to what is none."""
    words, stock = visit.words, stock_of(visit.snapshot)
    library, known = Library(visit.snapshot.shelves, words), countries(visit.snapshot, words)

    def page(most: int) -> CorridorsPage:
        return corridors_page(library, stock, known, most, strange[:MOST_STRANGE])

    status = 404 if strange else 200
    for most in LANES:
        response = visit.show("corridor/corridors.html", page(most), status)
        if without_drawings(bytes(response.body)) <= MOST_BYTES:
            break
    return response


def _ends(visit: Visit) -> Ends | None:
    return ends_of(visit.part("corridor"), countries(visit.snapshot, visit.words))


def _corridor(visit: Visit) -> Response:
    """The page with as much of the registers in it as 30 kB hold beside the pictures."""
    ends = _ends(visit)
    if ends is None:
        return _listed(visit, visit.part("corridor"))
    brief = told_corridor(visit.snapshot, ends, visit.words, visit.site.clock().date())
    others = placed(visit.snapshot.flows())
    for measure in MEASURES:
        library = Library(visit.snapshot.shelves, visit.words, measure, others)
        response = visit.show("corridor/corridor.html", corridor_page(brief, library, ends))
        if without_drawings(bytes(response.body)) <= MOST_BYTES:
            break
    return response


def _paper(visit: Visit) -> Response:
    """The brief on two pages; `?paper=letter` for the other size of sheet."""
    ends = _ends(visit)
    if ends is None:
        return _listed(visit, visit.part("corridor"))
    paper = visit.query().get("paper", "")
    site = str(visit.request.base_url).rstrip("/")
    brief = told_corridor(visit.snapshot, ends, visit.words, visit.site.clock().date())
    content = brief_pdf(brief, paper if paper in PAPERS else PAPERS[0], site)
    name = f"cauce_{ends.code}_{visit.language}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def without_drawings(body: bytes) -> int:
    """How many bytes a page has beside its drawings, which may lie in one another."""
    depth, count = 0, 0
    for piece in EDGES.split(body):
        depth += {b"<svg": 1, b"</svg>": -1}.get(piece, 0)
        count += len(piece) if depth == 0 else 0
    return count


PAGES: tuple[tuple[str, Handler], ...] = (
    ("/corridors", _corridors),
    ("/corridors/countries", _countries),
    ("/corridors/from/{country}", partial(_end, out=True)),
    ("/corridors/to/{country}", partial(_end, out=False)),
    ("/corridors/{corridor}.pdf", _paper),
    ("/corridors/{corridor}", _corridor),
)
DATED = frozenset({_corridor, _paper})
"""What says something else on another day: licences are told as of the day of reading."""

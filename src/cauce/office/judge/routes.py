"""The addresses of judgements."""

from pathlib import Path

from starlette.routing import BaseRoute, Route

from cauce.office.desk.visit import Handler, Room, visited
from cauce.office.judge import alike, certificates, checklists, eligibility, network, pages
from cauce.office.judge.pages import judged

PHASE = "/judge/eligibility/{key}/{phase}"


def routes(
    room: Room, frames: Path | None = None, portal: str = "", criteria: Path | None = None
) -> list[BaseRoute]:
    """What answers with judgements; those by a frame only with frames to judge by."""
    addresses: list[tuple[str, str, Handler]] = [
        ("GET", "/judge", pages.index(checklists.kinds)),
        ("GET", "/judge/plans/{key}", judged(pages.plan)),
        ("GET", "/judge/courses/{key}", judged(pages.course)),
        ("GET", "/judge/diasporas/{country}", judged(pages.diaspora)),
        ("GET", "/judge/surveys/{key}", judged(pages.survey)),
        ("GET", "/judge/mechanisms/{key}", judged(pages.mechanism)),
        ("GET", "/judge/contracts/{key}", judged(pages.contract)),
        ("GET", "/judge/protections/{scheme}", judged(pages.protections)),
        ("GET", "/judge/studies/{country}", judged(pages.studies)),
        ("GET", "/judge/recruiters", alike.ask),
        ("POST", "/judge/recruiters", alike.answer),
        ("GET", PHASE, eligibility.ask),
        ("POST", PHASE, eligibility.answer),
        ("GET", "/judge/corridors", network.corridors),
        ("GET", "/judge/certificates/{key}", certificates.certificate(portal)),
    ]
    if frames is not None:
        addresses.append(("GET", "/judge/needs/{key}", judged(pages.needs(frames))))
        addresses += checklists.routes(frames, criteria)
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in addresses
    ]

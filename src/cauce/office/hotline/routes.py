"""The addresses of the hotline. What is typed comes in bodies, never in an address."""

from pathlib import Path

from starlette.routing import BaseRoute, Route

from cauce.office.desk.visit import Handler, Room, visited
from cauce.office.hotline import box, case, home, refer, screen, take

CASE = "/hotline/cases/{key}"


def routes(room: Room, frames: Path | None = None) -> list[BaseRoute]:
    """What answers at the hotline; nobody is screened without the questions."""
    addresses: tuple[tuple[str, str, Handler], ...] = (
        ("GET", "/hotline", home.home),
        ("POST", "/hotline", home.look_for),
        ("GET", "/hotline/figures", home.figures),
        ("GET", "/hotline/box", box.box),
        ("POST", "/hotline/box", box.take_in),
        ("POST", f"{CASE}/answer", box.answer),
        ("GET", "/hotline/take", take.ask),
        ("POST", "/hotline/take", take.take),
        ("GET", CASE, case.case),
        ("POST", CASE, case.open_case),
        ("GET", f"{CASE}/screen", screen.asking(frames)),
        ("POST", f"{CASE}/screen", screen.answering(frames)),
        ("GET", f"{CASE}/refer", refer.ask),
        ("POST", f"{CASE}/refer", refer.refer),
    )
    return [
        Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
        for method, path, handler in addresses
    ]

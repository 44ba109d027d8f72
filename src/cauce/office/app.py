"""The editors' side: addresses and what answers them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cauce.letterbox import Box
from cauce.model.access import Access
from cauce.office.api import problem_of
from cauce.office.api import routes as api_routes
from cauce.office.books import routes as book_routes
from cauce.office.desk.failures import failures, reader_of
from cauce.office.desk.pages import OFFICE, Pages
from cauce.office.desk.routes import routes
from cauce.office.desk.visit import CsrfField, Room
from cauce.office.hotline import routes as hotline_routes
from cauce.office.judge.checklists import further_checks
from cauce.office.judge.routes import routes as judge_routes
from cauce.office.mobility.routes import routes as mobility_routes
from cauce.office.protection import routes as protection_routes
from cauce.office.releases import routes as release_routes
from cauce.office.seat import Office, Proposes, now
from cauce.pipeline.registers import Declared
from cauce.store import Holds
from cauce.store.log import Database
from cauce.store.log.key_folder import KeyFolder


@dataclass(frozen=True)
class Entrance:
    """What says who comes in: it sets `state.account` and `state.form` of every request.

    `csrf` is the hidden field every form must repeat; `keep` shows what somebody typed whose
    session had ended.
    """

    middleware: Sequence[Middleware]
    routes: Sequence[BaseRoute]
    csrf: CsrfField
    keep: Callable[[Request], Response]


def create_office(
    database: Database,
    declared: Declared,
    access: Access,
    keys: KeyFolder,
    entrance: Entrance,
    clock: Callable[[], datetime] = now,
    frames: Path | None = None,
    portal: str = "",
    holds: Holds | None = None,
    criteria: Path | None = None,
    box: Box | None = None,
    address: str = "",
    complain: str = "",
    proposes: Proposes | None = None,
) -> Starlette:
    """The office over a register database.

    `frames` are those that needs are judged by, `portal` is the address of the public pages, which
    certificates lead to. `holds` are the releases that wait for a second person. `criteria` are a
    licensed copy of those of IRIS, in place of ours; `box` has the letters of the form for
    complaints. `address` is where people and devices find the office, and `complain` where workers
    find that form; "" for none. `proposes` codes of occupations from words.
    """
    parts = (declared.registers, declared.lists, declared.topics, access, keys, clock)
    office = Office(database, *parts, proposes)
    pages = Pages()
    room = Room(office, pages, entrance.csrf, entrance.keep, holds, box, address, complain)
    addresses: list[BaseRoute] = [
        Route("/", _choose_language),
        Route("/healthz", _health(database)),
        Mount("/static", _Kept(directory=OFFICE / "static"), name="static"),
        *entrance.routes,
        *api_routes(office),
        *judge_routes(room, frames, portal, criteria),
        *hotline_routes(room, frames),
        *book_routes(room, further_checks(declared, frames, criteria)),
        *release_routes(room),
        *protection_routes(room),
        *mobility_routes(room),
        *routes(room),
    ]
    return Starlette(
        routes=addresses,
        middleware=list(entrance.middleware),
        exception_handlers=dict(failures(pages, problem_of)),
    )


class _Kept(StaticFiles):
    """The style sheet and the mark, which a browser keeps: not again with every page on a phone."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "max-age=3600"
        return response


def _choose_language(request: Request) -> Response:
    return RedirectResponse(f"/{reader_of(request)}/", 302, {"Vary": "Accept-Language"})


def _health(database: Database) -> Callable[[Request], Response]:
    def answer(_: Request) -> Response:
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
        return PlainTextResponse("ok\n")

    return answer

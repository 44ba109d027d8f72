"""Devices of posts and farms: enrolled here, each with a key that is shown once; and their page."""

import re
from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.mobility.here import (
    acts,
    countries_run,
    may_act,
    now_of,
    operation_of,
    own_address,
)
from cauce.publish.cards.page import page as card_page
from cauce.registers.cards.batch import CODE
from cauce.store.log.card_keys import ring_of
from cauce.store.log.cards import lists_of
from cauce.store.log.database import told
from cauce.store.log.devices import Device, devices_of, end, enrol

DOOR = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")


@dataclass(frozen=True)
class ShownDevice:
    """A device in the list; `end` is where it is ended, "" if it was or may not be."""

    name: str
    id: str
    kind: str
    where: str
    since: str
    until: str
    end: str


@dataclass(frozen=True)
class DevicesPage:
    """What templates/mobility/devices.html is given, and nothing else."""

    title: str
    devices: tuple[ShownDevice, ...]
    countries: tuple[tuple[str, str], ...]
    writes: bool
    post_page: str
    problem: str
    given: dict[str, str]


@dataclass(frozen=True)
class EnrolledPage:
    """What templates/mobility/enrolled.html is given, and nothing else."""

    title: str
    name: str
    key: str
    post_page: str
    back: str


def devices(visit: Visit) -> Response:
    return _list(visit, "", {})


def enrol_device(visit: Visit) -> Response:
    """A new device; its key is shown on this page and nowhere else."""
    operation_of(visit)
    names = ("country", "name", "kind", "place", "employer")
    given = {name: visit.given(name).strip() for name in names}
    given["place"], given["employer"] = given["place"].upper(), given["employer"].upper()
    may_act(visit, given["country"])
    problem = _wrong(visit, given)
    if problem:
        return _list(visit, problem, given)
    farm = given["kind"] == "FARM"
    wished = Device(
        "",
        given["country"],
        given["name"],
        given["kind"],
        given["place"],
        given["employer"] if farm else "",
        "",
    )
    here = told(frozenset({wished.country}))
    try:
        with visit.room.office.database.writing(visit.account.id, here) as connection:
            made, key = enrol(connection, wished, visit.account.id, now_of(visit))
    except BadInput:
        return _list(visit, visit.words("mobility.device_wrong"), given)
    page = EnrolledPage(
        visit.words("mobility.enrolled"),
        made.name,
        key,
        visit.address("mobility", "post.html"),
        visit.address("mobility", "devices"),
    )
    return visit.show("mobility/enrolled.html", page)


def _wrong(visit: Visit, given: dict[str, str]) -> str:
    """What to say of a form whose place or employer are no codes."""
    place, employer = CODE.fullmatch(given["place"]), CODE.fullmatch(given["employer"])
    if not place or (given["kind"] == "FARM" and not employer):
        return visit.words("mobility.device_wrong")
    return ""


def end_device(visit: Visit) -> Response:
    """Let a device send no more: it was lost, or its farm left."""
    operation = operation_of(visit)
    database = visit.room.office.database
    with database.reading(visit.account.id) as connection:
        mine = {one.id: one for one in devices_of(connection, operation.countries)}
    found = mine.get(visit.part("device"))
    if found is None:
        raise NotThere
    may_act(visit, found.country)
    if not found.ended_at:
        with database.writing(visit.account.id, told(frozenset({found.country}))) as connection:
            end(connection, found.id, found.country, visit.account.id, now_of(visit))
    return visit.go(visit.address("mobility", "devices"))


def _list(visit: Visit, problem: str, given: dict[str, str]) -> Response:
    operation = operation_of(visit)
    said, lists = visit.words, visit.room.office.lists
    with visit.room.office.database.reading(visit.account.id) as connection:
        found = devices_of(connection, operation.countries)
    writes = acts(visit)
    names = {code.id: visit.of(code.name) for code in lists["CL_COUNTRY"].codes}
    countries = countries_run(visit) if writes else ()
    page = DevicesPage(
        title=said("mobility.devices"),
        devices=tuple(
            ShownDevice(
                name=one.name,
                id=one.id,
                kind=said(f"mobility.kind_{one.kind}"),
                where=" · ".join(part for part in (one.place, one.employer) if part),
                since=said.moment(one.enrolled_at),
                until=said.moment(one.ended_at) if one.ended_at else "",
                end=visit.address("mobility", "devices", one.id, "end")
                if writes and not one.ended_at
                else "",
            )
            for one in found
        ),
        countries=tuple((code, names.get(code, code)) for code in countries),
        writes=writes,
        post_page=visit.address("mobility", "post.html"),
        problem=problem,
        given={"name": "", "kind": "POST", "place": "", "employer": "", "country": "", **given},
    )
    return visit.show("mobility/devices.html", page, 422 if problem else 200)


def post_page(visit: Visit) -> Response:
    """The page for telephones of posts and farms, as a file to be put on them."""
    operation = operation_of(visit)
    with visit.room.office.database.reading(visit.account.id) as connection:
        ring, lists = ring_of(connection), lists_of(connection)
    mine = {
        key.id: key
        for key in ring.values()
        if operation.countries is None or key.country in operation.countries
    }
    door = own_address(visit)
    if not DOOR.fullmatch(door):
        raise NotThere
    html = card_page(mine, lists, now_of(visit), door)
    headers = {"Content-Disposition": 'attachment; filename="post.html"'}
    return Response(html, media_type="text/html", headers=headers)

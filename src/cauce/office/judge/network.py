"""The page for members of the network alone: the corridors no one monitors.

Whether somebody is one is asked of the matrix, under a name that is no register, so that no other
role, list or API reaches it. To everybody else the page is not there.
"""

from collections.abc import Iterator
from dataclasses import replace

from starlette.responses import Response

from cauce.assess.telling import Speaker
from cauce.model.errors import BadInput
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.judge.pages import sight_of
from cauce.office.judge.shown import Option, shown_page
from cauce.office.judge.sight import is_member
from cauce.pipeline.judge.network import told_corridors, watched
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.registers import Declared
from cauce.registers.values import folded


def corridors(visit: Visit) -> Response:
    """The corridors of the whole network, on the day asked for. Raises NotThere."""
    if not is_member(visit.seat):
        raise NotThere
    office, country = visit.room.office, visit.asked("country")
    declared = Declared(office.registers, office.lists, office.topics)
    sight = LogSight(office.database, declared, sight_of(visit).day)
    found = watched(sight)
    places = {code for c in found.corridors for code in (c.origin, c.destination)}
    if country and country not in places:
        raise BadInput(visit.words("judge.no_country", given=country[:20]))
    page = shown_page(visit, told_corridors(sight, found, country), visit.asked("on"))
    page = replace(page, countries=tuple(_options(visit, sight, places, country)))
    return visit.show("judge/judgement.html", page)


def _options(visit: Visit, sight: LogSight, places: set[str], chosen: str) -> Iterator[Option]:
    yield Option("", visit.words("judge.every_country"), not chosen)
    names = {code: visit.of(Speaker(sight.lists).country(code)) for code in places}
    for code in sorted(names, key=lambda one: folded(names[one])):
        yield Option(code, names[code], code == chosen)

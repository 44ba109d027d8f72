"""Whose mechanism somebody runs, and what stands in it."""

from datetime import datetime

from cauce.model.text import Text
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.judge.pages import sight_of
from cauce.office.seat import NotAllowed
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import PERMITS, Operation
from cauce.pipeline.registers import Declared


def operation_of(visit: Visit) -> Operation:
    """What was approved of the mechanisms somebody runs. Raises NotThere if they run none."""
    mine = visit.seat.places("see", PERMITS, "approved")
    if mine == frozenset():
        raise NotThere
    office = visit.room.office
    declared = Declared(office.registers, office.lists)
    return Operation(LogSight(office.database, declared, sight_of(visit).day), mine)


def may_act(visit: Visit, country: str) -> None:
    """Raises NotAllowed unless they write in the mechanism of a country."""
    visit.seat.refuse("write", PERMITS, country, "draft")


def acts(visit: Visit) -> bool:
    return visit.seat.writes(PERMITS)


def countries_run(visit: Visit) -> tuple[str, ...]:
    """The countries for which they may act; the lists' own where it is all of them."""
    mine = visit.seat.places("write", PERMITS, "draft")
    if mine is None:
        return tuple(code.id for code in visit.room.office.lists["CL_COUNTRY"].codes)
    return tuple(sorted(mine - {""}))


def own_address(visit: Visit) -> str:
    """Where people and devices find the office: as it was told, or as this browser found it."""
    url = visit.request.url
    return visit.room.address.rstrip("/") or f"{url.scheme}://{url.netloc}"


def now_of(visit: Visit) -> datetime:
    return visit.room.office.clock()


def refused(en: str, es: str) -> NotAllowed:
    return NotAllowed(Text(en, es))

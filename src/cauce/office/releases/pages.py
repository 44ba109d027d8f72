"""The pages of held releases: the list, one with what it changes, and its approval."""

import logging
from dataclasses import dataclass

from starlette.responses import Response

from cauce.model.errors import BadInput
from cauce.office.desk.visit import Visit
from cauce.office.held import (
    RELEASES,
    Change,
    Waiting,
    changes,
    is_own,
    may,
    may_see_any,
    waiting,
    waits,
)
from cauce.office.histories import NotThere
from cauce.office.protection.seen import HELD, PROTECTION
from cauce.office.protection.seen import may_see_any as may_see_audits
from cauce.office.seat import NotAllowed
from cauce.store import Holds

LOG = logging.getLogger("cauce.office")


@dataclass(frozen=True)
class Line:
    """A held release in the list."""

    name: str
    href: str
    state: str
    state_name: str
    held: str
    embargo: str


@dataclass(frozen=True)
class ReleasesPage:
    """What templates/releases/list.html is given, and nothing else."""

    title: str
    problem: str
    lines: tuple[Line, ...]
    protection: str


@dataclass(frozen=True)
class Table:
    """What one table of a release would change, in words."""

    name: str
    values: str
    said: str


@dataclass(frozen=True)
class ReleasePage:
    """What templates/releases/one.html is given, and nothing else.

    `seen` names what stands on the page, so that nobody approves another; `why_not` says why the
    reader does not approve it, "" if they may.
    """

    title: str
    line: Line
    problem: str
    reason: str
    notes: tuple[str, ...]
    approved: str
    tables: tuple[Table, ...]
    seen: str
    why_not: str
    action: str
    protection: str


def every(visit: Visit) -> Response:
    """The releases that wait, for who may see releases."""
    if not may_see_any(visit.seat):
        raise NotThere
    problem = ""
    lines: tuple[Line, ...] = ()
    try:
        lines = tuple(_line(visit, one) for one in waiting(visit.seat, _holds(visit)))
    except BadInput as error:
        problem = _unread(visit, error)
    except NotThere:
        problem = visit.words("releases.no_store")
    withheld = visit.address("protection") if may_see_audits(visit.seat) else ""
    page = ReleasesPage(visit.words("releases.title"), problem, lines, withheld)
    return visit.show("releases/list.html", page)


def one(visit: Visit) -> Response:
    """A held release and what it would change of what is public."""
    return _shown(visit, _asked(visit), "", 200)


def approve(visit: Visit) -> Response:
    """Say, as a second person, that it may go out at its moment."""
    asked, holds = _asked(visit), _holds(visit)
    held = asked.held
    if not may(visit.seat, "approve", asked):
        visit.seat.refuse("approve", RELEASES, asked.area, "review")
    if is_own(visit.seat, held):
        return _shown(visit, asked, visit.words("releases.own"), 403)
    if visit.given("seen") != held.catalog_sha256:
        return _shown(visit, asked, visit.words("releases.other_now"), 409)
    if not held.approved_at:
        try:
            at = visit.room.office.clock()
            holds.approve(held.survey, held.vintage, visit.account.name, at)
        except BadInput as error:
            return _shown(visit, asked, _unread(visit, error), 422)
        LOG.info("%s approved the release %s %s", visit.account.id, held.survey, held.vintage)
    return visit.go(_address(visit, asked))


def _holds(visit: Visit) -> Holds:
    """Raises NotThere if the office was started without a store."""
    if visit.room.holds is None:
        raise NotThere
    return visit.room.holds


def _asked(visit: Visit) -> Waiting:
    return waits(visit.seat, _holds(visit), visit.part("survey"), visit.part("vintage"))


def _unread(visit: Visit, error: BadInput) -> str:
    """For people in general; where exactly is for who reads the office's log."""
    LOG.error("Held releases: %s", error)
    return visit.words("releases.unread")


def _shown(visit: Visit, asked: Waiting, problem: str, status: int) -> Response:
    held, said = asked.held, visit.words
    try:
        tables = tuple(_table(visit, change) for change in changes(_holds(visit), asked))
    except BadInput as error:
        tables, problem = (), problem or _unread(visit, error)
    flow = asked.flows[0] if asked.flows else None
    approved = ""
    if held.approved_at:
        approved = said("home.by", name=held.approved_by, at=said.moment(held.approved_at))
    page = ReleasePage(
        title=f"{held.survey} {held.vintage}",
        line=_line(visit, asked),
        problem=problem,
        reason=flow.reason if flow else "",
        notes=flow.notes if flow else (),
        approved=approved,
        tables=tables,
        seen=held.catalog_sha256,
        why_not=_why_not(visit, asked) if tables else said("releases.unread"),
        action=_address(visit, asked),
        protection=_audit(visit, asked),
    )
    return visit.show("releases/one.html", page, status)


def _audit(visit: Visit, asked: Waiting) -> str:
    """Where it is told what of it is withheld; "" if nothing is kept or it is not theirs."""
    audited = any(flow.audit_sha256 for flow in asked.flows)
    if not audited or not visit.seat.may("see", PROTECTION, asked.area, "published"):
        return ""
    held = asked.held
    return visit.address("protection", held.survey, held.vintage, of=HELD)


def _why_not(visit: Visit, asked: Waiting) -> str:
    if asked.held.approved_at:
        return visit.words("releases.done")
    if is_own(visit.seat, asked.held):
        return visit.words("releases.own")
    if not may(visit.seat, "approve", asked):
        try:
            visit.seat.refuse("approve", RELEASES, asked.area, "review")
        except NotAllowed as refused:
            return visit.of(refused.why)
    return ""


def _line(visit: Visit, asked: Waiting) -> Line:
    held, said = asked.held, visit.words
    return Line(
        f"{held.survey} {held.vintage}",
        _address(visit, asked),
        asked.state,
        said(f"releases.{asked.state}"),
        said("home.by", name=held.held_by, at=said.moment(held.held_at)),
        said.moment(held.embargo) if held.embargo else "",
    )


def _table(visit: Visit, change: Change) -> Table:
    said = visit.words
    parts = []
    if not change.before:
        parts.append(said("releases.new_table"))
    elif change.periods:
        parts.append(said("releases.new_periods", periods=", ".join(change.periods)))
    if change.revised:
        count = said.number(change.revised, 0)
        parts.append(said("releases.revised", count=count, vintage=change.before))
    return Table(
        visit.of(change.name),
        said.number(change.values, 0),
        "; ".join(parts) or said("releases.same", vintage=change.before),
    )


def _address(visit: Visit, asked: Waiting) -> str:
    return visit.address("releases", asked.held.survey, asked.held.vintage)

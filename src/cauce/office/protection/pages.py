"""The pages of what is withheld: the releases, and one with its tables and what was found."""

import logging
from dataclasses import dataclass
from math import isfinite

from starlette.responses import Response

from cauce.model.audit import Bound, Cited
from cauce.model.errors import BadInput
from cauce.model.kept_audit import WhatIf
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.protection.seen import HELD, audit_of, may_see_any, published
from cauce.pipeline.audited import Audited, FlowCount

LOG = logging.getLogger("cauce.office")
LEAKS = 50
NUMBERS = frozenset({"n", "cases", "rest", "missing", "amount", "value"})


@dataclass(frozen=True)
class Line:
    """A release in the list."""

    name: str
    href: str
    published: str


@dataclass(frozen=True)
class ProtectionPage:
    """What templates/protection/list.html is given, and nothing else."""

    title: str
    problem: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TableLine:
    """A table with how many of its cells are withheld for what."""

    name: str
    href: str
    cells: str
    own: str
    others: str
    repaired: str


@dataclass(frozen=True)
class Asked:
    """What was asked of a release, and how much else would have to be withheld."""

    asked: str
    said: str
    when: str


@dataclass(frozen=True)
class AuditPage:
    """What templates/protection/one.html is given, and nothing else."""

    title: str
    verdict: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[TableLine, ...]
    total: TableLine
    leaks: tuple[str, ...]
    answers: tuple[Asked, ...]
    command: str


def every(visit: Visit) -> Response:
    """The published releases of which they may see what is withheld."""
    if not may_see_any(visit.seat):
        raise NotThere
    problem = ""
    lines: tuple[Line, ...] = ()
    try:
        lines = tuple(
            Line(
                f"{one.survey} {one.vintage}",
                visit.address("protection", one.survey, one.vintage),
                visit.words.moment(one.published_at),
            )
            for one in published(visit)
        )
    except BadInput as error:
        problem = _unread(visit, error)
    except NotThere:
        problem = visit.words("releases.no_store")
    page = ProtectionPage(visit.words("protection.title"), problem, lines)
    return visit.show("protection/list.html", page)


def _unread(visit: Visit, error: BadInput) -> str:
    """For people in general; where exactly is for who reads the office's log."""
    LOG.error("Audits of releases: %s", error)
    return visit.words("protection.unread")


def one(visit: Visit) -> Response:
    """A release: how many cells are withheld for what, and what an attacker found."""
    found, said = audit_of(visit), visit.words
    audit, flows = found.kept.audit, tuple(found.flows())
    page = AuditPage(
        title=f"{found.kept.survey} {found.kept.vintage}",
        verdict=said("protection.audited" if found.verdict else "protection.not_audited"),
        facts=_facts(visit, found),
        tables=tuple(_table(visit, each) for each in flows),
        total=TableLine(
            said("protection.all"),
            "",
            *(
                said.number(count, 0)
                for count in (audit.cells, audit.primary, audit.secondary, audit.repaired)
            ),
        ),
        leaks=tuple(
            said(
                "protection.leak",
                number=cited(visit, leak.bound.of),
                between=between(visit, leak.bound),
                by=", ".join(cited(visit, each) for each in leak.by),
            )
            for leak in audit.leaks[:LEAKS]
        ),
        answers=tuple(asked_of(visit, each) for each in found.answers),
        command=f"cauce audit {found.kept.vintage} --survey {found.kept.survey} --store …",
    )
    return visit.show("protection/one.html", page)


def _facts(visit: Visit, found: Audited) -> tuple[tuple[str, str], ...]:
    said, audit = visit.words, found.kept.audit
    facts = [(said("protection.kept_at"), said.moment(found.kept.kept_at))]
    if not audit.bounds:
        why = "not_attacked" if audit.withheld else "nothing_withheld"
        return (*facts, (said("protection.attacked"), said(f"protection.{why}")))
    return (
        *facts,
        (said("protection.bounds"), said.number(len(audit.bounds), 0)),
        (said("protection.narrowest"), times(visit, audit.narrowest)),
        (said("protection.median"), times(visit, audit.median)),
        (said("protection.leaks"), said.number(len(audit.leaks), 0)),
        (said("protection.seconds"), said.number(audit.seconds, 1)),
    )


def _table(visit: Visit, one: FlowCount) -> TableLine:
    counts = (one.cells, one.own, one.secondary, one.repaired)
    return TableLine(
        visit.of(one.name),
        address(visit, one.flow) if one.own + one.secondary + one.repaired else "",
        *(visit.words.number(count, 0) for count in counts),
    )


def address(visit: Visit, *parts: str, **query: str) -> str:
    """An address below that of the release."""
    held = {"of": HELD} if visit.asked("of") == HELD else {}
    where = ("protection", visit.part("survey"), visit.part("vintage"))
    return visit.address(*where, *parts, **held, **query)


def asked_of(visit: Visit, answer: WhatIf) -> Asked:
    said = visit.words
    parts = [said("protection.publish", cell=one) for one in answer.publish]
    parts += [said("protection.without", flow=one) for one in answer.without]
    return Asked(
        "; ".join(parts),
        said(
            "protection.cost",
            closed=said.number(len(answer.closed), 0),
            opened=said.number(len(answer.opened), 0),
            before=said.number(answer.before, 0),
            after=said.number(answer.after, 0),
        ),
        said.moment(answer.asked_at) if answer.asked_at else "",
    )


def times(visit: Visit, width: float) -> str:
    """How many times as wide as asked; a dash where that is not known."""
    return f"× {visit.words.number(width, 2)}" if isfinite(width) else "–"


def number(visit: Visit, name: str) -> str:
    """A number of a cell in words; a public column is called by its name."""
    return visit.words(f"protection.number_{name}") if name in NUMBERS else name


def cited(visit: Visit, one: Cited) -> str:
    vintage = f"@{one.vintage}" if one.vintage else ""
    return f"{number(visit, one.number)} ({one.flow}:{'.'.join(one.key)}{vintage})"


def between(visit: Visit, bound: Bound) -> str:
    """The ends of a bound, and how far apart they have to be."""
    said = visit.words
    low, high, width = (
        said.number(each, 2) if isfinite(each) else "…"
        for each in (bound.low, bound.high, bound.width)
    )
    key = "between" if bound.searched == "exact" else "between_at_least"
    key = key if bound.width else "between_free"
    return said(f"protection.{key}", low=low, high=high, width=width)

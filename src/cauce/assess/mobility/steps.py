"""The law of a permit: request, check, quota, selection and permit, in this order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cauce.assess.filled import day, flag, rows, text, whole
from cauce.assess.mobility.quotas import DECIDED, ISSUED, closed_to, over, uses, with_one
from cauce.model.record import Fault, Record, Records
from cauce.model.text import Text

TAKES_PLACE = ("SELECTED", "APPLIED", "GRANTED")
"""States of a permit that hold one of the positions a request was approved for."""


@dataclass(frozen=True)
class Beside:
    """What stands beside a permit: all of it approved by a second person, and known on the day."""

    requests: Records
    permits: Records
    quotas: Records = field(default_factory=dict)
    mechanisms: Records = field(default_factory=dict)


def faults_of(key: str, permit: Record, beside: Beside) -> tuple[Fault, ...]:
    """Why a permit may not be so. What does not depend on others is asked by the register's rules.

    Source: registers.md, section 2; the order is that of the mechanism in operation.
    """
    others = {k: p for k, p in beside.permits.items() if k != key}
    request = beside.requests.get(text(permit, "request"))
    found = list(_overlaps(permit, others))
    if request is None:
        found += _no_request(permit)
    else:
        found += _of_request(permit, request, others)
        found += _of_mechanism(permit, request, beside)
        found += _of_quota(key, permit, request, beside)
    return tuple(found)


def _fault(field: str, en: str, es: str, rule: str, warning: bool = False) -> Fault:
    return Fault(field, Text(en, es), warning, rule)


def _no_request(permit: Record) -> Iterator[Fault]:
    if text(permit, "request") or text(permit, "state") in ISSUED:
        yield _fault(
            "request",
            "A permit rests on a request that a second person approved. This one is not there yet.",
            "Un permiso se basa en una solicitud que aprobó una segunda persona. Aún no está.",
            "request_approved",
        )


def _of_request(permit: Record, request: Record, others: Records) -> Iterator[Fault]:
    decided, selected = day(request, "decided_on"), day(permit, "selected_on")
    if text(request, "decision") not in DECIDED:
        yield _fault(
            "request",
            "This request was not granted: nobody can be selected for it.",
            "Esta solicitud no fue concedida: no puede seleccionarse a nadie para ella.",
            "request_granted",
        )
    elif decided is not None and selected is not None and selected < decided:
        yield _fault(
            "selected_on",
            "The person was selected before the request was decided.",
            "La persona fue seleccionada antes de decidirse la solicitud.",
            "decided_first",
        )
    if text(request, "country") != text(permit, "country"):
        yield _fault(
            "country",
            "The request is another country's.",
            "La solicitud es de otro país.",
            "same_country",
        )
    yield from _positions(permit, request, others)
    first = next(iter(rows(permit, "employers")), {})
    if first and text(first, "employer") != text(request, "employer"):
        yield _fault(
            "employers",
            "The first employer is not the one who made the request.",
            "El primer empleador no es quien hizo la solicitud.",
            "first_employer",
        )
    ends = day(permit, "valid_to"), day(request, "work_to")
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        yield _fault(
            "valid_to",
            "The permit lasts longer than the work that was asked for.",
            "El permiso dura más que el trabajo solicitado.",
            "within_work",
            warning=True,
        )


def _positions(permit: Record, request: Record, others: Records) -> Iterator[Fault]:
    approved = whole(request, "approved")
    if approved is None or text(permit, "state") not in TAKES_PLACE:
        return
    taken = [p for p in others.values() if text(p, "state") in TAKES_PLACE]
    mine = sum(text(p, "request") == text(permit, "request") for p in taken)
    if mine + 1 > approved:
        yield _fault(
            "request",
            f"The request was approved for {approved} positions and all are taken.",
            f"La solicitud se aprobó para {approved} plazas y todas están ocupadas.",
            "positions_taken",
        )


def _of_mechanism(permit: Record, request: Record, beside: Beside) -> Iterator[Fault]:
    mechanism = beside.mechanisms.get(text(request, "mechanism"), {})
    if len(rows(permit, "employers")) > 1 and flag(mechanism, "may_change_employer") is not True:
        yield _fault(
            "employers",
            "The mechanism is not known to let workers change employer.",
            "No consta que el mecanismo permita cambiar de empleador.",
            "may_change",
        )
    since, until = day(permit, "valid_from"), day(permit, "valid_to")
    longest = whole(mechanism, "max_days")
    if since and until and longest is not None and (until - since).days + 1 > longest:
        yield _fault(
            "valid_to",
            f"The mechanism allows {longest} days at most.",
            f"El mecanismo permite {longest} días como máximo.",
            "longest_stay",
        )


def _of_quota(key: str, permit: Record, request: Record, beside: Beside) -> Iterator[Fault]:
    name = text(request, "quota")
    if not name or text(permit, "state") not in ISSUED:
        return
    quota = beside.quotas.get(name)
    if quota is None:
        yield _fault(
            "request",
            "The quota the request names is not approved yet.",
            "La cuota que nombra la solicitud aún no está aprobada.",
            "quota_approved",
        )
        return
    for why in closed_to(permit, request, quota):
        yield Fault("request", why, rule="quota_open")
    found = uses(name, quota, beside.requests, with_one(beside.permits, key, permit))
    # A permit that stood already takes nothing more: a quota cut since is no fault of its holder.
    if key not in beside.permits or text(beside.permits[key], "state") not in ISSUED:
        why_over = over(found, text(request, "quota_group"))
        if why_over is not None:
            yield Fault("state", why_over, rule="quota_ceiling")


def _overlaps(permit: Record, others: Records) -> Iterator[Fault]:
    mine = days_of(permit)
    worker = text(permit, "worker")
    if mine is None or not worker:
        return
    theirs = [days_of(p) for p in others.values() if text(p, "worker") == worker]
    if any(days and days[0] <= mine[1] and mine[0] <= days[1] for days in theirs):
        yield _fault(
            "valid_from",
            "This person has a permit on some of these days already. End that one, or change its "
            "employer.",
            "Esta persona ya tiene un permiso en algunos de estos días. Termine ese o cambie su "
            "empleador.",
            "one_permit",
        )


def family_faults(dependant: Record, mechanism: Record) -> tuple[Fault, ...]:
    """A question where the mechanism is not known to let families come along.

    Source: as `faults_of`.
    """
    if flag(dependant, "comes_along") is not True or flag(mechanism, "family_allowed") is True:
        return ()
    asked = _fault(
        "comes_along",
        "The mechanism is not known to let families come along. Is it allowed here?",
        "No consta que el mecanismo permita que venga la familia. ¿Se permite aquí?",
        "family",
        warning=True,
    )
    return (asked,)


def days_of(permit: Record) -> tuple[date, date] | None:
    """The first and the last day on which a permit was good; None if it was or is not."""
    since, until = day(permit, "valid_from"), day(permit, "valid_to")
    if text(permit, "state") not in ISSUED or since is None or until is None:
        return None
    return since, day(permit, "ended_on") or until

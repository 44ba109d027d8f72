"""What was taken of a quota, part by part, in the unit the quota itself is set in."""

from collections.abc import Iterator, Mapping

from cauce.assess.filled import codes, day, flag, number, rows, text, whole
from cauce.model.mobility import QuotaUse
from cauce.model.record import Record, Records, Row
from cauce.model.text import Text

ISSUED = ("GRANTED", "ENDED")
"""States of a permit that took a place of a quota. One that ended early gives none back."""
DECIDED = ("GRANTED", "PART")
NOT_HERE = Text(
    "this unit is not counted in requests or permits",
    "esta unidad no se cuenta en solicitudes ni permisos",
)


def uses(key: str, quota: Record, requests: Records, permits: Records) -> tuple[QuotaUse, ...]:
    """The whole quota and each of its parts.

    VISA counts permits, PERSON the people they were given to, POSITION what requests were approved
    for, CASE requests. Any other unit is not known here, which is not zero. Whatever was decided
    outside of the quota's days, or on a day unknown, is not of it.

    Source: registers.md, section 2, "Quota"; a unit is kept and never turned into another.
    """
    mine = {k: r for k, r in requests.items() if text(r, "quota") == key}
    whole_ = _use("", text(quota, "unit"), number(quota, "ceiling"), quota, mine, permits, None)
    return (whole_, *_parts(quota, mine, permits))


def _parts(quota: Record, mine: Records, permits: Records) -> Iterator[QuotaUse]:
    for part in rows(quota, "parts"):
        name, ceiling = text(part, "group"), number(part, "ceiling")
        yield _use(name, text(quota, "unit"), ceiling, quota, mine, permits, part)


def _use(
    name: str,
    unit: str,
    ceiling: float | None,
    quota: Record,
    requests: Records,
    permits: Records,
    part: Row | None,
) -> QuotaUse:
    if part is not None:
        requests = {k: r for k, r in requests.items() if text(r, "quota_group") == name}
    given = [p for p in permits.values() if _counts(p, quota, requests, part)]
    decided = [r for r in requests.values() if text(r, "decision") in DECIDED]
    decided = [r for r in decided if _within(r, quota, part)]
    counted = {
        "VISA": len(given),
        "PERSON": len({text(p, "worker") for p in given}),
        "POSITION": sum(whole(r, "approved") or 0 for r in decided),
        "CASE": len(decided),
    }
    used = counted.get(unit)
    return QuotaUse(name, unit, ceiling, used, None if used is not None else NOT_HERE)


def _counts(permit: Record, quota: Record, requests: Records, part: Row | None) -> bool:
    issued = text(permit, "state") in ISSUED and text(permit, "request") in requests
    return issued and _within(permit, quota, part)


def _within(record: Record, quota: Record, part: Row | None) -> bool:
    """Whether it was decided within the quota's days, and within the part's window if it has one.

    An end that the quota does not know does not bound it.
    """
    on = day(record, "decided_on")
    ends = [(day(quota, "period_from"), day(quota, "period_to"))]
    if part is not None:
        ends.append((day(part, "opens"), day(part, "closes")))
    return on is not None and all(
        (since is None or since <= on) and (until is None or on <= until) for since, until in ends
    )


def closed_to(permit: Record, request: Record, quota: Record) -> Iterator[Text]:
    """Why a permit cannot be taken of the quota its request names, whatever is left of it."""
    if text(quota, "mechanism") != text(request, "mechanism"):
        yield Text(
            "The quota is another mechanism's. Correct the request.",
            "La cuota es de otro mecanismo. Corrija la solicitud.",
        )
    if not _within(permit, quota, None):
        yield Text(
            "The day of the permit is outside of the quota's period.",
            "La fecha del permiso está fuera del período de la cuota.",
        )
    part = next((p for p in rows(quota, "parts") if text(p, "group") == _group(request)), None)
    if part is None:
        if rows(quota, "parts"):
            yield Text(
                "The quota is divided: say in the request from which part this is taken.",
                "La cuota está dividida: indique en la solicitud de qué parte se toma.",
            )
        return
    if not _within(permit, quota, part):
        yield Text(
            "The window of this part of the quota is closed on that day.",
            "La ventana de esta parte de la cuota está cerrada en esa fecha.",
        )
    yield from _not_for(permit, part)


def _group(request: Record) -> str:
    return text(request, "quota_group")


def _not_for(permit: Record, part: Row) -> Iterator[Text]:
    """Why a part is not for this person; what is unknown of them is not taken for a yes."""
    named = codes(part, "nationalities")
    if named and text(permit, "nationality") not in named:
        yield Text(
            "This part of the quota is for other nationalities.",
            "Esta parte de la cuota es para otras nacionalidades.",
        )
    if text(part, "group") == "RETW" and flag(permit, "returning") is not True:
        yield Text(
            "This part of the quota is for workers who come again: say whether this person does.",
            "Esta parte de la cuota es para quienes regresan: indique si esta persona regresa.",
        )


def over(found: tuple[QuotaUse, ...], group: str) -> Text | None:
    """What to say if the whole, or a part, holds more than its ceiling; None if none does."""
    for use in found:
        if use.part in ("", group) and use.left is not None and use.left < 0:
            taken, ceiling = use.used, f"{use.ceiling:g}"
            return Text(
                f"The quota allows {ceiling} and this would be number {taken}. Nothing is granted "
                "over the ceiling: refuse it, or take it of another quota.",
                f"La cuota permite {ceiling} y este sería el número {taken}. Nada se concede sobre "
                "el tope: deniéguelo o tómelo de otra cuota.",
            )
    return None


def with_one(permits: Records, key: str, permit: Record) -> Mapping[str, Record]:
    """The permits as they would be with this one."""
    return {**permits, key: permit}

"""Mechanisms and their figures, as their registers hold them, turned into what is judged.

The fields are those of the registers `mechanisms` and `mechanism_funnel`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from cauce.assess.filled import day, rows, text, whole
from cauce.assess.mechanisms.funnels import STAGES
from cauce.model.funnel import StageCount
from cauce.model.provision import Coding, Provision
from cauce.model.record import Record, Records

Scheme = Literal["theme", "topic"]
AGREEMENTS = ("BLA", "MOU", "MLA")
"""The kinds of mechanisms that are texts between states."""

STRONGEST = (Coding.ENFORCEABLE, Coding.MENTIONED, Coding.ABSENT, Coding.NOT_SEEN)


def counts_of(records: Records) -> tuple[StageCount, ...]:
    """Figures along the way. Those of one series come from one source, whoever printed them.

    A figure without a stage or an end of its period is of nothing, and left out; one without a
    sex is of both.

    Source: none, it computes nothing.
    """
    return tuple(
        StageCount(
            mechanism=text(record, "mechanism"),
            corridor=f"{text(record, 'origin') or '?'}–{text(record, 'destination') or '?'}",
            period=_period(day(record, "period_from"), until),
            stage=text(record, "stage"),
            count=whole(record, "value"),
            unit=text(record, "unit") or "?",
            source=text(record, "series") or text(record, "source"),
            sex=text(record, "sex") or "_T",
        )
        for record in records.values()
        if text(record, "stage") in STAGES and (until := day(record, "period_to")) is not None
    )


def _period(since: date | None, until: date) -> str:
    """A year where it is one; from day to day where it is not."""
    if since == date(until.year, 1, 1) and until == date(until.year, 12, 31):
        return str(until.year)
    return f"{since or '?'}/{until}"


def provisions_of(records: Records, scheme: Scheme) -> tuple[Provision, ...]:
    """What each text says of each theme, by the strongest of its articles.

    An agreement nobody coded is there with nothing seen, so that the shares know of it. A coding
    that is unknown is as good as not seen.

    Source: none, it computes nothing.
    """
    return tuple(
        provision
        for key, record in records.items()
        if text(record, "kind") in AGREEMENTS
        for provision in _provisions(key, record, scheme)
    )


def _provisions(key: str, record: Record, scheme: Scheme) -> Iterator[Provision]:
    said: dict[str, set[Coding]] = {}
    for row in rows(record, "provisions"):
        theme = text(row, scheme)
        if theme:
            coding = text(row, "coding")
            said.setdefault(theme, set()).add(Coding(coding) if coding else Coding.NOT_SEEN)
    for theme, codings in said.items():
        yield Provision(key, theme, next(coding for coding in STRONGEST if coding in codings))
    if not said:
        yield Provision(key, "", Coding.NOT_SEEN)

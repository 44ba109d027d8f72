"""Whether a certificate holds, for who has its code; nothing else is told, and none is listed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cauce.model.record import Record
from cauce.model.shelf import PublicRecord
from cauce.portal.pages import Invented
from cauce.portal.registers.library import Library, is_held, known_at, period_at
from cauce.store import NotPublished

CERTIFICATES, EDITIONS = "certificates", "course_editions"
Verdict = Literal["", "valid", "expired", "revoked", "ended", "none"]


@dataclass(frozen=True)
class CertificatePage:
    """What templates/registers/certificate.html is given, and nothing else.

    `verdict` is "" if nothing was asked, and "none" if there is no such certificate: not given, not
    approved or not published, which nobody can tell apart.
    """

    title: str
    invented: Invented
    asked: str
    verdict: Verdict
    said: str
    edition: str
    edition_href: str
    on: str


def certificate_page(library: Library, asked: str, today: date) -> CertificatePage:
    """What is told of the certificate with a code on a day."""
    words = library.words
    code = "".join(asked.upper().split()).replace("-", "")[:40]
    record = _named(library, code) if code else None
    verdict, until = _verdict(record, today)
    if not code:
        verdict = ""
    edition = "" if record is None else str(_latest(record).get("edition", ""))
    found = library.find(EDITIONS, edition)
    return CertificatePage(
        title=words("certificate"),
        invented="",
        asked=code,
        verdict=verdict,
        said=_told(library, verdict, until),
        edition=_edition(library, found),
        edition_href="" if found is None else library.path("registers", EDITIONS, edition),
        on=words("certificate_on", day=words.day(today)),
    )


def _edition(library: Library, edition: PublicRecord | None) -> str:
    """The course and its edition by name, "" if the edition is not public."""
    if edition is None:
        return ""
    course = library.find("courses", str(_latest(edition).get("course", "")))
    names = [library.words.of(each.title) for each in (course, edition) if each is not None]
    return " · ".join(dict.fromkeys(names))


def _told(library: Library, verdict: Verdict, day: date | None) -> str:
    if not verdict:
        return ""
    if day is None:
        return library.words(f"certificate_{verdict}")
    return library.words(f"certificate_{verdict}_on", day=library.words.day(day))


def code_of(record: PublicRecord) -> str:
    """The code of a certificate, "" if it has none."""
    return str(_latest(record).get("code", "")) if is_held(record) else ""


def _named(library: Library, code: str) -> PublicRecord | None:
    """The certificate with a code. What cannot be read is our trouble, and not said to be none."""
    try:
        records = library.shelves.records(CERTIFICATES)
    except NotPublished:
        return None
    return next((record for record in records if code_of(record) == code), None)


def _latest(record: PublicRecord) -> Record:
    period = period_at(known_at(record, None), None)
    return {} if period is None else period.record


def _verdict(record: PublicRecord | None, today: date) -> tuple[Verdict, date | None]:
    """Whether a certificate holds on a day, and the day it was revoked on or holds to."""
    if record is None:
        return "none", None
    period = period_at(known_at(record, None), today)
    said = _latest(record)
    revoked, until = said.get("revoked_on"), said.get("valid_to")
    if isinstance(revoked, date) and revoked <= today:
        return "revoked", revoked
    if period is None:
        return "ended", None
    if isinstance(until, date):
        return ("expired" if until < today else "valid"), until
    return "valid", None

"""A certificate to print: what was given, and a code that leads to the public page.

It bears no name. Whoever gave it writes that by hand, and only they know whose it is.
"""

from dataclasses import dataclass

import segno
from starlette.responses import Response

from cauce.assess.filled import day, number, text, words
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.truth import Truth
from cauce.office.desk.visit import Handler, Visit
from cauce.office.histories import NotThere
from cauce.office.judge.pages import sight_of
from cauce.office.judge.sight import SeatSight
from cauce.pipeline.judge.courses import judge_edition

CERTIFICATES = "certificates"


@dataclass(frozen=True)
class CertificatePage:
    """What templates/judge/certificate.html is given, and nothing else.

    `check` is the public page, `picture` its code to scan; both "" if the portal is not known.
    """

    title: str
    course: str
    edition: str
    hours: str
    given: str
    until: str
    revoked: str
    incomplete: str
    code: str
    check: str
    picture: str


def certificate(portal: str) -> Handler:
    """What answers with a certificate whose record was approved; `portal` is the public side."""

    def answer(visit: Visit) -> Response:
        sight = sight_of(visit)
        key = visit.part("key")
        record = sight.records(CERTIFICATES).get(key)
        if record is None or not text(record, "code"):
            raise NotThere
        check = ""
        if portal:
            check = f"{portal.rstrip('/')}/{visit.language}/certificates/{text(record, 'code')}"
        return visit.show("judge/certificate.html", _page(visit, sight, record, check))

    return answer


def _page(visit: Visit, sight: SeatSight, record: Record, check: str) -> CertificatePage:
    edition = sight.records("course_editions").get(text(record, "edition"), {})
    course = sight.records("courses").get(text(edition, "course"), {})
    hours = number(record, "hours") or number(edition, "hours") or number(course, "hours")
    said = visit.words
    return CertificatePage(
        title=said("judge.certificate"),
        course=visit.of(words(course, "title", "—")),
        edition=visit.of(words(edition, "title")),
        hours=said("judge.certificate_hours", hours=f"{hours:g}") if hours else "",
        given=_on(visit, "given", record, "issued_on"),
        until=_on(visit, "until", record, "valid_to"),
        revoked=_on(visit, "revoked", record, "revoked_on"),
        incomplete=_incomplete(visit, sight, record),
        code=text(record, "code"),
        check=check,
        picture=_picture(check),
    )


def _incomplete(visit: Visit, sight: SeatSight, record: Record) -> str:
    """What to say if the course's own rule does not say that this participant completed it."""
    person = sight.records("participants").get(text(record, "participant"), {})
    try:
        report, _ = judge_edition(sight, text(record, "edition"))
    except BadInput:
        return ""
    mine = [one for one in report.completions if one.token == text(person, "token")]
    if not mine or mine[0].truth is Truth.YES:
        return ""
    return visit.words("judge.certificate_incomplete", why=visit.of(mine[0].because))


def _on(visit: Visit, word: str, record: Record, field: str) -> str:
    """A day in words, "" if it is not known."""
    on = day(record, field)
    return "" if on is None else visit.words(f"judge.certificate_{word}", day=visit.words.day(on))


def _picture(check: str) -> str:
    """The address as a code to scan, "" if there is none."""
    if not check:
        return ""
    code = segno.make(check, error="m")
    return code.svg_data_uri(scale=4, border=2, dark="#16282c", light="#ffffff")

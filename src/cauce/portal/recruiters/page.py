"""The pages of the look-up: what was asked, and one recruiter on one day."""

from dataclasses import dataclass
from datetime import date

import segno

from cauce.model.record import Record, Row
from cauce.portal.pages import Invented
from cauce.portal.recruiters.certified import Certificate, certificates
from cauce.portal.recruiters.finding import (
    LICENCES,
    RECRUITERS,
    SANCTIONS,
    Found,
    Recruiter,
    find,
    recruiters,
)
from cauce.portal.recruiters.standing import Standing, rows_of, standing
from cauce.portal.registers.library import Library, code_name

MOST_SHOWN = 20
"""Of other names, sanctions and steps; the record's own page has all."""


@dataclass(frozen=True)
class Step:
    """One row of a licence's history."""

    state: str
    days: str


@dataclass(frozen=True)
class LicenceLine:
    """A licence on the day asked; `kind` is its state, for the colour."""

    said: str
    kind: str
    authority: str
    number: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Card:
    """A recruiter on the day asked."""

    name: str
    href: str
    country: str
    licences: tuple[LicenceLine, ...]


@dataclass(frozen=True)
class LookupPage:
    """What templates/recruiters/lookup.html is given, and nothing else.

    `wrong` says why a day cannot be asked about; `missing` that no name or number is like that.
    """

    title: str
    invented: Invented
    asked: str
    on: str
    latest: str
    wrong: str
    heading: str
    exact: tuple[Card, ...]
    near: tuple[Card, ...]
    missing: bool


@dataclass(frozen=True)
class RecruiterPage:
    """What templates/recruiters/recruiter.html is given, and nothing else."""

    title: str
    invented: Invented
    card: Card
    on: str
    latest: str
    wrong: str
    day: str
    other_names: str
    sanctions: tuple[str, ...]
    certificates: tuple[Certificate, ...]
    record_href: str
    address: str
    qr: str


def day_asked(text: str, today: date) -> tuple[date, str]:
    """The day an address asks about and, if it cannot be, which words say why; today then."""
    if not text.strip():
        return today, ""
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        return today, "recruiters_no_day"
    return (today, "recruiters_future") if on > today else (on, "")


def lookup_page(library: Library, asked: str, on_text: str, today: date) -> LookupPage:
    words = library.words
    said = " ".join(asked[:200].split())
    on, wrong = day_asked(on_text, today)
    found = find(said, recruiters(library).values()) if said else Found((), ())
    return LookupPage(
        title=words("recruiters_title"),
        invented="",
        asked=said,
        on=on.isoformat(),
        latest=today.isoformat(),
        wrong=words(wrong) if wrong else "",
        heading=words("recruiters_heading", day=words.day(on)),
        exact=tuple(card(library, each, on) for each in found.exact[:MOST_SHOWN]),
        near=tuple(card(library, each, on) for each in found.near),
        missing=bool(said) and not found.exact,
    )


def recruiter_page(
    library: Library, recruiter: Recruiter, on_text: str, today: date, root: str
) -> RecruiterPage:
    """`root` is the address of the site, for the code that is printed."""
    words = library.words
    on, wrong = day_asked(on_text, today)
    address = root + library.path("recruiters", recruiter.key)
    shown = card(library, recruiter, on)
    return RecruiterPage(
        title=shown.name,
        invented="",
        card=shown,
        on=on.isoformat(),
        latest=today.isoformat(),
        wrong=words(wrong) if wrong else "",
        day=words("recruiters_heading", day=words.day(on)),
        other_names=" · ".join(recruiter.names[1 : MOST_SHOWN + 1]),
        sanctions=tuple(sanctions_told(library, recruiter, on))[:MOST_SHOWN],
        certificates=certificates(library, recruiter.key, on)[:MOST_SHOWN],
        record_href=library.path("registers", RECRUITERS, recruiter.key),
        address=address,
        qr=segno.make(address, error="m").svg_data_uri(
            scale=4, border=2, dark="#16282c", light="#ffffff"
        ),
    )


def card(library: Library, recruiter: Recruiter, on: date) -> Card:
    country = str(recruiter.record.get("country", ""))
    return Card(
        name=recruiter.names[0],
        href=library.path("recruiters", recruiter.key) + f"?on={on.isoformat()}",
        country=library.country(country) if len(country) == 3 else "",
        licences=tuple(_licence(library, each, on) for each in recruiter.licences),
    )


def _licence(library: Library, licence: Record, on: date) -> LicenceLine:
    now = standing(licence, on)
    authority = library.find("institutions", str(licence.get("authority", "")))
    steps = [
        Step(_code(library, LICENCES, "CL_LICENCE_STATE", row.get("state")), _days(library, row))
        for row in rows_of(licence, "states")
        if isinstance(since := row.get("since"), date) and since <= on
    ]
    return LicenceLine(
        said=_said(library, now),
        kind=now.state,
        authority="" if authority is None else library.words.of(authority.title),
        number=str(licence.get("number", "")),
        steps=tuple(steps[-MOST_SHOWN:]),
    )


def _said(library: Library, now: Standing) -> str:
    words = library.words
    told = words(f"recruiters_{now.state}")
    if now.state in ("BEFORE", "UNCLEAR"):
        return told
    since = words("recruiters_since", day=words.day(now.since)) if now.since else ""
    until = words("recruiters_until", day=words.day(now.until)) if now.until else ""
    return ", ".join(part for part in (told, since, until) if part)


def _days(library: Library, row: Row) -> str:
    days = [row.get("since"), row.get("until")]
    told = [library.words.day(day) if isinstance(day, date) else "…" for day in days]
    return " – ".join(told)


def sanctions_told(library: Library, recruiter: Recruiter, on: date) -> list[str]:
    """What was adjudicated until a day, the latest first, each with the state of its appeal."""
    dated = [
        (day, each)
        for each in recruiter.sanctions
        if isinstance(day := each.get("decided_on"), date) and day <= on
    ]
    return [
        library.words(
            "recruiters_sanction",
            kind=_code(library, SANCTIONS, "CL_RECRUITER_SANCTION", each.get("kind")),
            day=library.words.day(day),
            appeal=_code(library, SANCTIONS, "CL_APPEAL_STATE", each.get("appeal")),
        )
        for day, each in sorted(dated, key=lambda item: item[0], reverse=True)
    ]


def _code(library: Library, register: str, codelist: str, code: object) -> str:
    """The words of a code; that it is not known, if it is absent."""
    edition = next(e for e in library.editions if e.shelf.id == register)
    if not isinstance(code, str) or len(code) < 2:
        return library.words("recruiters_not_known")
    return code_name(edition.shelf, codelist, code, library.words)

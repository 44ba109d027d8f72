"""The page of releases and of what is announced, as one object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cauce.model.rule import rule_in
from cauce.portal.calendar import Announced, Calendar
from cauce.portal.links import Link, table_path
from cauce.portal.pages import Invented
from cauce.portal.releases.notices import Issued, Notice
from cauce.portal.words import Words

FEW = 8
"""Tables a notice names; of more it says how many."""


@dataclass(frozen=True)
class Line:
    """A notice: when, what was done to what, why, and where it can be read."""

    id: str
    iso: str
    when: str
    kind: str
    title: str
    invented: bool
    vintages: str
    reason: str
    links: tuple[Link, ...]
    others: str


@dataclass(frozen=True)
class Ahead:
    """An announced release: for when, on whose word, and whether it came."""

    iso: str
    when: str
    title: str
    ground: str
    state: str
    href: str


@dataclass(frozen=True)
class ReleasesPage:
    """What templates/reading/releases.html is given, and nothing else."""

    title: str
    invented: Invented
    ahead: tuple[Ahead, ...]
    lines: tuple[Line, ...]


def releases_page(
    notices: Sequence[Notice], calendar: Calendar, kept: frozenset[str], today: date, words: Words
) -> ReleasesPage:
    """`kept` are the vintages of the store as "survey/vintage" and "flow/vintage"."""
    return ReleasesPage(
        title=words("releases"),
        invented="",
        ahead=tuple(_ahead(one, kept, today, words) for one in calendar.announced),
        lines=tuple(line(one, words) for one in notices),
    )


def _ahead(one: Announced, kept: frozenset[str], today: date, words: Words) -> Ahead:
    came = f"{one.flow or one.survey}/{one.vintage}" in kept
    key = "announced_came" if came else "announced_late" if one.on < today else "announced_ahead"
    return Ahead(
        iso=one.on.isoformat(),
        when=words.day(one.on),
        title=words.of(one.title),
        ground=words.of(one.ground),
        state=words(key),
        href=table_path(words.language, one.flow) if came and one.flow else "",
    )


def line(notice: Notice, words: Words) -> Line:
    """A notice in the reader's language."""
    named = [one for one in notice.issued if one.path][:FEW]
    rest = len(notice.issued) - len(named)
    return Line(
        id=notice.id,
        iso=notice.at,
        when=words.moment(notice.at),
        kind=words(f"notice_{notice.kind}"),
        title=title(notice, words),
        invented=bool(notice.issued) and all(one.invented for one in notice.issued),
        vintages=", ".join(notice.vintages[:FEW]),
        reason=rule_in(notice.reason, words.language),
        links=tuple(_named(one, words) for one in named),
        others=words("and_others", count=words.number(rest, 0)) if rest else "",
    )


def title(notice: Notice, words: Words) -> str:
    """What a notice is about, in a few words."""
    if notice.survey is not None:
        return words.of(notice.survey)
    if notice.kind == "registers":
        return words("registers")
    names = [words.of(one.name) for one in notice.issued[:3]]
    more = len(notice.issued) - len(names)
    tail = [words("and_others", count=words.number(more, 0))] if more else []
    return ", ".join((*names, *tail))


def _named(one: Issued, words: Words) -> Link:
    return Link(words.of(one.name), f"/{words.language}{one.path}")

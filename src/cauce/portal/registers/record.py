"""The page of one record: all that is public of it, in time and as it was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from cauce.model.shelf import Known, PublicPeriod, PublicRecord
from cauce.portal.links import Link, address
from cauce.portal.pages import Invented
from cauce.portal.registers.groups import Group, groups
from cauce.portal.registers.library import NOTHING, Library, known_at, period_at
from cauce.portal.registers.register import Opened
from cauce.portal.registers.timeline import drawn, moments, told
from cauce.portal.registers.told import Cells, Fact, Teller
from cauce.portal.titles import title_then
from cauce.store.moments import moment_of

MOST_STATES = 12


@dataclass(frozen=True)
class State:
    """What was known from a day on: an entry of the list of states."""

    since: str
    href: str
    here: bool


@dataclass(frozen=True)
class Time:
    """A line of the table beside the timeline."""

    name: str
    when: str


@dataclass(frozen=True)
class RecordPage:
    """What templates/registers/record.html is given, and nothing else."""

    title: str
    invented: Invented
    register: Link
    notice: str
    now: str
    absent: str
    facts: tuple[Fact, ...]
    tables: tuple[Cells, ...]
    whole: str
    timeline: str
    times: tuple[Time, ...]
    periods: tuple[Link, ...]
    states: tuple[State, ...]
    known: str
    known_asked: str
    on: str
    edition_asked: str
    said: tuple[str, ...]
    groups: tuple[Group, ...]
    permalink: str
    cite: str
    citation: str
    files: tuple[Link, ...]


def record_page(
    here: Opened, record: PublicRecord, library: Library, query: Mapping[str, str]
) -> RecordPage:
    words, shelf = library.words, here.edition.shelf
    teller = Teller(shelf, library)
    path = library.path("registers", shelf.id, record.key)
    asked, on = moment_of(query.get("known", "").strip()), _day(query.get("on", ""))
    known = known_at(record, asked)
    period = period_at(known, on) or (None if on else _last(known))
    values = {} if period is None else period.record
    only = query.get("rows", "")
    lines = moments(teller, known, values)
    dated = any(each.start or each.end for each in lines)
    published = datetime.fromisoformat(here.edition.published_at)
    now = address(path, {"edition": here.name})
    title = title_then(shelf, record, period or _last(known), words)
    return RecordPage(
        title=title,
        invented="",
        register=Link(words.of(shelf.name), library.path("registers", shelf.id)),
        notice=_notice(query.get("known", "") if asked else "", on, here.name, library),
        now=path,
        absent=_absent(known, period, library),
        facts=() if only else teller.facts(values),
        tables=teller.tables(
            values, library.measure.all_rows if only else library.measure.rows, only
        ),
        whole=now if only else "",
        timeline="" if only else drawn(words("timeline"), lines, words),
        times=() if only or not dated else tuple(Time(x.name, told(x, words)) for x in lines),
        periods=_periods(known, path, query, library),
        states=_states(record, known, path, here.name, library),
        known="" if asked is None else asked.date().isoformat(),
        known_asked="" if asked is None else _in_utc(asked),
        on="" if on is None else on.isoformat(),
        edition_asked=here.name,
        said=tuple(words.of(x.text) for x in here.edition.said if record.key in x.about),
        groups=() if only or here.name else linked(library, f"{shelf.id}/{record.key}"),
        permalink=path,
        cite=words(
            "cited_as", title=title, register=words.of(shelf.name), edition=here.edition.edition
        ),
        citation=f"record:{shelf.id}/{record.key}@"
        + _in_utc(asked or max(published, record.known[-1].since)),
        files=(Link("JSON", address(f"{path}.json", {"edition": here.name})),),
    )


def linked(library: Library, name: str) -> tuple[Group, ...]:
    """The records that name this one."""
    here = library.path("registers", *name.split("/"))
    return groups(library, lambda record: name in record.links, {"of": name}, here=here)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _last(known: Known) -> PublicPeriod | None:
    return period_at(known, None)


def _notice(asked: str, on: date | None, edition: str, library: Library) -> str:
    words = library.words
    parts = []
    if asked:
        day = _day(asked)
        parts.append(words("as_known_on", day=words.day(day) if day else words.moment(asked)))
    if on:
        parts.append(words("as_true_on", day=words.day(on)))
    if edition:
        parts.append(words("of_edition", edition=edition))
    return " ".join(parts)


def _absent(known: Known, period: PublicPeriod | None, library: Library) -> str:
    """Why there is nothing to show, or until when it was so; "" if it is so."""
    words = library.words
    if not known.periods:
        return words("not_known_then" if known is NOTHING else "held_no_more")
    if period is None:
        return words("not_true_then")
    return words("ended_on", day=words.day(period.end)) if period.end else ""


def _periods(
    known: Known, path: str, query: Mapping[str, str], library: Library
) -> tuple[Link, ...]:
    """Each stretch of time in which the record says something else, if there are several."""
    if len(known.periods) < 2:
        return ()
    kept = {name: query[name] for name in ("known", "edition") if query.get(name)}
    found = []
    for each in known.periods[-MOST_STATES:]:
        day = each.start or each.end
        start = library.words.day(each.start) if each.start else library.words("first_of_all")
        # A period that has no first day is shown by a day within it.
        within = each.start or (date.min if day is None else date.fromordinal(day.toordinal() - 1))
        found.append(Link(start, address(path, {**kept, "on": within.isoformat()})))
    return tuple(found)


def _states(
    record: PublicRecord, known: Known, path: str, edition: str, library: Library
) -> tuple[State, ...]:
    """The moments at which something else became known, newest first."""
    found = []
    for each in reversed(record.known[-MOST_STATES:]):
        href = address(path, {"known": _in_utc(each.since), "edition": edition})
        found.append(State(library.words.moment(each.since.isoformat()), href, each is known))
    return tuple(found)

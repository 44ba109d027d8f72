"""The first page of the hotline: the cases, looking for one by what it holds, what was paid."""

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from cauce.assess.filled import text
from cauce.assess.recruitment.complaints import payments_of, told_payments
from cauce.model.truth import Truth
from cauce.office.desk.parts import Choice
from cauce.office.desk.shown import Reader
from cauce.office.desk.visit import Visit
from cauce.office.hotline.box import letters_for
from cauce.office.hotline.cases import COMPLAINTS, Case, come_in, hears, newest, told
from cauce.office.judge.shown import ShownCell, ShownTable, shown_tables
from cauce.store.log.looked import Asked, TooMany, search, times_looked, wait_to_search

SHOWN = 100
SOUGHT = ("contact", "person_name", "recruiter_name", "recruiter_phone", "employer_name")
"""Sealed fields that a case is found by, exactly."""
PAID = {"Y": Truth.YES, "N": Truth.NO}


@dataclass(frozen=True)
class HotlinePage:
    """What templates/hotline/home.html is given, and nothing else; `more` leads to closed cases."""

    title: str
    take: str
    directory: str
    figures: str
    box: str
    letters: int
    cases: tuple[Case, ...]
    more: str
    sought: bool
    problem: str
    fields: tuple[Choice, ...]
    countries: tuple[Choice, ...]


@dataclass(frozen=True)
class FiguresPage:
    """What templates/hotline/figures.html is given, and nothing else."""

    title: str
    back: str
    tables: tuple[ShownTable, ...]


def home(visit: Visit) -> Response:
    """The latest cases. Raises NotThere to who neither hears nor screens."""
    come_in(visit)
    found = newest(visit)
    still = [one for one in found if text(one[2], "status") != "DONE"]
    everything = bool(visit.asked("all"))
    more = "" if everything or len(still) == len(found) else visit.address("hotline", all="1")
    return _show(visit, told(visit, (found if everything else still)[:SHOWN]), more)


def look_for(visit: Visit) -> Response:
    """The cases that hold exactly what was typed, which stands in no address and in no log."""
    come_in(visit)
    field, words, country = (visit.given(name) for name in ("field", "words", "country"))
    mine = visit.seat.countries(COMPLAINTS)
    if field not in SOUGHT or not words.strip() or country not in mine:
        return visit.go(visit.address("hotline"))
    office, me = visit.room.office, visit.account.id
    try:
        with office.database.writing(me, visit.seat.told) as connection:
            wait_to_search(connection, office.keys, me, office.clock())
    except TooMany as error:
        return _show(visit, (), "", visit.words("hotline.slow", seconds=error.seconds), 429)
    with office.database.writing(me, visit.seat.told) as connection:
        asked = Asked(country, COMPLAINTS, field, words)
        keys = search(connection, office.keys, asked, me, office.clock())
    found = [one for one in newest(visit) if one[0] in keys]
    return _show(visit, told(visit, found), "", sought=True)


def figures(visit: Visit) -> Response:
    """How many paid, did not, and of how many it is not known."""
    come_in(visit)
    paid = [PAID.get(text(one, "payment_made"), Truth.CANNOT_TELL) for _, _, one in newest(visit)]
    judgement = told_payments(payments_of(paid))
    tables = (*shown_tables(visit, judgement), _opened(visit))
    page = FiguresPage(visit.of(judgement.title), visit.address("hotline"), tables)
    return visit.show("hotline/figures.html", page)


def _opened(visit: Visit) -> ShownTable:
    """For what cases were opened, and how often: everybody at the hotline may know."""
    said, counts = visit.words, Counter[str]()
    with visit.room.office.database.reading(visit.account.id, visit.seat.told) as connection:
        for country in visit.seat.countries(COMPLAINTS):
            for purpose, times in times_looked(connection, COMPLAINTS, country).items():
                counts[purpose.partition(" ")[0]] += times
    rows = tuple(
        (ShownCell(said(f"hotline.for_{name}"), "", ""), ShownCell(str(times), "", ""))
        for name, times in counts.most_common()
    )
    head = (said("hotline.what_for"), said("hotline.times"))
    return ShownTable(said("hotline.opened_for"), head, rows, said("judge.none"))


def _show(
    visit: Visit,
    cases: tuple[Case, ...],
    more: str,
    problem: str = "",
    status: int = 200,
    sought: bool = False,
) -> Response:
    register, reader = visit.seat.register(COMPLAINTS), Reader(visit)
    names = {one.id: visit.of(one.name) for one in register.fields}
    page = HotlinePage(
        title=visit.words("hotline.title"),
        take=visit.address("hotline", "take") if hears(visit) else "",
        directory=visit.address("registers", "referral_services"),
        figures=visit.address("hotline", "figures"),
        box=visit.address("hotline", "box") if visit.room.box and hears(visit) else "",
        letters=len(letters_for(visit)),
        cases=cases,
        more=more,
        sought=sought,
        problem=problem,
        fields=tuple(Choice(name, names[name]) for name in SOUGHT),
        countries=tuple(
            Choice(code, reader.country(register, code))
            for code in visit.seat.countries(COMPLAINTS)
            if code
        ),
    )
    return visit.show("hotline/home.html", page, status)

"""The pages of judgements: what there is to judge, and each judgement on a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from starlette.responses import Response

from cauce.assess.diaspora.samples import SURVEYS
from cauce.assess.filled import rows, text, words
from cauce.assess.telling import Speaker
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement, Table
from cauce.model.text import Text
from cauce.office.desk.visit import Handler, Visit
from cauce.office.histories import NotThere
from cauce.office.judge.shown import shown_page
from cauce.office.judge.sight import SeatSight, is_member
from cauce.office.seat import today
from cauce.pipeline.judge.contracts import contracts_with_order, judge_contract
from cauce.pipeline.judge.courses import judge_edition
from cauce.pipeline.judge.diasporas import diaspora_countries, judge_diaspora, judge_survey
from cauce.pipeline.judge.mechanisms import SCHEMES, judge_funnel, judge_mentions, with_figures
from cauce.pipeline.judge.needs import judge_needs, mechanisms_in
from cauce.pipeline.judge.plans import judge_plan
from cauce.pipeline.judge.regularization import INITIATIVES, phases_of
from cauce.pipeline.judge.sight import NoSuchRecord, titled
from cauce.pipeline.judge.studies import judge_studies, study_countries

MOST_CONTRACTS = 50
Judge = Callable[[Visit, SeatSight], tuple[Judgement, tuple[str, ...]]]


@dataclass(frozen=True)
class Choice:
    """Something to judge."""

    name: str
    href: str


@dataclass(frozen=True)
class Kind:
    """A kind of judgement, with what there is to judge; `none` is said if there is nothing."""

    name: str
    about: str
    choices: tuple[Choice, ...]
    none: str


Kinds = Callable[[Visit, SeatSight], Iterator[Kind]]


@dataclass(frozen=True)
class JudgePage:
    """What templates/judge/index.html is given, and nothing else."""

    title: str
    kinds: tuple[Kind, ...]


def index(*more: Kinds) -> Handler:
    """What answers with all that somebody may judge from what they may see."""

    def answer(visit: Visit) -> Response:
        sight = sight_of(visit)
        kinds = (
            _kind(visit, "plan", _titled(visit, sight, "plans", "plans")),
            _kind(visit, "course", _titled(visit, sight, "course_editions", "courses")),
            _kind(visit, "eligibility", _phases(visit, sight)),
            _kind(visit, "diaspora", _countries(visit, sight, diaspora_countries, "diasporas")),
            _kind(visit, "survey", _titled(visit, sight, SURVEYS, "surveys")),
            _kind(visit, "mechanism", _mechanisms(visit, sight)),
            _kind(visit, "contract", _contracts(visit, sight)),
            _kind(visit, "study", _countries(visit, sight, study_countries, "studies")),
            _kind(visit, "needs", _assessments(visit, sight)),
            _kind(visit, "certificates", _certificates(visit, sight)),
            *_alike(visit),
            *(kind for kinds in more for kind in kinds(visit, sight)),
            *_alike(visit),
            *_network(visit),
        )
        return visit.show("judge/index.html", JudgePage(visit.words("judge.title"), kinds))

    return answer


def _kind(visit: Visit, name: str, choices: Iterator[Choice]) -> Kind:
    said = visit.words
    return Kind(
        said(f"judge.{name}"), said(f"judge.{name}_about"), tuple(choices), said("judge.none")
    )


def _alike(visit: Visit) -> Iterator[Kind]:
    """For who keeps recruiters; to everybody else there is no such thing."""
    if visit.seat.writes("recruiters"):
        all_ = Choice(visit.words("judge.alike_all"), visit.address("judge", "recruiters"))
        yield _kind(visit, "alike", iter((all_,)))


def _network(visit: Visit) -> Iterator[Kind]:
    """For members of the network; to everybody else there is no such thing."""
    if is_member(visit.seat):
        all_ = Choice(visit.words("judge.network_all"), visit.address("judge", "corridors"))
        yield _kind(visit, "network", iter((all_,)))


def _titled(visit: Visit, sight: SeatSight, register: str, part: str) -> Iterator[Choice]:
    for key, record in sight.records(register).items():
        yield Choice(
            visit.of(titled(sight, register, record, key)), visit.address("judge", part, key)
        )


def _phases(visit: Visit, sight: SeatSight) -> Iterator[Choice]:
    for key, record in sight.records(INITIATIVES).items():
        name = visit.of(words(record, "title", key))
        for phase, called in phases_of(record).items():
            address = visit.address("judge", "eligibility", key, phase)
            yield Choice(f"{name}: {visit.of(called)}", address)


def _countries(
    visit: Visit, sight: SeatSight, of: Callable[[SeatSight], list[str]], part: str
) -> Iterator[Choice]:
    speaker = Speaker(sight.lists)
    for code in of(sight):
        yield Choice(visit.of(speaker.country(code)), visit.address("judge", part, code))


def _mechanisms(visit: Visit, sight: SeatSight) -> Iterator[Choice]:
    for key, name in with_figures(sight).items():
        yield Choice(visit.of(name), visit.address("judge", "mechanisms", key))
    for scheme in SCHEMES:
        by = visit.words(f"judge.by_{scheme}")
        yield Choice(by, visit.address("judge", "protections", scheme))


def _contracts(visit: Visit, sight: SeatSight) -> Iterator[Choice]:
    """The latest; every contract's own page leads to its comparison, too."""
    for key, number in list(contracts_with_order(sight).items())[:MOST_CONTRACTS]:
        yield Choice(number, visit.address("judge", "contracts", key))


def _assessments(visit: Visit, sight: SeatSight) -> Iterator[Choice]:
    mechanisms = sight.records("mechanisms")
    for key, record in sight.records("assessments").items():
        name = visit.of(words(record, "title", key))
        listed = {text(row, "mechanism") for row in rows(record, "mechanisms")}
        for about in sorted({*mechanisms_in(sight, key), *listed}) or [""]:
            of = visit.of(words(mechanisms.get(about, {}), "title", about))
            address = visit.address("judge", "needs", key, mechanism=about)
            yield Choice(f"{name}: {of}" if about else name, address)


def _certificates(visit: Visit, sight: SeatSight) -> Iterator[Choice]:
    """For who may see whose they are by token; others have no use for them."""
    if not sight.shows("certificates", "participant"):
        return
    for key, record in sight.records("certificates").items():
        yield Choice(text(record, "code"), visit.address("judge", "certificates", key))


def sight_of(visit: Visit) -> SeatSight:
    """What the visitor may see, on the day asked for or today.

    Raises:
        BadInput: the day is none.
    """
    asked = visit.asked("on")
    try:
        day = date.fromisoformat(asked) if asked else today(visit.room.office)
    except ValueError as error:
        raise BadInput(visit.words("list.no_day", given=asked[:20])) from error
    return SeatSight(visit.seat, day)


def judged(judge: Judge, dated: bool = True) -> Handler:
    """What answers with a judgement; what is not there, or not theirs, is not there."""

    def answer(visit: Visit) -> Response:
        sight = sight_of(visit)
        try:
            judgement, notes = judge(visit, sight)
        except NoSuchRecord as error:
            raise NotThere from error
        except BadInput:
            judgement, notes = nothing_yet(), ()
        if visit.account.countries is not None:
            notes = (visit.words("judge.your_countries"), *notes)
        page = shown_page(visit, judgement, visit.asked("on"), dated, notes)
        return visit.show("judge/judgement.html", page)

    return answer


def nothing_yet() -> Judgement:
    """Said where what a judgement needs is not entered, or not approved, yet."""
    return Judgement(
        Text("Nothing to judge yet", "Todavía no hay qué valorar"),
        (
            Text(
                "What this judgement needs is not entered yet, or waits for review.",
                "Lo que hace falta para valorarlo no se ha ingresado, o espera revisión.",
            ),
        ),
        (),
    )


def plan(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_plan(sight, visit.part("key"))[1], ()


def course(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    """An edition; its people by token only for who may see tokens."""
    people = sight.shows("participants", "token")
    notes = () if people else (visit.words("judge.no_people"),)
    return judge_edition(sight, visit.part("key"), people)[1], notes


def diaspora(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_diaspora(sight, visit.part("country"))[1], ()


def survey(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_survey(sight, visit.part("key"))[1], ()


def mechanism(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_funnel(sight, visit.part("key"))[1], ()


def contract(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_contract(sight, visit.part("key"))[1], ()


def protections(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    scheme = next((known for known in SCHEMES if known == visit.part("scheme")), None)
    if scheme is None:
        raise NotThere
    return judge_mentions(sight, scheme)[1], ()


def studies(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
    return judge_studies(sight, visit.part("country"))[2], ()


def needs(frames: Path) -> Judge:
    """The reports of an assessment, one country after the other."""

    def judge(visit: Visit, sight: SeatSight) -> tuple[Judgement, tuple[str, ...]]:
        found = judge_needs(sight, visit.part("key"), frames, visit.asked("mechanism"))
        several = Text(found[0].frame.name.en, found[0].frame.name.es)
        one = len(found) == 1
        judgement = Judgement(
            title=found[0].judgement.title if one else several,
            notes=found[0].judgement.notes,
            tables=tuple(table for country in found for table in _named(country.judgement, one)),
        )
        agreed = all(country.agreed for country in found)
        return judgement, () if agreed else (visit.words("judge.draft_roadmap"),)

    return judge


def _named(judgement: Judgement, alone: bool) -> Iterator[Table]:
    """The tables of a country, under its name where there are several."""
    for table in judgement.tables:
        name = Text(
            f"{judgement.title.en}. {table.name.en}", f"{judgement.title.es}. {table.name.es}"
        )
        yield table if alone else replace(table, name=name)

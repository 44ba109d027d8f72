"""`cauce assess`: judgements straight from the register database."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.assess.diaspora.samples import SURVEYS
from cauce.assess.plans.iati import Publisher
from cauce.cli.judging import (
    AllOption,
    Asked,
    DayOption,
    JsonOption,
    LanguageOption,
    day_of,
    looking,
    show,
)
from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_packs, own_registers
from cauce.cli.screen import console, plain_errors
from cauce.model.errors import BadInput
from cauce.model.questionnaire import Questionnaire
from cauce.model.standing import HandOver
from cauce.pipeline.judge.courses import judge_edition
from cauce.pipeline.judge.diasporas import (
    judge_diaspora,
    judge_survey,
    questionnaire_of,
    template_questionnaire,
)
from cauce.pipeline.judge.mechanisms import SCHEMES, judge_funnel, judge_mentions
from cauce.pipeline.judge.needs import judge_needs
from cauce.pipeline.judge.plans import check_hand_overs, export_iati, hand_over, judge_plan
from cauce.pipeline.judge.sight import find
from cauce.pipeline.judge.studies import judge_studies
from cauce.publish.xml_schema import faults
from cauce.sources.books.questionnaire_form import write_questionnaire

Named = Annotated[str, typer.Argument(help="Its key, or words of its title.")]
CountryOption = Annotated[str, typer.Option("--country", help="A country, such as GTM.")]


def plan(
    name: Named,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """How a plan stands on a day: by country, by part, one by one; comments beside reports."""
    with looking(Asked(database, on, waiting)) as sight:
        standing, judgement = judge_plan(sight, find(sight, "plans", name))
        show(judgement, language, as_json, standing)


def give_over(
    name: Named,
    year: Annotated[int, typer.Option(help="The year of the presidency.")],
    country: Annotated[str, typer.Option(help="The presidency that hands over.")],
    actor: Annotated[str, typer.Option("--by", help="Who enters it.")],
    next_country: Annotated[str, typer.Option("--next", help="Who receives it.")] = "",
    since: Annotated[str, typer.Option("--from", help="First day of the presidency.")] = "",
    until: Annotated[str, typer.Option("--until", help="Its last day.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Freeze how a plan stands today, as one presidency hands it to the next, for review."""
    with looking(Asked(database)) as sight:
        if {country, next_country} - {""} - {code.id for code in sight.lists["CL_COUNTRY"].codes}:
            raise BadInput("Write the presidencies as codes of countries, such as GTM.")
        given = HandOver(
            year=year,
            country=country,
            next_country=next_country,
            since=day_of(since, sight.known_at) if since and sight.known_at else None,
            until=day_of(until, sight.known_at) if until and sight.known_at else None,
        )
        key = find(sight, "plans", name)
        entry = hand_over(sight, key, given, actor, lambda: secrets.token_hex(10))
        console.print(f"Frozen as entry {entry.number}, record {entry.key}; it waits for review.")


def iati(
    name: Named,
    into: Annotated[Path, typer.Option(help="The file to write.")],
    ref: Annotated[str, typer.Option(help="Who publishes: its identifier in IATI.")],
    org: Annotated[str, typer.Option(help="Its name.")],
    org_type: Annotated[
        str, typer.Option(help="Its kind in IATI, such as 10 government, 40 multilateral.")
    ] = "10",
    schema: Annotated[
        Path | None,
        typer.Option(help="IATI's iati-activities-schema.xsd, with its other files beside it."),
    ] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
) -> None:
    """Write the results of a plan as IATI 2.03, checked against IATI's schema if you have it."""
    with looking(Asked(database, on, waiting)) as sight:
        key = find(sight, "plans", name)
        text = export_iati(sight, key, Publisher(ref, org_type, org), datetime.now(UTC))
        wrong = faults(text.encode(), schema) if schema else ()
        if wrong:
            raise BadInput(f"The file is not as IATI's schema says: {'; '.join(wrong)}")
        into.write_text(text, encoding="utf-8")
        valid = f"It is valid by {schema.name}. " if schema else ""
        console.print(f"Wrote {into}. {valid}Check it with IATI's validator before you publish it.")


def hand_overs(name: Named, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Work out every hand-over of a plan again from the log, and say whether it is as frozen."""
    with looking(Asked(database)) as sight:
        broken, found = 0, list(check_hand_overs(sight, find(sight, "plans", name)))
        if not found:
            console.print("This plan was never handed over: `cauce assess hand-over` freezes it.")
        for one in found:
            broken += not one.holds
            said = "as it was frozen" if one.holds else "NOT as it was frozen"
            console.print(f"{one.record['year']}  {one.record['country']}  {one.key}  {said}")
        if broken:
            raise typer.Exit(1)


def course(
    name: Named,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """An edition of a course: completion, gains, whom it reached, who is still in post."""
    with looking(Asked(database, on, waiting)) as sight:
        key = find(sight, "course_editions", name)
        _, judgement = judge_edition(sight, key)
        show(judgement, language, as_json)


def diaspora(
    country: Annotated[str, typer.Argument(help="The country of origin, such as SLV.")],
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """A country's ledger of contributions: what was added, what was not, and why."""
    with looking(Asked(database, on, waiting)) as sight:
        ledger, judgement = judge_diaspora(sight, country.strip().upper())
        show(judgement, language, as_json, ledger)


def survey(
    name: Named,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """A mapping survey of a diaspora: whether its sample is one of chance, and what it may say."""
    with looking(Asked(database, on, waiting)) as sight:
        found, judgement = judge_survey(sight, find(sight, SURVEYS, name))
        show(judgement, language, as_json, found)


def questions(
    into: Annotated[Path, typer.Option(help="The XLSForm to write, such as survey.xlsx.")],
    name: Annotated[
        str, typer.Argument(help="The survey; the template that comes with Cauce if none.")
    ] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
) -> None:
    """Write the questionnaire of a mapping survey as a form for KoBo and ODK."""
    if not name:
        with plain_errors():
            asked = template_questionnaire(own_registers())
            _write(asked, into)
        return
    with looking(Asked(database, on, waiting)) as sight:
        _write(questionnaire_of(sight, find(sight, SURVEYS, name)), into)


def _write(asked: Questionnaire, into: Path) -> None:
    write_questionnaire(asked, into)
    console.print(f"Wrote {into}. Questions after that of consent: {len(asked.questions)}.")


def funnel(
    name: Named,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """A mechanism from requested to returned: figures by source, ratios only within one."""
    with looking(Asked(database, on, waiting)) as sight:
        ways, judgement = judge_funnel(sight, find(sight, "mechanisms", name))
        show(judgement, language, as_json, ways)


def protections(
    scheme: Annotated[
        str, typer.Option(help=f"The list of themes: {', '.join(SCHEMES)}.")
    ] = "theme",
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """The share of agreements that mention each protection, of the texts that were read."""
    with looking(Asked(database, on, waiting)) as sight:
        chosen = next((known for known in SCHEMES if known == scheme), None)
        if chosen is None:
            raise BadInput(f"{scheme[:20]!r} is no list of themes: say {' or '.join(SCHEMES)}.")
        found, judgement = judge_mentions(sight, chosen)
        show(judgement, language, as_json, found)


def studies(
    country: CountryOption = "",
    measure: Annotated[str, typer.Option(help="What is estimated, such as NEED.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """Estimates side by side, and whether each two may be compared."""
    with looking(Asked(database, on, waiting)) as sight:
        found, compared, judgement = judge_studies(sight, country, measure)
        show(judgement, language, as_json, {"studies": found, "compared": compared})


def needs(
    name: Named,
    country: CountryOption = "",
    mechanism: Annotated[str, typer.Option(help="Words of a mechanism's title.")] = "",
    frames: Annotated[Path | None, typer.Option(help="Frames other than Cauce's own.")] = None,
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
    language: LanguageOption = "en",
    as_json: JsonOption = False,
) -> None:
    """The report of a needs assessment for each country, or for one."""
    with looking(Asked(database, on, waiting)) as sight:
        key = find(sight, "assessments", name)
        about = find(sight, "mechanisms", mechanism) if mechanism else ""
        found = judge_needs(sight, key, frames or own_packs() / "frames", about)
        for one in found:
            if country in ("", one.scores.country):
                show(one.judgement, language, as_json, one.scores)

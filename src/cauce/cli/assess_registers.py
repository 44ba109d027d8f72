"""`cauce assess`: judgements straight from the register database."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.assess.plans.iati import Publisher
from cauce.cli.judging import (
    AllOption,
    Asked,
    DayOption,
    Judged,
    day_of,
    judged,
    looking,
)
from cauce.cli.places import DEFAULT_DATABASE, DatabaseOption, own_packs
from cauce.cli.screen import console
from cauce.model.errors import BadInput
from cauce.model.standing import HandOver
from cauce.pipeline.judge.courses import judge_edition
from cauce.pipeline.judge.diasporas import judge_diaspora
from cauce.pipeline.judge.mechanisms import SCHEMES, judge_funnel, judge_mentions
from cauce.pipeline.judge.needs import judge_needs
from cauce.pipeline.judge.plans import check_hand_overs, export_iati, hand_over, judge_plan
from cauce.pipeline.judge.sight import LogSight, find
from cauce.pipeline.judge.studies import judge_studies

Named = Annotated[str, typer.Argument(help="Its key, or words of its title.")]
CountryOption = Annotated[str, typer.Option("--country", help="A country, such as GTM.")]


@judged
def plan(sight: LogSight, name: Named) -> Iterator[Judged]:
    """How a plan stands on a day: by country, by part, one by one; comments beside reports."""
    standing, judgement = judge_plan(sight, find(sight, "plans", name))
    yield Judged(judgement, standing)


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
    database: DatabaseOption = DEFAULT_DATABASE,
    on: DayOption = "",
    waiting: AllOption = False,
) -> None:
    """Write the results of a plan as IATI 2.03. It is not checked against IATI's schema here."""
    with looking(Asked(database, on, waiting)) as sight:
        key = find(sight, "plans", name)
        text = export_iati(sight, key, Publisher(ref, org_type, org), datetime.now(UTC))
        into.write_text(text, encoding="utf-8")
        console.print(f"Wrote {into}. Check it with IATI's validator before you publish it.")


def hand_overs(name: Named, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Work out every hand-over of a plan again from the log, and say whether it is as frozen."""
    with looking(Asked(database)) as sight:
        broken = 0
        for one in check_hand_overs(sight, find(sight, "plans", name)):
            broken += not one.holds
            said = "as it was frozen" if one.holds else "NOT as it was frozen"
            console.print(f"{one.record['year']}  {one.record['country']}  {one.key}  {said}")
        if broken:
            raise typer.Exit(1)


@judged
def course(sight: LogSight, name: Named) -> Iterator[Judged]:
    """An edition of a course: completion, gains, whom it reached, who is still in post."""
    key = find(sight, "course_editions", name)
    _, judgement = judge_edition(sight, key)
    yield Judged(judgement)


@judged
def diaspora(
    sight: LogSight,
    country: Annotated[str, typer.Argument(help="The country of origin, such as SLV.")],
) -> Iterator[Judged]:
    """A country's ledger of contributions: what was added, what was not, and why."""
    ledger, judgement = judge_diaspora(sight, country)
    yield Judged(judgement, ledger)


@judged
def funnel(sight: LogSight, name: Named) -> Iterator[Judged]:
    """A mechanism from requested to returned: figures by source, ratios only within one."""
    ways, judgement = judge_funnel(sight, find(sight, "mechanisms", name))
    yield Judged(judgement, ways)


@judged
def protections(
    sight: LogSight,
    scheme: Annotated[
        str, typer.Option(help=f"The list of themes: {', '.join(SCHEMES)}.")
    ] = "theme",
) -> Iterator[Judged]:
    """The share of agreements that mention each protection, of the texts that were read."""
    chosen = next((known for known in SCHEMES if known == scheme), None)
    if chosen is None:
        raise BadInput(f"{scheme[:20]!r} is no list of themes: say {' or '.join(SCHEMES)}.")
    found, judgement = judge_mentions(sight, chosen)
    yield Judged(judgement, found)


@judged
def studies(
    sight: LogSight,
    country: CountryOption = "",
    measure: Annotated[str, typer.Option(help="What is estimated, such as NEED.")] = "",
) -> Iterator[Judged]:
    """Estimates side by side, and whether each two may be compared."""
    found, compared, judgement = judge_studies(sight, country, measure)
    yield Judged(judgement, {"studies": found, "compared": compared})


@judged
def needs(
    sight: LogSight,
    name: Named,
    country: CountryOption = "",
    mechanism: Annotated[str, typer.Option(help="Words of a mechanism's title.")] = "",
    frames: Annotated[Path | None, typer.Option(help="Frames other than Cauce's own.")] = None,
) -> Iterator[Judged]:
    """The report of a needs assessment for each country, or for one."""
    key = find(sight, "assessments", name)
    about = find(sight, "mechanisms", mechanism) if mechanism else ""
    found = judge_needs(sight, key, frames or own_packs() / "frames", about)
    for one in found:
        if country in ("", one.scores.country):
            yield Judged(one.judgement, one.scores)

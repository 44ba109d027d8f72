"""A plan on a day, its hand-over to the next presidency, and whether a hand-over still holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cauce.assess.filled import day, number, text
from cauce.assess.plans.iati import Publisher, iati_results
from cauce.assess.plans.snapshots import fingerprint, snapshot
from cauce.assess.plans.standings import plan_standing
from cauce.assess.plans.told import told_plan
from cauce.model.entry import Action, Draft, Entry
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.model.record import Record
from cauce.model.standing import HandOver, PlanRecords, Standing
from cauce.pipeline.judge.sight import LogSight, Sight, one, speaker
from cauce.store.log import Log, append
from cauce.store.log.writer import last

SNAPSHOTS = "plan_snapshots"


def plan_records(sight: Sight, key: str) -> PlanRecords:
    """What the registers hold of a plan. Raises BadInput if there is no such plan."""
    return PlanRecords(
        key=key,
        plan=one(sight, "plans", key),
        nodes=sight.records("plan_nodes"),
        indicators=sight.records("plan_indicators"),
        milestones=sight.records("plan_milestones"),
        reports=sight.records("plan_reports"),
        memberships=sight.records("memberships"),
    )


def judge_plan(sight: Sight, key: str) -> tuple[Standing, Judgement]:
    """How a plan stands, for each country seen, with the comments of civil society beside it."""
    records = plan_records(sight, key)
    standing = plan_standing(records, sight.day, sight.only)
    comments = sight.records("shadow_comments")
    return standing, told_plan(standing, records, comments, speaker(sight))


def export_iati(sight: Sight, key: str, publisher: Publisher, now: datetime) -> str:
    """The results of a plan as an IATI file. Raises BadInput if there is no such plan."""
    return iati_results(plan_records(sight, key), publisher, now)


def hand_over(
    sight: LogSight, key: str, given: HandOver, actor: str, new_key: Callable[[], str]
) -> Entry:
    """Freeze how a plan stands today as a record of the register of hand-overs.

    The standing is that of the moment at which the record is entered: nobody writes in between.
    Like every entry it waits for a second person.

    Raises:
        BadInput: there is no such plan, or it was handed over that year already.
    """
    _refuse_again(sight, key, given.year)
    now = sight.known_at
    if now is None:
        raise BadInput("A hand-over is of a moment: say which.")
    with sight.database.writing(actor) as connection:
        number_before, _ = last(connection)
        standing, _ = judge_plan(sight, key)
        draft = Draft(
            register=SNAPSHOTS,
            key=new_key(),
            country=given.country,
            action=Action.OPEN,
            record=snapshot(standing, given, max(number_before, 1)),
            valid_from=sight.day,
            valid_to=None,
            actor=actor,
            reason="",
            base=0,
        )
        return append(connection, sight.registers, [draft], now)[0]


def _refuse_again(sight: LogSight, key: str, year: int) -> None:
    waiting = replace(sight, approved=False).records(SNAPSHOTS)
    for record in waiting.values():
        if text(record, "plan") == key and number(record, "year") == year:
            raise BadInput(f"This plan was handed over in {year} already: correct that record.")


@dataclass(frozen=True)
class Checked:
    """A hand-over, and whether the log still yields the standing it froze."""

    key: str
    record: Record
    holds: bool


def check_hand_overs(sight: LogSight, key: str) -> Iterator[Checked]:
    """Each hand-over of a plan, worked out again from the log as it was known then."""
    found = replace(sight, approved=False).records(SNAPSHOTS)
    for name, record in found.items():
        if text(record, "plan") == key:
            then = replace(
                sight,
                day=day(record, "taken_on") or sight.day,
                known_at=_entered(sight, name),
            )
            standing, _ = judge_plan(then, key)
            yield Checked(name, record, fingerprint(standing) == text(record, "sha256"))


def _entered(sight: LogSight, key: str) -> datetime:
    entries = Log(sight.database, sight.registers).entries(SNAPSHOTS, key)
    return entries[0].recorded_at

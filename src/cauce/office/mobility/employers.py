"""A worker's change of employer, where the mechanism allows it."""

from dataclasses import replace
from datetime import date, timedelta

from starlette.responses import Response

from cauce.assess.filled import text
from cauce.model.entry import Action
from cauce.office import drafting, papers
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.mobility.here import may_act, operation_of, refused
from cauce.office.mobility.permits import permit_of
from cauce.pipeline.mobility import PERMITS


def change_employer(visit: Visit) -> Response:
    """End the row of the employer there is and begin the next; a second person approves it."""
    operation = operation_of(visit)
    key, record = permit_of(visit, operation)
    may_act(visit, text(record, "country"))
    employer, given = visit.given("employer").strip().upper(), visit.given("since")
    try:
        since = date.fromisoformat(given)
    except ValueError:
        raise refused("Choose the day of the change.", "Elija el día del cambio.") from None
    register = visit.seat.register(PERMITS)
    paper = papers.begin(visit.seat, register, key, Action.CHANGE)
    before = paper.typed.values.get("employers")
    stretches = [dict(row) for row in before] if isinstance(before, list) else []
    if stretches:
        stretches[-1]["until"] = (since - timedelta(days=1)).isoformat()
    stretches.append({"employer": employer, "since": since.isoformat()})
    typed = replace(
        paper.typed,
        values={**paper.typed.values, "employers": stretches},
        valid_from=since.isoformat(),
        reason=visit.words("mobility.changed_to", employer=employer),
    )
    try:
        drafting.submit(visit.seat, replace(paper, typed=typed))
    except Refused as error:
        fault = error.checked.blocking[0]
        raise refused(fault.message.en, fault.message.es) from error
    return visit.go(visit.address("mobility", "permits", key, done="employer"))

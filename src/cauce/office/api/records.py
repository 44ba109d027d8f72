"""Records for programs: lists, one, its history; entering, altering, judging."""

from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from cauce.model.entry import Action, Entry
from cauce.model.record import Record
from cauce.office import drafting, papers
from cauce.office.api.call import Call
from cauce.office.api.problems import both, problem
from cauce.office.histories import History, NotThere, Step
from cauce.office.papers import Paper
from cauce.office.typed import Typed
from cauce.registers.canonical import plain
from cauce.store.log import StaleSave
from cauce.store.log.envelope import Whose
from cauce.store.log.review import Verdict

ACTIONS = {"change": Action.CHANGE, "correct": Action.CORRECTION, "end": Action.END}
KNOWN = {"record", "valid_from", "valid_to", "reason", "insist", "action"}


def registers(call: Call) -> Response:
    """The registers somebody sees something of, and what they may do there."""
    seat = call.seat
    return JSONResponse(
        {
            "registers": [
                {
                    "id": one.id,
                    "name": both(one.name),
                    "about": both(one.about),
                    "version": one.version,
                    "write": seat.writes(one.id),
                    "approve": seat.approves(one.id),
                }
                for one in seat.registers()
            ]
        }
    )


def page(call: Call) -> Response:
    """Records in the order of their titles, a part at a time."""
    register = call.seat.register(call.part("register"))
    country = call.request.query_params.get("country")
    found = call.seat.page(
        register,
        call.asked("words"),
        call.asked("after"),
        {"REGION": ""}.get(country, country) if country else None,
        call.moment("known_at"),
    )
    lines = call.seat.lines((register.id, one) for one in found.found)
    return JSONResponse(
        {
            "records": [
                {
                    "key": line.key,
                    "title": both(line.names),
                    "country": line.country,
                    "entry": line.number,
                    "ended": line.ended,
                    "state": str(line.verdict or "waits"),
                }
                for line in lines
            ],
            "after": found.after,
        }
    )


def record(call: Call) -> Response:
    """A record as it was true on a day, as it was known at a moment."""
    history = _history(call)
    on = call.day("on")
    periods = history.periods(call.moment("known_at"))
    period = periods[-1] if periods and on is None else None
    if on is not None:
        covering = (p for p in periods if (p.start or date.min) <= on < (p.end or date.max))
        period = next(covering, None)
    if period is None:
        raise NotThere
    step = history.step(period.entry)
    body = {
        "register": history.register.id,
        "key": history.key,
        "country": history.country,
        "entry": history.newest.entry.number,
        "said_by": period.entry,
        "state": str(step.verdict or "waits"),
        "valid_from": _day(period.start),
        "valid_to": _day(period.end),
        "record": plain(_seen(call, history, period.record, step)),
    }
    return JSONResponse(body, headers={"ETag": f'"{history.newest.entry.number}"'})


def entries(call: Call) -> Response:
    """The history of a record, oldest first."""
    history = _history(call)
    told = [entry_of(call, history, step) for step in history.steps]
    return JSONResponse({"entries": told})


def create(call: Call) -> Response:
    """A new record, which waits for a second person."""
    register = call.seat.register(call.part("register"))
    paper = papers.begin(call.seat, register, "", Action.OPEN)
    return _submitted(call, replace(paper, typed=_typed(call.json(), {"action"})))


def alter(call: Call) -> Response:
    """A change, a correction or an end, on top of the entry the caller had before them."""
    body = call.json()
    register = call.seat.register(call.part("register"))
    history = call.seat.history(register, call.part("key"))
    action = ACTIONS.get(str(body.get("action")))
    if action is None:
        raise HTTPException(400)
    had = call.had()
    if had is None:
        return problem(428)
    typed = _typed(body, set())
    if had != history.newest.entry.number:
        return _stale(call, history, typed)
    paper = papers.begin(call.seat, register, history.key, action)
    return _submitted(call, replace(paper, typed=typed))


def verdict(call: Call) -> Response:
    """Approve an entry with what it rests on, or send it back with a note."""
    body, history = call.json(), _history(call)
    said = next((known for known in Verdict if known == body.get("verdict")), None)
    if said is None:
        raise HTTPException(400)
    number = int(call.part("number"))
    call.seat.judge(history, number, said, str(body.get("note") or ""))
    now = _history(call)
    return JSONResponse(entry_of(call, now, now.step(number)))


def _submitted(call: Call, paper: Paper) -> Response:
    """The entry, or both versions if somebody saved meanwhile."""
    try:
        entry = drafting.submit(call.seat, paper)
    except StaleSave:
        history = call.seat.history(paper.register, paper.sheet.key)
        return _stale(call, history, paper.typed)
    history = call.seat.history(paper.register, entry.key)
    where = f"/api/v1/registers/{entry.register}/records/{entry.key}"
    return JSONResponse(
        entry_of(call, history, history.step(entry.number)),
        201,
        headers={"ETag": f'"{entry.number}"', "Location": where},
    )


def _stale(call: Call, history: History, typed: Typed) -> Response:
    """Both versions: what the caller sent, and what is there now."""
    theirs = entry_of(call, history, history.newest)
    return problem(409, yours=typed.values, theirs=theirs)


def _typed(body: dict[str, object], besides: set[str]) -> Typed:
    """What a body says. Raises HTTPException if it is not made as it should be."""
    values = body.get("record", {})
    insist = body.get("insist", [])
    if not isinstance(values, dict) or not isinstance(insist, list) or set(body) - KNOWN - besides:
        raise HTTPException(400)
    days = [body.get(name) or "" for name in ("valid_from", "valid_to")]
    return Typed(
        values, str(days[0]), str(days[1]), str(body.get("reason") or ""), tuple(map(str, insist))
    )


def _history(call: Call) -> History:
    return call.seat.history(call.seat.register(call.part("register")), call.part("key"))


def entry_of(call: Call, history: History, step: Step) -> dict[str, object]:
    """An entry as somebody may see it."""
    entry: Entry = step.entry
    seen = None if entry.record is None else plain(_seen(call, history, entry.record, step))
    said = step.said
    return {
        "number": entry.number,
        "key": entry.key,
        "action": str(entry.action),
        "record": seen,
        "valid_from": _day(entry.valid_from),
        "valid_to": _day(entry.valid_to),
        "recorded_at": entry.recorded_at.isoformat(),
        "actor": entry.actor,
        "reason": entry.reason,
        "state": str(step.verdict or "waits"),
        "verdict": {"actor": said.actor, "at": said.at.isoformat(), "note": said.note}
        if said
        else None,
        "hash": entry.hash,
    }


def _seen(call: Call, history: History, record: Record, step: Step) -> Record:
    return call.seat.seen(Whose(history.register, history.key, history.country), record, step.state)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

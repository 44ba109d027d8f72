"""Letters of the form on a phone: taken in as complaints, and answered on the case."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace

from starlette.responses import Response

from cauce.assess.filled import rows, text
from cauce.letterbox import (
    Letter,
    Waiting,
    open_letter,
    put_answer,
    remove,
    sealed_in,
    set_aside,
    waiting,
)
from cauce.model.entry import Action
from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.office import drafting, papers
from cauce.office.desk.visit import Visit
from cauce.office.drafting import Refused
from cauce.office.histories import History, NotThere
from cauce.office.hotline.cases import COMPLAINTS, case_of, hears, latest, newest, numbered, opened
from cauce.office.seat import today
from cauce.office.typed import Raw, Typed
from cauce.registers.values import MAX_NOTE, MAX_TEXT, legible
from cauce.store.log import StaleSave
from cauce.store.log.key_folder import KeyFolder

AT_ONCE = 50
"""Letters that one click takes in."""
HEX, BACK = re.compile(r"[0-9a-f]{20}"), re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class BoxPage:
    """What templates/hotline/box.html is given, and nothing else."""

    title: str
    back: str
    said: str
    done: tuple[str, ...]


def letters_for(visit: Visit) -> tuple[Waiting, ...]:
    """The letters that wait for the countries somebody takes complaints for."""
    box, mine = visit.room.box, visit.seat.places("write", COMPLAINTS, "draft")
    if box is None or not hears(visit):
        return ()
    return waiting(box.letters, mine)


def box(visit: Visit) -> Response:
    """How many letters wait. Raises NotThere to who takes no complaints, or without a box."""
    return _show(visit, ())


def take_in(visit: Visit) -> Response:
    """Enter letters as complaints; each leaves the box once it is in the log, and not before."""
    if visit.room.box is None or not hears(visit):
        raise NotThere
    taken = unopened = 0
    for one in letters_for(visit)[:AT_ONCE]:
        try:
            letter = _opened(visit.room.office.keys, one)
        except BadInput:
            set_aside(one)
            unopened += 1
            continue
        if _enter(visit, letter):
            remove(one)
            taken += 1
        else:
            set_aside(one)
            unopened += 1
    said = [visit.words("hotline.box_taken", count=taken)]
    if unopened:
        said.append(visit.words("hotline.box_unopened", count=unopened))
    return _show(visit, tuple(said))


def answer(visit: Visit) -> Response:
    """Answer who wrote by the form, sealed with what they keep; the case remembers it."""
    history = case_of(visit)
    if visit.room.box is None or not hears(visit):
        raise NotThere
    said = visit.given("text").strip()
    back = visit.address("hotline", "cases", history.key)
    record = opened(visit, history, "ANSWER")
    key = text(record, "back_key")
    if not key or not said:
        return visit.go(back)
    paper = papers.begin(visit.seat, history.register, history.key, Action.CHANGE)
    day = today(visit.room.office).isoformat()
    given = paper.typed.values.get("answers")
    before = given if isinstance(given, list) else []
    values = {**paper.typed.values, "answers": [*before, {"on": day, "text": said[:MAX_NOTE]}]}
    typed = Typed(values, day, "", visit.words("hotline.reason_answered"))
    drafting.submit(visit.seat, replace(paper, typed=typed))
    whole = [*((row.get("on", ""), text(row, "text")) for row in rows(record, "answers"))]
    told = "\n\n".join(f"{on}\n{words}" for on, words in reversed([*whole, (day, said)]))
    put_answer(visit.room.box.answers, bytes.fromhex(key), told)
    return visit.go(visit.address("hotline", "cases", history.key, answered="1"))


def _opened(keys: KeyFolder, one: Waiting) -> Letter:
    """A letter, by the newest of its country's keys or by one before it. Raises BadInput."""
    sealed, name = sealed_in(one), f"intake-{one.country}"
    number = int(keys.newest(name).removeprefix(name) or 1)
    for version in range(number, 0, -1):
        try:
            key = keys.key(name if version == 1 else f"{name}{version}", make=False)
            return open_letter(sealed, key, one.country)
        except BadInput:
            if version == 1:
                raise
    raise BadInput("There is no key.")


def _enter(visit: Visit, letter: Letter) -> bool:
    """A letter as a case, or added to the case it follows; whether it is in the log now.

    One that is there already is not doubled. Where a field is odd, the whole letter becomes the
    account: nothing that somebody wrote is lost.
    """
    if letter.follows and (history := _followed(visit, letter)) is not None:
        if _add(visit, history, letter):
            return True
        letter = replace(letter, follows=False, number=numbered("D"))
    register = visit.seat.register(COMPLAINTS)
    paper = papers.begin(visit.seat, register, "", Action.OPEN)
    if HEX.fullmatch(letter.key):
        paper = replace(paper, sheet=replace(paper.sheet, key=letter.key))
        with suppress(NotThere):
            visit.seat.history(register, letter.key)
            return True
    whole = "\n".join(f"{name}: {value}" for name, value in letter.told.items())
    plain = replace(
        letter,
        number=numbered("D"),
        day=today(visit.room.office).isoformat(),
        told={"account": whole},
    )
    for one in (letter, plain):
        with suppress(Refused):
            drafting.submit(visit.seat, replace(paper, typed=Typed(_values(visit, one))))
            return True
    return False


def _values(visit: Visit, letter: Letter) -> Raw:
    told = {name: legible(value) for name, value in letter.told.items()}
    lines = [told.get("account", "")]
    lines += [f"[{name}] {told[name]}" for name in ("how_much", "where") if told.get(name)]
    if letter.follows:
        lines.append(visit.words("hotline.says_it_follows", number=legible(letter.number)))
    values: Raw = {
        "number": numbered("D") if letter.follows else letter.number,
        "country": letter.country,
        "received_on": letter.day,
        "channel": "FORM",
        "anonymous": "true",
        "payment_made": told["paid"] if told.get("paid") in ("Y", "N") else str(Absent.UNKNOWN),
        "account": "\n".join(lines)[:MAX_NOTE],
        "consent": told.get("consent", "PRIV"),
        "status": "NEW",
    }
    if BACK.fullmatch(letter.back_key):
        values["back_key"] = letter.back_key
    named = {"recruiter_name": "recruiter", "employer_name": "employer", "contact": "contact"}
    for field, name in named.items():
        if value := " ".join(told.get(name, "").split())[:MAX_TEXT]:
            values[field] = value
    return values


def _followed(visit: Visit, letter: Letter) -> History | None:
    """The case that a letter is about, if its writer has the words of that case."""
    register = visit.seat.register(COMPLAINTS)
    for key, country, record in newest(visit):
        if (country, text(record, "number")) == (letter.country, letter.number):
            history = visit.seat.history(register, key)
            same = text(opened(visit, history, "LETTER"), "back_key") == letter.back_key
            return history if same else None
    return None


def _add(visit: Visit, history: History, letter: Letter) -> bool:
    """Add what was written again under what was told before; whether that was done."""
    paper = papers.begin(visit.seat, history.register, history.key, Action.CHANGE)
    before = str(paper.typed.values.get("account", ""))
    added = f"\n\n[{letter.day}] {legible(letter.told.get('account', ''))}".rstrip()
    if before.endswith(added):
        return True
    more = before + added
    if not latest(history) or len(more) > MAX_NOTE:
        return False
    reason = visit.words("hotline.reason_added")
    # From today, not from the day of the letter: what changed since would hide it.
    on = today(visit.room.office).isoformat()
    typed = Typed({**paper.typed.values, "account": more}, on, "", reason)
    try:
        drafting.submit(visit.seat, replace(paper, typed=typed))
    except (Refused, StaleSave):
        return False
    return True


def _show(visit: Visit, done: tuple[str, ...]) -> Response:
    if visit.room.box is None or not hears(visit):
        raise NotThere
    count = len(letters_for(visit))
    page = BoxPage(
        title=visit.words("hotline.box"),
        back=visit.address("hotline"),
        said=visit.words("hotline.box_waiting", count=count) if count else "",
        done=done,
    )
    return visit.show("hotline/box.html", page)

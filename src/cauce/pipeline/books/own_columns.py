"""What the columns of ours say: insist, change or correct, since when, why."""

from dataclasses import dataclass
from datetime import date

from cauce.model.entry import Action
from cauce.model.register import Field, Sensitivity
from cauce.model.text import Text
from cauce.pipeline.books.adapt import Words, adapted
from cauce.pipeline.books.raw import RawRecord
from cauce.registers.values import Wrong, folded, read_value
from cauce.sources.books.book import Broken
from cauce.sources.books.shape import (
    ACTION,
    ACTIONS,
    BASE,
    INSIST,
    KEY,
    OWN,
    REASON,
    VALID_FROM,
    VALID_TO,
)

_WORDS = {
    **{folded(code): Action(code) for code in (*ACTIONS, "OPEN")},
    "cambio": Action.CHANGE,
    "correccion": Action.CORRECTION,
    "fin": Action.END,
    "alta": Action.OPEN,
}


@dataclass(frozen=True)
class Own:
    """`action` is None if nobody chose one; `base` is 0 for a record that is new."""

    insists: bool
    action: Action | None
    valid_from: date | None
    valid_to: date | None
    reason: str
    key: str
    base: int


def read_own(raw: RawRecord, words: Words, faults: list[tuple[str, Text]]) -> Own:
    """Our columns of a line; what is wrong is added to the faults with its column."""

    def text(name: str) -> str:
        cell = raw.own.get(name, "")
        return "" if isinstance(cell, Broken) else str(cell).strip()

    insist = folded(text(INSIST))
    if insist not in ("", "ok"):
        faults.append((INSIST, Text("write OK or nothing", "escriba OK o nada")))
    chosen = folded(text(ACTION).partition(" – ")[0])
    if chosen and chosen not in _WORDS:
        faults.append(
            (ACTION, Text("choose CHANGE, CORRECTION or END", "elija CHANGE, CORRECTION o END"))
        )
    base = raw.own.get(BASE, 0)
    return Own(
        insists=insist == "ok",
        action=_WORDS.get(chosen),
        valid_from=_day(raw, VALID_FROM, words, faults),
        valid_to=_day(raw, VALID_TO, words, faults),
        reason=text(REASON)[:500],
        key=text(KEY),
        base=int(base) if isinstance(base, int | float) else 0,
    )


def _day(raw: RawRecord, name: str, words: Words, faults: list[tuple[str, Text]]) -> date | None:
    cell = raw.own.get(name)
    if cell is None:
        return None
    own = Field(name, OWN[name], "date", False, Sensitivity.P0, False)
    try:
        day = read_value(own, adapted(own, cell, words), words.lists)
    except Wrong as wrong:
        faults.append((name, wrong.text))
        return None
    if isinstance(day, date):
        return day
    faults.append((name, Text("write a date, or nothing", "escriba una fecha, o nada")))
    return None

"""Saying a judgement in both languages: codes by their names, records by their titles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cauce.assess.dates import day_words
from cauce.model.codelist import Codelist
from cauce.model.judgement import Cell, Table, Tone
from cauce.model.study import Bound
from cauce.model.text import Text
from cauce.model.truth import TRUTHS, Truth

DASH = Text("–", "–")
REGION = Text("Region", "Región")
NOTHING = Text("Nothing yet.", "Todavía nada.")
NOT_KNOWN = Text("not known", "no se conoce")
MEANT: Mapping[Bound, Text] = {
    "EXACT": Text("", ""),
    "ABOUT": Text("about ", "cerca de "),
    "AT_LEAST": Text("at least ", "al menos "),
    "AT_MOST": Text("at most ", "a lo más "),
}
YES_IS_GOOD: Mapping[Truth, Tone] = {
    Truth.YES: "good",
    Truth.NO: "bad",
    Truth.CANNOT_TELL: "none",
}


@dataclass(frozen=True)
class Speaker:
    """Names of codes by list, and titles of records by register and key."""

    lists: Mapping[str, Codelist]
    titles: Mapping[tuple[str, str], Text] = field(default_factory=dict)

    def code(self, codelist: str, code: str) -> Text:
        """The name of a code; the code itself if its list does not hold it."""
        found = self.lists.get(codelist)
        codes = found.codes if found else ()
        return next((one.name for one in codes if one.id == code), Text(code, code))

    def country(self, code: str) -> Text:
        return self.code("CL_COUNTRY", code) if code else REGION

    def countries(self, codes: Sequence[str]) -> Text:
        return listed([self.country(code) for code in codes])

    def record(self, register: str, key: str) -> Cell:
        """A record by its title, and where it is."""
        return Cell(self.titles.get((register, key), Text(key, key)), "", register, key)


def listed(words: Sequence[Text], between: str = ", ") -> Text:
    """Words one after the other; a dash if there are none."""
    if not words:
        return DASH
    return Text(between.join(w.en for w in words), between.join(w.es for w in words))


def year(value: int | None) -> Text:
    return NOT_KNOWN if value is None else Text(str(value), str(value))


def counted(number: float | Decimal | None) -> Text:
    """A number with its thousands apart and no more decimals than it has."""
    if number is None:
        return NOT_KNOWN
    said = f"{number:,.2f}".rstrip("0").rstrip(".")
    return Text(said, said.replace(",", "\u00a0"))


def share(value: float | None) -> Text:
    """A share as a percentage; a dash if there is none."""
    if value is None:
        return DASH
    return Text(f"{value:.0%}", f"{value * 100:.0f}\u00a0%")


def on_day(day: date | None) -> Text:
    return DASH if day is None else day_words(day)


def truth(value: Truth) -> Cell:
    """An answer that is good news if it is yes."""
    return Cell(TRUTHS[value], YES_IS_GOOD[value])


def plain(said: str) -> Cell:
    return Cell(Text(said, said) if said else DASH)


def cells(*said: Text | Cell) -> tuple[Cell, ...]:
    return tuple(one if isinstance(one, Cell) else Cell(one) for one in said)


def table(
    name: Text, head: Sequence[Text], rows: Sequence[tuple[Cell, ...]], none: Text = NOTHING
) -> Table:
    return Table(name, tuple(head), tuple(rows), none)

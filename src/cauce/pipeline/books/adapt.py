"""What a cell of a workbook says, before the field is asked whether it may hold that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cauce.model.record import Absent
from cauce.model.register import Field
from cauce.model.text import LANGUAGES
from cauce.registers.values import Lists, Wrong
from cauce.sources.books.book import Broken, Cell
from cauce.sources.books.shape import FLAGS, absent_label, code_label

TEXTS = frozenset({"text", "note", "web", "link"})
_START = date(1899, 12, 30)
_LIKELY = range(14_600, 80_000)
"""Serial numbers of days from 1939 to 2119."""


@dataclass
class Words:
    """The words of drop-downs and what they stand for, looked up once for each list."""

    lists: Lists
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Keys of the records of this workbook by their number in it."""
    register: str = ""
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Titles of known records by register and key."""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, codelist: str) -> dict[str, str]:
        if codelist not in self._codes:
            found: dict[str, str] = {}
            for code in self.lists[codelist].codes:
                for language in LANGUAGES:
                    found[code_label(code, language)] = code.id
                    found.setdefault(code.name.of(language), code.id)
            found |= {code.id: code.id for code in self.lists[codelist].codes}
            self._codes[codelist] = found | ABSENTS
        return self._codes[codelist]


ABSENTS = {
    label: str(reason)
    for reason in Absent
    for label in (str(reason), absent_label(reason, "en"), absent_label(reason, "es"))
}
_YES_NO = {
    **{words.of(language): flag for flag, words in FLAGS.items() for language in LANGUAGES},
    **ABSENTS,
}


def adapted(own: Field, cell: Cell, words: Words) -> object:
    """The raw value of a field in a cell. Raises Wrong for what Excel made of what was typed."""
    if isinstance(cell, Broken):
        raise _broken(cell)
    kind = own.kind
    if isinstance(cell, str):
        text = cell.strip()
        match kind:
            case "code":
                return words.of(own.codelist).get(text, text)
            case "codes":
                return _several(text, words.of(own.codelist))
            case "flag":
                return _YES_NO.get(text, text)
            case "link":
                return ABSENTS.get(text) or _linked(own, text, words)
            case "number" | "money" | "date":
                return ABSENTS.get(text, text)
            case _:
                return text
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, date):
        return _day(kind, cell)
    return _numeric(kind, cell)


def _several(text: str, codes: Mapping[str, str]) -> object:
    """The codes of a cell, parted by semicolons; one reason for having none."""
    parts = [codes.get(part.strip(), part.strip()) for part in text.split(";") if part.strip()]
    return parts[0] if len(parts) == 1 and parts[0] in ABSENTS else parts


def _linked(own: Field, text: str, words: Words) -> str:
    """The key in "Title · key", of the record "#3" of this workbook, or the text as it is."""
    if text.startswith("#") and own.register == words.register:
        if text[1:] in words.numbers:
            return words.numbers[text[1:]]
        raise Wrong(
            f"there is no record {text} in this workbook", f"no hay registro {text} en este libro"
        )
    known = words.keys.get(own.register, {})
    if text in known or " · " not in text:
        return text
    return text.rpartition(" · ")[2].strip()


def _day(kind: str, cell: date) -> object:
    if kind in TEXTS or kind in ("code", "codes"):
        raise Wrong(
            f"Excel made the date {cell} of it: write an apostrophe ' before what you mean",
            f"Excel lo convirtió en la fecha {cell}: escriba un apóstrofo ' antes del dato",
        )
    return cell


def _numeric(kind: str, cell: int | float) -> object:
    if kind == "date":
        hint = ""
        if cell in _LIKELY:
            hint = (_START + timedelta(days=int(cell))).isoformat()
        raise Wrong(
            f"{cell:g} is a number, not a date" + (f". Did you mean {hint}?" if hint else ""),
            f"{cell:g} es un número, no una fecha" + (f". ¿Quiso decir {hint}?" if hint else ""),
        )
    if kind in TEXTS:
        return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    return cell


def _broken(cell: Broken) -> Wrong:
    if cell.shown:
        return Wrong(
            f"the cell shows {cell.shown}, which is an error of Excel",
            f"la celda muestra {cell.shown}, que es un error de Excel",
        )
    return Wrong(
        "a formula that was not computed: write its value", "una fórmula sin calcular: escriba el "
        "valor"
    )  # fmt: skip

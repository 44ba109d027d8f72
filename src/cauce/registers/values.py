"""One value from outside – a form, a cell of a workbook, JSON – turned into what a field holds."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from cauce.model.codelist import Codelist
from cauce.model.record import Absent, Fault, Record, Row, Scalar, Value
from cauce.model.register import Field, Register
from cauce.model.text import Text

Lists = Mapping[str, Codelist]
TRUE, FALSE = ("true", "1", "yes", "si", "x"), ("false", "0", "no")
REASONS = frozenset(str(reason) for reason in Absent)
MAX_TEXT, MAX_NOTE, MAX_ROWS = 500, 20_000, 500
EXACT = 2**53
"""Numbers below it keep every digit, whatever they are computed or sent with."""
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T00:00:00(\.0+)?)?")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# Nobody groups thousands behind a zero: 0.128 has one reading.
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


class Wrong(Exception):  # noqa: N818 - carries words for both languages up to the field
    """A value that is not what its field holds."""

    def __init__(self, en: str, es: str) -> None:
        super().__init__(en)
        self.text = Text(en, es)


def read_record(
    register: Register, raw: Mapping[str, object], lists: Lists
) -> tuple[Record, tuple[Fault, ...]]:
    """The record in raw values by field, and what is wrong with them one by one.

    A field with a fault is left out of the record. Empty values are fields not filled in.
    """
    return _read_fields(register.fields, raw, lists, "")


def _read_fields(
    fields: Sequence[Field], raw: Mapping[str, object], lists: Lists, before: str
) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    record: dict[str, Value] = {}
    faults: list[Fault] = []
    for field in fields:
        given = raw.get(field.id)
        if field.kind == "rows":
            rows, found = read_rows(field, given, lists)
            faults += found
            if rows:
                record[field.id] = rows
            continue
        try:
            value = read_value(field, given, lists)
        except Wrong as wrong:
            faults.append(Fault(f"{before}{field.id}", wrong.text))
            continue
        if value is not None:
            record[field.id] = value
        elif field.required:
            faults.append(Fault(f"{before}{field.id}", _missing(field)))
    known = {field.id for field in fields}
    faults += [
        Fault(f"{before}{name}", Text(f"there is no field {name}", f"no existe el campo {name}"))
        for name in raw
        if name not in known
    ]
    return record, tuple(faults)


def _missing(field: Field) -> Text:
    return Text(
        f"{field.name.en} is required. If nobody knows it, write UNK; not stated, NST; "
        "not applicable, NAP",
        f"{field.name.es} es obligatorio. Si no se sabe, escriba UNK; no declarado, NST; "
        "no aplica, NAP",
    )


def read_rows(field: Field, raw: object, lists: Lists) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """The rows of a field, and their faults by row, counted from 1."""
    if raw is None or raw == "":
        raw = []
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        text = Text(f"{field.name.en} is a list of rows", f"{field.name.es} es una lista de filas")
        return (), (Fault(field.id, text),)
    if len(raw) > MAX_ROWS:
        text = Text(f"at most {MAX_ROWS} rows", f"a lo más {MAX_ROWS} filas")
        return (), (Fault(field.id, text),)
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, given in enumerate(raw, start=1):
        if not any(value not in (None, "") for value in given.values()):
            continue
        row, found = _read_fields(field.rows, given, lists, f"{field.id}[{number}].")
        rows.append(row)  # type: ignore[arg-type] # columns are never rows
        faults += found
    if field.required and not rows:
        faults.append(Fault(field.id, _missing(replace(field, kind="text"))))
    return tuple(rows), tuple(faults)


def read_value(field: Field, raw: object, lists: Lists) -> Scalar | tuple[str, ...] | None:
    """What one field holds, None if it is not filled in. Raises Wrong if it is something else."""
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
    if isinstance(raw, Mapping) and set(raw) == {"absent"}:
        raw = raw["absent"]
    if raw is None or raw == "" or raw == [] or raw == ():
        return None
    if isinstance(raw, str) and raw in REASONS:
        return Absent(raw)
    match field.kind:
        case "number" | "money":
            return _number(field, raw)
        case "date":
            return _date(raw)
        case "flag":
            return _flag(raw)
        case "code":
            return _code(lists[field.codelist], raw)
        case "codes":
            return _codes(lists[field.codelist], raw) or None
        case _:
            return _text(field, raw)


def _text(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        if isinstance(raw, int | float) and not isinstance(raw, bool) and field.kind == "text":
            raw = str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
        else:
            raise Wrong("this is no text", "esto no es texto")
    limit = MAX_NOTE if field.kind == "note" else MAX_TEXT
    if len(raw) > limit:
        raise Wrong(
            f"{len(raw):,} characters, and at most {limit:,} fit",
            f"{len(raw):,} caracteres, y caben a lo más {limit:,}",
        )
    strange = not raw.isprintable() and any(_strange(c) for c in raw)
    if strange or ("\n" in raw and field.kind != "note"):
        raise Wrong(
            "it holds line ends or control characters", "contiene saltos de línea o de control"
        )
    if field.kind == "web" and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", raw):
        raise Wrong(
            "an address begins with https:// or http://",
            "una dirección empieza con https:// o http://",
        )
    if field.pattern and not re.fullmatch(field.pattern, raw):
        raise Wrong(
            f"it is not written as {field.name.en} is", f"no se escribe así {field.name.es}"
        )
    return raw


def legible(text: str) -> str:
    """Text without what no field can hold: control characters and halves of letters."""
    return "".join(letter for letter in text if not _strange(letter))


def _strange(letter: str) -> bool:
    """A control character, half a letter or none: no file of any kind could hold it."""
    kind = unicodedata.category(letter)
    return kind == "Cs" or (kind == "Cc" and letter not in "\n\t") or ord(letter) & 0xFFFE == 0xFFFE


def _number(field: Field, raw: object) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Wrong("this is no number", "esto no es un número")
    if isinstance(raw, str):
        raw = _number_from(raw)
    if not abs(raw) < EXACT:  # nor is what is no number at all
        raise Wrong(
            "this is no number, or one too large to keep every digit",
            "esto no es un número, o es tan grande que perdería dígitos",
        )
    value = float(raw)
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        least = "" if low is None else f"{low:.15g}"
        most = "" if high is None else f"{high:.15g}"
        raise Wrong(f"it must lie within {least} – {most}", f"debe estar entre {least} – {most}")
    if round(value, field.decimals) != value:
        raise Wrong(f"at most {field.decimals} decimals", f"a lo más {field.decimals} decimales")
    return int(value) if field.decimals == 0 else value


def _number_from(text: str) -> float:
    """A number as people write it; what can be read in two ways is refused, never guessed."""
    compact = text.replace("\u00a0", "").replace(" ", "")
    if _AMBIGUOUS.fullmatch(compact):
        raise Wrong(
            f"{text} can be read in two ways: write {compact.translate(_NO_MARKS)}, or the decimal",
            f"{text} puede leerse de dos maneras: escriba {compact.translate(_NO_MARKS)}, "
            "o el decimal",
        )
    if not _NUMBER.fullmatch(compact):
        raise Wrong(
            f"{text[:40]} is no number; write 1234.5",
            f"{text[:40]} no es un número; escriba 1234.5",
        )
    return float(compact.replace(",", "."))


_NO_MARKS = {ord("."): None, ord(","): None}


def _date(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    match = _DATE.fullmatch(raw) if isinstance(raw, str) else None
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    raise Wrong(
        f"{str(raw)[:40]} is no date; write 2023-08-25",
        f"{str(raw)[:40]} no es una fecha; escriba 2023-08-25",
    )


def _flag(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = folded(str(raw))
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise Wrong(f"{str(raw)[:40]}: write yes or no", f"{str(raw)[:40]}: escriba sí o no")


def _codes(codelist: Codelist, raw: object) -> tuple[str, ...]:
    parts = raw.split(";") if isinstance(raw, str) else raw
    if not isinstance(parts, list | tuple):
        raise Wrong("this is no list of codes", "esto no es una lista de códigos")
    found = [_code(codelist, part) for part in parts if str(part).strip()]
    return tuple(code.id for code in codelist.codes if code.id in found)


def _code(codelist: Codelist, raw: object) -> str:
    """The code: by itself or by its words in either language."""
    text = str(raw).strip()
    if any(code.id == text for code in codelist.codes):
        return text
    word = folded(text.partition(" – ")[0]) if " – " in text else folded(text)
    for code in codelist.codes:
        if folded(code.id) == word:
            return code.id
    for code in codelist.codes:
        if folded(text) in (folded(code.name.en), folded(code.name.es)):
            return code.id
    eaten = [c.id for c in codelist.codes if text.isdecimal() and c.id.lstrip("0") == text]
    hint = Text(f". Did you mean {eaten[0]}?", f". ¿Quiso decir {eaten[0]}?") if eaten else None
    raise Wrong(
        f"{text[:40]} is not in the list {codelist.name.en}{hint.en if hint else ''}",
        f"{text[:40]} no está en la lista {codelist.name.es}{hint.es if hint else ''}",
    )


_TELEPHONE = re.compile(r"\+?[\d\s().-]{6,}")


def alike(text: str) -> str:
    """Text by which two that mean the same are found alike: folded, of a telephone its digits."""
    plain = folded(text)
    return "".join(c for c in plain if c.isdecimal()) if _TELEPHONE.fullmatch(plain) else plain


def folded(text: str) -> str:
    """Text without accents, capitals and needless spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())

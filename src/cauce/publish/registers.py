"""Public registers as files: JSON with everything, CSV for spreadsheets."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from cauce.model.record import Absent
from cauce.model.shelf import Edition, Known, PublicPeriod, PublicRecord, Shelf, ShelfField
from cauce.model.text import Language
from cauce.publish.json_head import dump
from cauce.publish.plain import cell

AT_ONCE, NEXT = 500, "\n"


def register_json(edition: Edition, records: Iterable[PublicRecord]) -> Iterator[bytes]:
    """A register with its fields, codes and records, each as known now and as known before."""
    shelf = edition.shelf
    head = {
        "register": shelf.id,
        "name": _both(shelf.name),
        "about": _both(shelf.about),
        "edition": edition.edition,
        "published_at": edition.published_at,
        "fields": [_field(each) for each in shelf.fields],
        "codelists": {
            each.id: {code.id: _both(code.name) for code in each.codes} for each in shelf.codelists
        },
        "said": [{"about": list(x.about), "text": _both(x.text)} for x in edition.said],
    }
    yield (dump(head).removesuffix("}") + ',"records":[\n').encode()
    between = ""
    for some in _together(records):
        yield f"{between}{f',{NEXT}'.join(dump(_record(record)) for record in some)}".encode()
        between = f",{NEXT}"
    yield b"\n]}\n"


def record_json(edition: Edition, record: PublicRecord) -> bytes:
    """One record, with the register and edition it is of."""
    said = [_both(each.text) for each in edition.said if record.key in each.about]
    told = {
        "register": edition.shelf.id,
        "edition": edition.edition,
        **_record(record),
        **({"said": said} if said else {}),
    }
    return f"{dump(told)}\n".encode()


def register_csv(
    shelf: Shelf, records: Iterable[PublicRecord], language: Language
) -> Iterator[bytes]:
    """One row a record as known now: each field, and the words of its codes.

    Rows within a record are JSON in one cell. What is absent is UNK, NST or NAP. Text a spreadsheet
    would take for a formula begins with an apostrophe.
    """
    heads = ["key", "title", "valid_from", "valid_to"]
    for each in shelf.fields:
        heads += [each.id, f"{each.id}_name"] if each.codelist else [each.id]
    yield (",".join(cell(head) for head in heads) + "\n").encode()
    names = {(x.id, code.id): code.name.of(language) for x in shelf.codelists for code in x.codes}
    for some in _together(records):
        rows = [_row(shelf, record, names, language) for record in some]
        yield "".join(",".join(map(cell, row)) + "\n" for row in rows).encode()


def _row(
    shelf: Shelf, record: PublicRecord, names: Mapping[tuple[str, str], str], language: Language
) -> list[str]:
    period = _shown(record)
    row = [record.key, record.title.of(language), _day(period.start), _day(period.end)]
    for each in shelf.fields:
        row += _cells(each, period.record.get(each.id), names)
    return row


def _together(records: Iterable[PublicRecord]) -> Iterator[list[PublicRecord]]:
    """The records in parts that are worth sending."""
    rest = iter(records)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _cells(of: ShelfField, value: object, names: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    text = _text(value)
    if not of.codelist:
        return (text,)
    codes = value if isinstance(value, tuple) else (value,)
    words = [names.get((of.codelist, code), "") for code in codes if isinstance(code, str)]
    return text, "; ".join(word for word in words if word)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple() if any(isinstance(part, Mapping) for part in value):
            return json.dumps(plain(value), ensure_ascii=False)
        case tuple():
            return ";".join(map(str, value))
        case _:
            return str(value)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _shown(record: PublicRecord) -> PublicPeriod:
    return next(each.periods[-1] for each in reversed(record.known) if each.periods)


def _field(of: ShelfField) -> dict[str, Any]:
    told = {
        "id": of.id,
        "name": _both(of.name),
        "kind": of.kind,
        "codelist": of.codelist,
        "register": of.register,
        "unit": of.unit,
        "columns": [_field(column) for column in of.columns],
    }
    return {name: value for name, value in told.items() if value}


def _record(record: PublicRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "title": _both(record.title),
        "country": record.country,
        "places": list(record.places),
        "corridors": list(record.corridors),
        "links": list(record.links),
        "known": [_known(state) for state in record.known],
    }


def _known(state: Known) -> dict[str, Any]:
    return {
        "since": state.since.isoformat(),
        "periods": [
            {"from": plain(each.start), "to": plain(each.end), "record": plain(each.record)}
            for each in state.periods
        ],
    }


def _both(text: Any) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def plain(value: object) -> Any:
    """A value as JSON has it; what is absent is {"absent": "UNK"}."""
    match value:
        case Absent():
            return {"absent": str(value)}
        case date():
            return value.isoformat()
        case tuple():
            return [plain(part) for part in value]
        case Mapping():
            return {name: plain(part) for name, part in value.items()}
        case _:
            return value

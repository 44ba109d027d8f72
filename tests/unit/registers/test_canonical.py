"""A record has one text, and comes back from it as it was."""

from dataclasses import replace
from datetime import date

from cauce.model.record import Absent, Sealed
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.canonical import from_json, to_json

WORD = Text("x", "x")


def field(id: str, kind: str, **more: object) -> Field:
    return replace(Field(id, WORD, kind, False, Sensitivity.P0, True), **more)


REGISTER = Register(
    "things",
    WORD,
    WORD,
    WORD,
    (
        field("name", "text"),
        field("since", "date"),
        field("rate", "number", decimals=2),
        field("count", "number"),
        field("kinds", "codes"),
        field(
            "rows", "rows", rows=(field("on", "date"), field("why", "codes"), field("who", "text"))
        ),
    ),
    Text("name", "name"),
    "",
    True,
)
RECORD = {
    "name": "Ñ",
    "since": date(2026, 3, 1),
    "rate": 2.0,
    "count": 7,
    "kinds": ("A", "B"),
    "rows": ({"on": date(2026, 3, 2), "why": ("C", "D"), "who": Sealed("00ff")},),
    "gone": Absent.UNKNOWN,
    "no longer declared": "kept",
}


def test_a_record_comes_back_from_its_text_as_it_was() -> None:
    assert from_json(REGISTER, to_json(RECORD)) == RECORD


def test_the_text_does_not_depend_on_the_order_and_says_what_is_absent_or_sealed() -> None:
    text = to_json({"b": Absent.UNKNOWN, "a": Sealed("00ff"), "c": date(2026, 3, 1)})
    assert text == '{"a":{"sealed":"00ff"},"b":{"absent":"UNK"},"c":"2026-03-01"}'
    assert to_json(dict(reversed(RECORD.items()))) == to_json(RECORD)


def test_a_number_with_decimals_is_one_however_it_was_written() -> None:
    found = from_json(REGISTER, '{"rate":2,"count":2}')
    assert [type(found["rate"]), type(found["count"])] == [float, int]
    assert from_json(REGISTER, '{"lost":[{"on":"2026-03-02"}]}') == {
        "lost": ({"on": "2026-03-02"},)
    }

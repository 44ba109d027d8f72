"""What stands in a form, there and back."""

from datetime import date

import pytest

from cauce.model.record import Absent, Sealed
from cauce.model.register import Field, Sensitivity
from cauce.model.text import Text
from cauce.office.typed import Typed, raw_of, typed_from, typed_values
from cauce.registers.values import read_value


def field(id_: str, kind: str, **more: object) -> Field:
    return Field(id_, Text(id_, id_), kind, False, Sensitivity.P0, False, **more)  # type: ignore[arg-type]


PARTS = field("parts", "rows", rows=(field("name", "text"), field("codes", "codes")))


def test_a_draft_comes_back_as_it_was_typed() -> None:
    typed = Typed({"a": "1.2.3", "b": [{"c": ["x"]}, {}]}, "ayer", "", "¿Por qué?", ("rule|a",))
    assert typed_from(typed.to_text()) == typed


def test_a_record_stands_in_a_form_as_it_is_typed() -> None:
    fields = [field("when", "date"), field("yes", "flag"), field("why", "number"), PARTS]
    record = {
        "when": date(2023, 6, 2),
        "yes": False,
        "why": Absent.UNKNOWN,
        "parts": ({"name": "uno", "codes": ("A", "B")},),
    }
    assert raw_of(fields, record) == {
        "when": "2023-06-02",
        "yes": "false",
        "why": "UNK",
        "parts": [{"name": "uno", "codes": ["A", "B"]}],
    }


def test_what_is_sealed_does_not_stand_in_a_form() -> None:
    assert raw_of([field("name", "text")], {"name": Sealed("00")}) == {}


@pytest.mark.parametrize("value", [3, 3_500_000.0, 0.125, 123.456, 0.5, -1.25, 1234.5678])
def test_a_number_in_a_form_is_read_as_the_number_it_was(value: float) -> None:
    one = field("n", "number", decimals=4 if value % 1 else 0)
    (text,) = raw_of([one], {"n": value}).values()
    assert read_value(one, text, {}) == value


def test_what_was_typed_goes_before_the_reason_why_there_is_nothing() -> None:
    fields = [field("a", "number"), field("b", "number"), field("c", "codes")]
    given = {"a": [" "], "a?": ["NAP"], "b": ["7"], "b?": ["UNK"], "c": ["X", "Y"], "c?": [""]}
    assert typed_values(fields, given) == {"a": "NAP", "b": "7", "c": ["X", "Y"]}


def test_rows_are_read_in_the_order_of_their_numbers_and_blank_ones_stay() -> None:
    given = {
        "parts.10.name": ["diez"],
        "parts.2.name": ["dos"],
        "parts.3.name": [""],
        "parts~more": ["1"],
        "parts.x.name": ["no"],
    }
    assert typed_values([PARTS], given) == {"parts": [{"name": "dos"}, {}, {"name": "diez"}]}

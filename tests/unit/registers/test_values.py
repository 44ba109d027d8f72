"""One value from outside, as people and programs write it."""

from datetime import date, datetime

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Fault, Value
from cauce.model.register import Field, FieldKind, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.values import MAX_NOTE, MAX_ROWS, MAX_TEXT, alike, legible, read_record

WORDS = Text("Thing", "Cosa")
LISTS = {
    "K": Codelist(
        "K",
        Text("Kinds", "Clases"),
        (
            Code("A", Text("Agreement", "Acuerdo")),
            Code("01", Text("First", "Primera")),
            Code("B", Text("Method", "Método")),
        ),
    )
}


def a_field(
    kind: FieldKind,
    *,
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    decimals: int = 0,
    pattern: str = "",
    rows: tuple[Field, ...] = (),
) -> Field:
    return Field(
        "x",
        WORDS,
        kind,
        required,
        Sensitivity.P1,
        False,
        codelist="K",
        minimum=minimum,
        maximum=maximum,
        decimals=decimals,
        pattern=pattern,
        rows=rows,
    )


def read(field: Field, raw: object) -> tuple[Value | None, tuple[Fault, ...]]:
    register = Register("r", WORDS, WORDS, WORDS, (field,), WORDS, "", False)
    record, faults = read_record(register, {"x": raw}, LISTS)
    return record.get("x"), faults


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (a_field("text"), "  cafe\u0301  ", "caf\u00e9"),
        (a_field("text"), 12, "12"),
        (a_field("text"), 1.5, "1.5"),
        (a_field("text"), 12345678.0, "12345678"),
        (a_field("text"), 0.1234567891, "0.1234567891"),
        (a_field("number"), 2**53 - 1, 2**53 - 1),
        (a_field("note"), "one\r\ntwo", "one\ntwo"),
        (a_field("web"), "https://a.org/b", "https://a.org/b"),
        (a_field("number"), "1234", 1234),
        (a_field("number"), 7.0, 7),
        (a_field("money", decimals=2), "1234,5", 1234.5),
        (a_field("number", decimals=1), "1 234.5", 1234.5),
        (a_field("date"), "2023-08-25", date(2023, 8, 25)),
        (a_field("date"), "2023-08-25T00:00:00", date(2023, 8, 25)),
        (a_field("date"), datetime(2023, 8, 25, 9, 30), date(2023, 8, 25)),  # noqa: DTZ001
        (a_field("date"), date(2023, 8, 25), date(2023, 8, 25)),
        (a_field("flag"), True, True),
        (a_field("flag"), "Sí", True),
        (a_field("flag"), "no", False),
        (a_field("code"), "a", "A"),
        (a_field("code"), "A – Agreement", "A"),
        (a_field("code"), "metodo", "B"),
        (a_field("codes"), "B; A", ("A", "B")),
        (a_field("number"), "NAP", Absent.NOT_APPLICABLE),
        (a_field("date"), {"absent": "NST"}, Absent.NOT_STATED),
        (a_field("code"), Absent.UNKNOWN, Absent.UNKNOWN),
        (a_field("text"), "", None),
        (a_field("codes"), [], None),
        (a_field("rows", rows=(a_field("text"),)), "", None),
        (a_field("rows", rows=(a_field("text"),)), [{"x": ""}, {"x": "a"}], ({"x": "a"},)),
    ],
)
def test_what_people_write_is_read(field: Field, raw: object, value: object) -> None:
    assert read(field, raw) == (value, ())


@pytest.mark.parametrize(
    ("field", "raw", "english"),
    [
        (a_field("text"), True, "this is no text"),
        (a_field("note"), 5, "this is no text"),
        (a_field("text"), "x" * (MAX_TEXT + 1), "at most 500 fit"),
        (a_field("note"), "x" * (MAX_NOTE + 1), "at most 20,000 fit"),
        (a_field("text"), "one\ntwo", "line ends or control"),
        (a_field("note"), "a\x07b", "line ends or control"),
        (a_field("note"), "half a letter \ud800", "line ends or control"),
        (a_field("text"), "no letter \uffff", "line ends or control"),
        (a_field("web"), "a.org", "begins with https://"),
        (a_field("text", pattern="[0-9]+"), "abc", "not written as Thing is"),
        (a_field("number"), True, "this is no number"),
        (a_field("number"), [1], "this is no number"),
        (a_field("number"), float("nan"), "this is no number"),
        (a_field("number"), "126 millones", "126 millones is no number"),
        (a_field("number"), "1.234", "can be read in two ways: write 1234"),
        (a_field("number", minimum=1), 0, "within 1 – "),
        (a_field("number", maximum=9), 10, "within  – 9"),
        (a_field("number"), 1.5, "at most 0 decimals"),
        (a_field("date"), "25/08/2023", "is no date"),
        (a_field("date"), "2023-02-30", "is no date"),
        (a_field("date"), 5, "is no date"),
        (a_field("flag"), "perhaps", "write yes or no"),
        (a_field("code"), "Z", "Z is not in the list Kinds"),
        (a_field("code"), "1", "Did you mean 01?"),
        (a_field("codes"), 5, "this is no list of codes"),
        (a_field("text", required=True), "", "Thing is required"),
        (a_field("rows", rows=(a_field("text"),)), 5, "Thing is a list of rows"),
        (a_field("rows", rows=(a_field("text"),)), [{}] * (MAX_ROWS + 1), "at most 500 rows"),
        (a_field("rows", required=True, rows=(a_field("text"),)), [], "Thing is required"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(field: Field, raw: object, english: str) -> None:
    value, faults = read(field, raw)
    assert value is None
    assert len(faults) == 1
    assert english in faults[0].message.en
    assert faults[0].message.es
    assert faults[0].message.es != faults[0].message.en


def test_a_fault_within_rows_names_the_row() -> None:
    field = a_field("rows", rows=(a_field("number"),))
    assert [fault.field for fault in read(field, [{"x": 1}, {"x": "a"}])[1]] == ["x[2].x"]


def test_a_field_nobody_declared_is_told() -> None:
    register = Register("r", WORDS, WORDS, WORDS, (a_field("text"),), WORDS, "", False)
    _, faults = read_record(register, {"y": 1}, LISTS)
    assert "there is no field y" in faults[0].message.en


@pytest.mark.parametrize("raw", [2**53, "9007199254740993", 10**400, "9" * 400, float("nan")])
def test_a_number_that_would_lose_digits_is_refused_and_not_rounded(raw: object) -> None:
    value, faults = read(a_field("number"), raw)
    assert value is None
    assert "too large to keep every digit" in faults[0].message.en


def test_behind_a_zero_nobody_groups_thousands() -> None:
    assert read(a_field("number", decimals=3), "0.128") == (0.128, ())
    assert read(a_field("number", decimals=3), "0,128") == (0.128, ())


def test_a_list_of_no_codes_is_not_filled_in() -> None:
    assert read(a_field("codes"), " ; ") == (None, ())
    assert "is required" in read(a_field("codes", required=True), ";")[1][0].message.en


def test_a_limit_is_told_with_all_of_its_digits() -> None:
    _, (fault,) = read(a_field("number", minimum=0, maximum=1_234_567), 2_000_000)
    assert "0 – 1234567" in fault.message.en


def test_what_no_field_can_hold_is_left_out_and_every_sign_people_write_stays() -> None:
    assert legible("a\x00b\x9f\ud83dc\ufffe\n\t𝔊👩🏽‍🌾") == "abc\n\t𝔊👩🏽‍🌾"


def test_telephones_are_alike_whatever_stands_between_their_digits() -> None:
    assert alike("+502 5555-01 23") == alike("(502) 5555 0123") == "50255550123"
    assert alike("Casa 12-3") == "casa 12-3"
    assert alike("12-3") == "12-3"

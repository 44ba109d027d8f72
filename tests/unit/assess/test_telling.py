"""Values read from records, and the words for what is found."""

from datetime import date
from decimal import Decimal

from cauce.assess import filled, telling
from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Sealed
from cauce.model.text import Text

UNKNOWN = Absent.UNKNOWN


def test_what_is_absent_sealed_or_of_another_kind_is_no_value():
    row = {"absent": UNKNOWN, "sealed": Sealed("a1"), "flag": True, "text": "x", "number": 2.5}
    assert [filled.text(row, key) for key in ("absent", "sealed", "flag", "text", "none")] == [
        "", "", "", "x", "",
    ]  # fmt: skip
    assert [filled.number(row, key) for key in ("flag", "number", "text")] == [None, 2.5, None]
    assert (filled.whole(row, "number"), filled.whole(row, "text")) == (2, None)
    assert (filled.money(row, "number"), filled.money(row, "text")) == (Decimal("2.5"), None)
    assert (filled.day(row, "text"), filled.flag(row, "flag"), filled.flag(row, "text")) == (
        None, True, None,
    )  # fmt: skip
    assert filled.rows({"r": ("code", {"a": 1})}, "r") == [{"a": 1}]
    assert filled.rows({"r": UNKNOWN}, "r") == []
    assert filled.codes({"c": ("A", {"a": 1})}, "c") == ("A",)
    assert filled.codes({"c": UNKNOWN}, "c") == ()
    assert filled.words({"n_es": "Nombre"}, "n") == Text("Nombre", "Nombre")


def test_codes_records_and_countries_have_names_or_stand_for_themselves():
    codes = Codelist("CL_COUNTRY", Text("c", "p"), (Code("GTM", Text("Guatemala", "Guatemala")),))
    speaker = telling.Speaker({"CL_COUNTRY": codes}, {("plans", "k"): Text("Plan", "Plan")})
    assert speaker.country("GTM").en == "Guatemala"
    assert speaker.country("") == telling.REGION
    assert speaker.code("CL_NONE", "X").es == "X"
    assert speaker.countries([]) == telling.DASH
    assert speaker.record("plans", "k").said.en == "Plan"
    assert speaker.record("plans", "lost").said.en == "lost"


def test_numbers_and_days_are_written_as_each_language_does():
    assert telling.counted(None) == telling.NOT_KNOWN
    assert telling.counted(1234.5) == Text("1,234.5", "1\u00a0234.5")
    assert telling.counted(0) == Text("0", "0")
    assert telling.share(None) == telling.DASH
    assert telling.on_day(None) == telling.DASH
    assert telling.on_day(date(2024, 1, 2)).es == "2 de enero de 2024"
    assert telling.plain("").said == telling.DASH
    assert telling.year(None) == telling.NOT_KNOWN

"""Rules asked of each row, rules asked only sometimes, and rules that want one of several."""

from datetime import date

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Record
from cauce.model.register import Field, Register, Rule, Sensitivity
from cauce.model.text import Text
from cauce.registers.rules import broken_rules, owner_of
from cauce.registers.values import read_record

NO = Text("No.", "No.")


def asked(rule: Rule, record: Record) -> tuple[str, ...]:
    register = Register("x", NO, NO, NO, (), NO, "", False, rules=(rule,))
    return tuple(fault.field for fault in broken_rules(register, record))


def test_an_order_within_rows_names_the_row_and_the_column() -> None:
    rule = Rule("r", "order", ("parts.low", "parts.high"), NO)
    rows = ({"low": 1, "high": 2}, {"low": 3, "high": 2}, {"low": 3})
    assert asked(rule, {"parts": rows}) == ("parts[2].high",)
    assert asked(rule, {}) == ()


def test_a_sum_may_be_asked_of_each_row() -> None:
    rule = Rule("r", "sum", ("parts.all", "parts.a", "parts.b"), NO)
    rows = ({"all": 3, "a": 1, "b": 2}, {"all": 3, "a": 1, "b": 1}, {"all": 3, "a": Absent.UNKNOWN})
    assert asked(rule, {"parts": rows}) == ("parts[2].all",)


def test_a_sum_of_rows_is_asked_of_the_record() -> None:
    rule = Rule("r", "sum", ("all", "parts.a"), NO)
    assert owner_of(rule) == ""
    assert asked(rule, {"all": 4, "parts": ({"a": 1}, {"a": 2})}) == ("all",)


def test_one_of_several_fields_is_enough_and_unknown_counts_as_said() -> None:
    rule = Rule("r", "any_of", ("en", "es"), NO)
    assert asked(rule, {}) == ("en",)
    assert asked(rule, {"es": "Hola"}) == ()
    assert asked(rule, {"en": Absent.UNKNOWN}) == ()


def test_a_rule_is_asked_only_when_every_condition_holds() -> None:
    when = (("type", ("ER",)), ("scope", ("REGION",)))
    rule = Rule("r", "plausible", ("amount",), NO, minimum=1e9, when=when)
    assert asked(rule, {"type": "ER", "scope": "REGION", "amount": 126e6}) == ("amount",)
    assert asked(rule, {"type": "ER", "scope": "COUNTRY", "amount": 126e6}) == ()
    assert asked(rule, {"scope": "REGION", "amount": 126e6}) == ()


def test_conditions_may_look_at_the_row_or_at_the_record() -> None:
    when = (("parts.kind", ("A",)), ("open", ("true",)))
    rule = Rule("r", "any_of", ("parts.low", "parts.high"), NO, when=when)
    rows = ({"kind": "A"}, {"kind": "B"})
    assert asked(rule, {"open": True, "parts": rows}) == ("parts[1].low",)
    assert asked(rule, {"open": False, "parts": rows}) == ()


def test_a_star_stands_for_anything_known() -> None:
    rule = Rule("r", "required_if", ("currency", "amount"), NO, values=("*",))
    assert asked(rule, {"amount": 3}) == ("currency",)
    assert asked(rule, {"amount": Absent.UNKNOWN}) == ()
    assert asked(rule, {}) == ()


def test_several_codes_meet_a_condition_with_one_of_them() -> None:
    rule = Rule("r", "empty_if", ("note", "kinds"), NO, values=("B",))
    assert asked(rule, {"note": "x", "kinds": ("A", "B")}) == ("note",)
    assert asked(rule, {"note": "x", "kinds": ("A",)}) == ()


def test_a_list_of_codes_is_read_as_a_list() -> None:
    """It once stopped the reading of a record: a list is looked for among no words."""
    lists = {"K": Codelist("K", NO, (Code("A", Text("A", "A")), Code("B", Text("B", "B"))))}
    kinds = Field("kinds", NO, "codes", False, Sensitivity.P0, True, codelist="K")
    register = Register("x", NO, NO, NO, (kinds,), NO, "", False)
    for raw in (["B", "A"], ("A", "B"), "A;B"):
        assert read_record(register, {"kinds": raw}, lists) == ({"kinds": ("A", "B")}, ())
    assert read_record(register, {"kinds": "UNK"}, lists)[0] == {"kinds": Absent.UNKNOWN}


def test_a_plausible_number_within_rows_names_the_row() -> None:
    rule = Rule("r", "plausible", ("parts.size",), NO, minimum=1, maximum=5)
    assert asked(rule, {"parts": ({"size": 3}, {"size": 9}, {"size": 0})}) == (
        "parts[2].size",
        "parts[3].size",
    )


def test_rows_that_are_unknown_are_no_rows() -> None:
    assert asked(Rule("r", "any_of", ("parts.a", "parts.b"), NO), {"parts": Absent.UNKNOWN}) == ()


def test_periods_overlap_only_where_both_are_known() -> None:
    rule = Rule("r", "no_overlap", ("parts", "since", "until"), NO)
    early = {"since": date(2020, 1, 1), "until": date(2020, 6, 30)}
    late = {"since": date(2020, 7, 1)}
    assert asked(rule, {"parts": (early, late)}) == ()
    assert asked(rule, {"parts": (early, {"since": date(2020, 6, 30)})}) == ("parts[2].since",)
    assert asked(rule, {"parts": (early, {"since": Absent.UNKNOWN})}) == ()


def test_whether_a_record_is_there_already_is_asked_of_the_log() -> None:
    assert asked(Rule("r", "unique", ("name",), NO), {"name": "x"}) == ()

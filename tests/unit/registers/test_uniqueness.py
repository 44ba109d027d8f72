"""What makes two records one."""

from cauce.model.record import Absent
from cauce.model.register import Field, Register, Rule, Sensitivity
from cauce.model.text import Text
from cauce.registers.uniqueness import identities

WORDS = Text("x", "x")


def a_field(name: str) -> Field:
    return Field(name, WORDS, "text", False, Sensitivity.P0, True)


REGISTER = Register(
    "things", WORDS, WORDS, WORDS, (a_field("a"), a_field("b")), Text("a", "a"), "", True,
    rules=(Rule("once", "unique", ("a", "b"), WORDS), Rule("any", "any_of", ("a", "b"), WORDS)),
)  # fmt: skip


def found(**record: str | Absent) -> list[object]:
    return [identity for _, identity in identities(REGISTER, record)]


def test_records_with_the_same_values_are_one() -> None:
    assert found(a="x", b="y") == [("once", ("x", "y"))] == found(b="y", a="x")


def test_a_field_that_nobody_filled_in_is_a_value_like_others() -> None:
    assert found(a="x") == [("once", ("x", None))]


def test_an_unknown_value_may_be_anything() -> None:
    assert found(a="x", b=Absent.UNKNOWN) == []


def test_empty_records_are_nobody_s_twins() -> None:
    assert found() == []

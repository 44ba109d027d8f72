"""What makes two records one."""

from cauce.model.record import Absent, Sealed
from cauce.model.register import Field, Register, Rule, Sensitivity
from cauce.model.text import Text
from cauce.registers.uniqueness import identities

WORDS = Text("x", "x")


def a_field(name: str) -> Field:
    return Field(name, WORDS, "text", False, Sensitivity.P0, True)


REGISTER = Register(
    "things", WORDS, WORDS, WORDS, (a_field("a"), a_field("b"), a_field("c")), Text("a", "a"), "",
    True,
    rules=(
        Rule("once", "unique", ("a", "b"), WORDS),
        Rule("any", "any_of", ("a", "b"), WORDS),
        Rule("of_c", "unique", ("c",), WORDS, when=(("a", ("x",)),)),
    ),
)  # fmt: skip


def found(**record: str | Absent) -> list[object]:
    return [identity for _, identity in identities(REGISTER, record)]


def test_records_with_the_same_values_are_one() -> None:
    assert found(a="x", b="y") == [("once", ("x", "y"))] == found(b="y", a="x")


def test_a_field_not_filled_in_unknown_or_sealed_may_be_anything() -> None:
    assert found(a="x") == found(a="x", b=Absent.UNKNOWN) == found(a="x", b=Sealed("0")) == []


def test_a_rule_is_asked_where_it_says_so() -> None:
    assert found(a="x", c="z") == [("of_c", ("z",))]
    assert found(a="y", c="z") == []

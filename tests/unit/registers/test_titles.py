"""What records are called."""

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Sealed
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.registers.titles import called

WORD = Text("x", "x")
KINDS = {"KIND": Codelist("KIND", WORD, (Code("ER", Text("Remittances", "Remesas")),))}


def register(*titles: str, **kinds: str) -> Register:
    fields = tuple(
        Field(name, WORD, kind, False, Sensitivity.P0, True, codelist="KIND")  # type: ignore[arg-type] # as given
        if kind == "code"
        else Field(name, WORD, "text", False, Sensitivity.P0, True)
        for name, kind in kinds.items()
    )
    return Register("things", WORD, WORD, WORD, fields, Text(*titles), "", True)


NAMED = register("title_en", "title_es", title_en="text", title_es="text")


def test_a_title_is_told_in_each_language_or_in_the_other() -> None:
    both = {"title_en": "A plan", "title_es": "Un plan"}
    assert called(NAMED, both, {}, "k") == Text("A plan", "Un plan")
    assert called(NAMED, {"title_es": "Un plan"}, {}, "k") == Text("Un plan", "Un plan")


def test_a_code_is_told_by_its_words_and_by_itself_if_its_list_lost_it() -> None:
    coded = register("kind", "kind", kind="code")
    assert called(coded, {"kind": "ER"}, KINDS, "k") == Text("Remittances", "Remesas")
    assert called(coded, {"kind": "OLD"}, KINDS, "k") == Text("OLD", "OLD")
    assert called(coded, {"kind": "ER"}, {}, "k") == Text("ER", "ER")


def test_a_number_is_told_with_what_it_is_the_number_of() -> None:
    assert called(NAMED, {"title_en": 7}, {}, "k") == Text("X 7", "X 7")


def test_what_is_absent_or_sealed_is_no_title() -> None:
    for value in (Absent.UNKNOWN, Sealed("0" * 64)):
        assert called(NAMED, {"title_en": value}, {}, "key") == Text("key", "key")
    assert called(NAMED, {}, {}, "") == Text("—", "—")

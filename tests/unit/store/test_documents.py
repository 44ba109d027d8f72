"""What is written as JSON comes back the same, and anything else is named."""

import math
from dataclasses import dataclass
from typing import Literal

import pytest

from cauce.model.text import Text
from cauce.store.documents import digest, from_json, sealed, to_json, unsealed
from cauce.store.errors import Damaged


@dataclass(frozen=True)
class Noun:
    """Every kind of field the nouns have."""

    name: Text
    kind: Literal["total", "mean"]
    sizes: tuple[float, ...]
    pair: tuple[int, str]
    words: dict[str, bool]
    other: Text | None
    later: str = ""


NOUN = Noun(Text("a", "ñ"), "mean", (0.1, 1e300, math.nan), (3, "x"), {"y": True}, None)


def test_a_value_comes_back_to_the_last_bit() -> None:
    found = from_json(to_json(NOUN), Noun, "noun.json")
    assert found.sizes[:2] == (0.1, 1e300)
    assert math.isnan(found.sizes[2])
    assert to_json(found) == to_json(NOUN)


def test_a_number_that_is_not_there_is_null() -> None:
    assert b"NaN" not in to_json(NOUN)
    assert b"null" in to_json(NOUN)


def test_a_field_at_its_default_is_left_out_so_that_nouns_can_grow() -> None:
    assert b"later" not in to_json(NOUN)
    assert from_json(to_json(NOUN), Noun, "noun.json").later == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"kind": "mean"', '"kind": "sum"', "'sum' is none of total, mean"),
        ('"kind": "mean",', "", "other keys than expected: kind"),
        ('"other"', '"another"', "another, other"),
        ('"y": true', '"y": 1', "'1' is no bool"),
        (" 3,", " true,", "True is no int"),
        (" 3,", ' "3",', "'3' is no int"),
        (' 3,\n  "x"', " 3", "a list has 1 items and not 2"),
        ("0.1", '"0.1"', "'0.1' is no number"),
        ("0.1", "Infinity", "Infinity is no number"),
        ('"en": "a"', '"en": "a", "en": "b"', "a key occurs twice"),
        ('"sizes": [', '"sizes": {', "noun.json"),
        ('"ñ"', "[]", "is no str"),
    ],
)
def test_what_is_not_as_promised_is_an_error_that_names_the_file(
    old: str, new: str, words: str
) -> None:
    text = to_json(NOUN).decode()
    assert old in text
    with pytest.raises(Damaged, match=r"noun\.json of the store cannot be understood") as error:
        from_json(text.replace(old, new, 1).encode(), Noun, "noun.json")
    assert words in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"1", b"[" * 100_000])
def test_what_is_no_object_is_damage(content: bytes) -> None:
    with pytest.raises(Damaged, match=r"noun\.json"):
        from_json(content, Noun, "noun.json")
    with pytest.raises(Damaged, match=r"noun\.json"):
        unsealed(content, Noun, "noun.json")


def test_a_sealed_value_vouches_for_itself() -> None:
    assert unsealed(sealed(NOUN), Noun, "noun.json").words == {"y": True}
    with pytest.raises(Damaged, match="its hash differs"):
        unsealed(sealed(NOUN).replace(b'"x"', b'"z"'), Noun, "noun.json")
    with pytest.raises(Damaged, match="its hash differs"):
        unsealed(to_json(NOUN), Noun, "noun.json")


def test_a_seal_does_not_excuse_a_wrong_kind() -> None:
    with pytest.raises(Damaged, match="other keys"):
        unsealed(sealed(Text("a", "b")), Noun, "noun.json")


def test_the_hash_of_a_value_does_not_depend_on_its_layout() -> None:
    assert digest(NOUN) == digest(from_json(to_json(NOUN), Noun, "noun.json"))
    assert digest({"a": 1}) != digest({"a": 2})

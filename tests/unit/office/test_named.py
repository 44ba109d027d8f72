"""Records are called by words, and numbers told so that nobody takes a point for a decimal."""

from pathlib import Path

import pytest

from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.office.named import called
from cauce.office.words import words
from cauce.pipeline.registers import read_registers

DECLARED = read_registers(Path("packs/registers"))
GOOD = Text("Good practice seen", "Buena práctica observada")


@pytest.mark.parametrize(
    ("register", "record", "name"),
    [
        ("quotas", {"title_es": "Cuota"}, Text("Cuota", "Cuota")),
        (
            "observations",
            {"practice": "GOOD"},
            Text("Good practice seen", "Buena práctica observada"),
        ),
        ("agreements", {"number": 7}, Text("Agreement 7", "Acuerdo 7")),
        ("agreements", {"number": Absent.UNKNOWN}, Text("k1", "k1")),
        ("memberships", {}, Text("k1", "k1")),
    ],
)
def test_a_record_is_called_by_words_and_never_by_a_code(register, record, name) -> None:
    assert called(DECLARED.registers[register], record, DECLARED.lists, "k1") == name


def test_thousands_are_not_written_with_a_point() -> None:
    assert words("es").number(125_000, 0) == "125\u00a0000"
    assert words("en").number(125_000, 0) == "125,000"

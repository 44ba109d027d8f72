"""Nouns that the stages hand on: what their fields are when nothing is said."""

from dataclasses import replace

import numpy as np
import pytest

from cauce.model.backup import Backup
from cauce.model.imported import Lines
from cauce.model.release import Provenance
from cauce.model.status import Health, Line, Status
from cauce.model.text import Text
from cauce.model.vintage import Manifest, Part


def test_a_backup_of_nothing_says_that_there_was_none() -> None:
    made = Backup("2026-03-01T00:00:00Z", "1")
    assert (made.database, made.entries, made.generation, made.catalog_sha256) == ("", 0, 0, "")


def test_a_status_is_its_lines() -> None:
    line = Line("disk", Text("Disk", "Disco"), Health.LOOK, Text("full soon", "casi lleno"))
    assert Status("2026-03-01T00:00:00Z", "1", (line,)).lines[0].health == "look"


def test_a_part_stands_for_the_objects_it_has() -> None:
    part = Part(("2025",), "a" * 64, 1, "v1", Provenance("p 1", "", (), "1", "", "", ()))
    assert part.objects == {"a" * 64}
    assert replace(part, differences_sha256="b" * 64).objects == {"a" * 64, "b" * 64}


@pytest.mark.parametrize(
    ("message", "row", "column", "said"),
    [
        (True, 3, 2, "line 3, observation 2"),
        (True, 0, 2, "observation 2"),
        (False, 3, 2, "Sheet, row 3, column 2"),
        (False, 3, 0, "Sheet, line 3"),
    ],
)
def test_a_number_is_told_by_where_it_stands(message, row, column, said) -> None:
    sheet = "" if message else "Sheet"
    lines = Lines({}, (1.0,), np.array([row]), np.array([column]), sheet, message=message)
    assert lines.place(0) == said


def test_a_vintage_stands_for_the_objects_of_its_parts_and_the_structures_it_came_with() -> None:
    part = Part(("2025",), "a" * 64, 1, "v1", Provenance("p 1", "", (), "1", "", "", ()))
    made = Manifest(None, "XAA_S", "v1", "2026-01-01", (part,), (), (), True, "", "", ())
    assert made.objects == {"a" * 64}
    assert replace(made, structures_sha256="c" * 64).objects == {"a" * 64, "c" * 64}

"""A small mapping pack of an invented producer, and lines of an invented file."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from cauce.harmonise.imports import parse_import
from cauce.model.codelist import Code, Codelist
from cauce.model.imported import ImportPack, Lines
from cauce.model.text import Text

PACK = """
id = "OFF_STOCK"
edition = "2021"
frequency = "A"
name = { en = "Stock", es = "Población" }
provider = { en = "An office", es = "Una oficina" }
about = { en = "People", es = "Personas" }
licence = { en = "Open", es = "Abierta" }
open_licence = true
citation = "An office (2021)"

[[note]]
en = "A note."
es = "Una nota."

[file]
name = "stock.csv"
format = "csv"

[shape]
kind = "table"
columns = ["to", "from", "year", "people", "mark"]
value = "people"

[indicator]
id = "STOCK"
name = { en = "Stock", es = "Población" }
definition = { en = "People.", es = "Personas." }
unit = "PERSONS"

[period]
from = "year"

[dimension.REF_AREA]
from = "to"
lists = ["CL_PLACE"]
words = ["words.csv"]
first = ["XAB"]

[dimension.ORIGIN]
name = { en = "Origin", es = "Origen" }
from = "from"
by = "code"
lists = ["CL_PLACE"]
empty = "_T"

[status]
from = "mark"
system = "sdmx"

[marks]
".." = { to = "L", note = { en = "Not available.", es = "No disponible." } }
"-" = { absent = true, note = { en = "a dash.", es = "un guion." } }
"""
WORDS = "theirs,code\nLand A,XAA\n"
LISTS = {
    "CL_PLACE": Codelist(
        "CL_PLACE",
        Text("Place", "Lugar"),
        (Code("XAA", Text("Alpha", "Alfa")), Code("XAB", Text("Beta", "Beta"))),
    )
}


@pytest.fixture
def pack_of() -> Callable[..., ImportPack]:
    """The pack with some of its text replaced, and with more at its end."""

    def made(more: str = "", replaced: Mapping[str, str] | None = None, **files: str) -> ImportPack:
        text = PACK
        for old, new in (replaced or {}).items():
            assert old in text
            text = text.replace(old, new)
        own = {"office/import.toml": text + more, "office/words.csv": WORDS}
        return parse_import("office", own | files, LISTS)

    return made


@pytest.fixture
def lines_of() -> Callable[..., Lines]:
    """Lines from rows of to, from, year, people, mark."""

    def made(*rows: tuple[Any, ...]) -> Lines:
        words = {
            name: tuple(row[at] for row in rows)
            for name, at in (("to", 0), ("from", 1), ("year", 2), ("mark", 4))
        }
        values = tuple(row[3] for row in rows)
        size = len(rows)
        return Lines(words, values, np.arange(2, size + 2), np.zeros(size, dtype=np.int64))

    return made

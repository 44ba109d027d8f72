"""What a register counts, as a table a statistician can check with a pencil."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Draft, Entry
from cauce.model.house import House
from cauce.model.pack import Rules
from cauce.model.record import Absent
from cauce.model.text import Text
from cauce.registers.count import count_register, records_as_of
from cauce.registers.declaration import parse_registers
from cauce.registers.log import FIRST, entry_of

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 1, tzinfo=UTC)
T = Text("x", "x")
DECLARED = """
id = "people"
name = { en = "People trained", es = "Personas formadas" }
one = { en = "person", es = "persona" }
about = { en = "Who was trained.", es = "Quién se formó." }
title = { en = "code", es = "code" }
country = "country"
[[field]]
id = "code"
name = { en = "Code", es = "Código" }
kind = "text"
[[field]]
id = "country"
name = { en = "Country", es = "País" }
kind = "code"
codelist = "CL_COUNTRY"
[[field]]
id = "completed"
name = { en = "Completed", es = "Aprobó" }
kind = "flag"
[[field]]
id = "hours"
name = { en = "Hours", es = "Horas" }
kind = "number"
[[count]]
id = "DF_PEOPLE"
name = { en = "People", es = "Personas" }
by = ["country", "completed"]
contributor = "code"
[[count]]
id = "DF_HOURS"
name = { en = "Hours", es = "Horas" }
by = ["country", "completed"]
measure = "hours"
contributor = "code"
unit = "HOURS"
"""
COUNTRIES = Codelist("CL_COUNTRY", T, tuple(Code(c, T) for c in ("CRI", "GTM", "NIC")))
LISTS = {"CL_COUNTRY": COUNTRIES}
REGISTER = parse_registers({"people.toml": DECLARED}, LISTS)["people"]
HOUSE = House("REG", T, "", Rules("ilo", (), 0, 0.0, ""), Rules("ilo", (), 0, 0.0, ""))
WORDS = {"yes": True, "no": False, **{str(reason): reason for reason in Absent}}


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entries(row: dict[str, str]) -> list[Entry]:
    """A record's entries: it was opened, and perhaps ended."""
    said = {
        "code": row["code"],
        "country": row["country"],
        "completed": WORDS.get(row["completed"]),
        "hours": WORDS.get(row["hours"], int(row["hours"]) if row["hours"].isdecimal() else None),
    }
    record = {name: value for name, value in said.items() if value is not None}
    start = date.fromisoformat(row["entered"])
    drafts = [Draft("people", row["record"], "", Action.OPEN, record, start, None, "ana", "", 0)]
    if row["ended"]:
        end = date.fromisoformat(row["ended"])
        drafts.append(
            Draft("people", row["record"], "", Action.END, None, end, None, "ana", "left", 1)
        )
    return [entry_of(draft, at, FIRST, NOW) for at, draft in enumerate(drafts, start=1)]


def counted(day: str) -> dict[tuple[str, str, str], tuple[float, int, int]]:
    """Value, contributors and missing by dataflow and codes."""
    when = date.fromisoformat(day)
    records = records_as_of([entries(row) for row in table("people.csv")], when)
    found = {}
    for one in count_register(REGISTER, records, LISTS, HOUSE, when):
        cells = one.cells
        dimensions = cells.dataflow.dimensions[3:5]
        for key, value, n, missing, se in zip(
            cells.key, cells.value, cells.n, cells.missing, cells.se, strict=True
        ):
            codes = (d.codes[at].id for d, at in zip(dimensions, key[3:5], strict=True))
            assert se == 0 or np.isnan(value)
            found[cells.dataflow.id, *codes] = (float(value), int(n), int(missing))
    return found


def test_every_cell_is_as_worked_out_by_hand() -> None:
    wanted: dict[str, dict[tuple[str, str, str], tuple[float, int, int]]] = {}
    for row in table("counted.csv"):
        cells = wanted.setdefault(row["day"], {})
        codes = row["country"], row["completed"]
        cells["DF_PEOPLE", *codes] = (float(row["records"]), int(row["people"]), 0)
        if row["without_hours"]:
            hours = float(row["hours"] or "nan")
            people = int(row["people_with_hours"])
            cells["DF_HOURS", *codes] = (hours, people, int(row["without_hours"]))
    assert set(wanted) == {"2026-02-01", "2026-05-01"}
    for day, cells in wanted.items():
        found = counted(day)
        assert set(found) == set(cells)
        for key, numbers in cells.items():
            np.testing.assert_equal(found[key], numbers, err_msg=f"{day} {key}")

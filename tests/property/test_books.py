"""Whatever the declarations allow survives the way into a workbook and out of it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cauce.model.record import Absent, Record
from cauce.model.register import Field, Register
from cauce.pipeline.books.adapt import Words
from cauce.pipeline.books.reading import read
from cauce.pipeline.books.template_shape import raw_book
from cauce.pipeline.registers import read_registers
from cauce.registers.values import read_record
from cauce.sources.books.book import Book
from cauce.sources.books.cells import read_cells
from cauce.sources.books.reading import grid_of
from cauce.sources.books.writing import Filled, Wanted, write_workbook
from cauce.sources.limits import Limits

DECLARED = read_registers(Path("packs/registers"))
ABSENT = st.sampled_from(list(Absent))
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
TEXTS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=60),
    st.sampled_from(
        ["=1+1", "+5", "-x", "@a", "'a", "01", "1e5", "TRUE", "_x0041_", "a;b", "2020-01-01",
         "#N/A", "<b>&amp;</b>", "ñandú · x", "\U0001f600", "a\nb", "=HYPERLINK(\"x\")"]
    ),
)  # fmt: skip


def values(field: Field) -> st.SearchStrategy[Any]:
    """Raw values of a field; those it does not allow are left out by `read_record`."""
    match field.kind:
        case "number" | "money":
            low = -(10**9) if field.minimum is None else field.minimum
            high = 10**18 if field.maximum is None else field.maximum
            scale = 10**field.decimals
            return st.integers(int(low * scale), int(high * scale)).map(lambda n: n / scale)
        case "date":
            return st.dates(date(1, 1, 1), date(9999, 12, 31))
        case "flag":
            return st.booleans()
        case "code":
            return st.sampled_from([c.id for c in DECLARED.lists[field.codelist].codes])
        case "codes":
            codes = [c.id for c in DECLARED.lists[field.codelist].codes]
            return st.lists(st.sampled_from(codes), min_size=1, max_size=4)
        case "link":
            return st.text("0123456789abcdef", min_size=20, max_size=20)
        case "web":
            return st.just("https://example.org/a?b=c&d=é")
        case "text" if field.pattern:
            return st.from_regex(field.pattern, fullmatch=True)
        case _:
            return TEXTS


def filled(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """What is required, and some of the other fields, with values or the reason for having none."""

    def one(f: Field) -> st.SearchStrategy[Any]:
        if f.kind == "rows":
            return st.lists(filled(f.rows), min_size=int(f.required), max_size=3)
        return st.one_of(values(f), values(f), values(f), ABSENT)

    return st.fixed_dictionaries(
        {f.id: one(f) for f in fields if f.required},
        optional={f.id: one(f) for f in fields if not f.required},
    )


def allowed(register: Register, raw: Mapping[str, Any]) -> Record | None:
    """What a form would have kept of it, None if it would have refused it."""
    record, faults = read_record(register, raw, DECLARED.lists)
    on_the_line = any(f.kind != "rows" and f.id in record for f in register.fields)
    return record if not faults and on_the_line else None


def there_and_back(register: Register, records: list[Record], folder: Path) -> list[Record]:
    path = folder / "book.xlsx"
    numbered = [Filled(number, record) for number, record in enumerate(records, start=1)]
    write_workbook(register, DECLARED.lists, path, Wanted(), numbered)
    sheets = json.loads(json.dumps(read_cells(path, Limits())))["sheets"]
    raw = raw_book(register, Book(tuple(grid_of(sheet) for sheet in sheets), ""))
    assert raw.marks == ()
    found = []
    for record in raw.records:
        got = read(register, record, Words(DECLARED.lists))
        assert [fault for fault in got.faults if not fault.rule] == []
        found.append(got.record)
    return found


@pytest.mark.parametrize("name", sorted(DECLARED.registers))
@settings(
    max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture,
                           HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip
@given(data=st.data())
def test_any_record_survives_the_way_through_a_workbook(
    name: str, data: st.DataObject, tmp_path: Path
) -> None:
    register = DECLARED.registers[name]
    raws = data.draw(st.lists(filled(register.fields), min_size=4, max_size=10))
    records = [record for raw in raws if (record := allowed(register, raw)) is not None]
    assert there_and_back(register, records, tmp_path) == records

"""Job orders are read under their producers' names, each once, and what is left out is counted."""

import gzip
from pathlib import Path

import pytest

from cauce.assess.columns import Sheet
from cauce.assess.recruitment.orders import (
    TERMS,
    offers_of,
    parse_order_file,
    read_orders,
    recognise,
)
from cauce.assess.recruitment.substitution_told import FIELDS, told_contracts
from cauce.declare.problems import Problems
from cauce.model.errors import BadInput
from cauce.pipeline.job_orders import compare_contracts, import_orders, write_orders

MAPPINGS = Path("packs/frames/recruitment/orders")
KNOWN = {p.stem: parse_order_file(p.name, p.read_text("utf-8")) for p in MAPPINGS.glob("*.toml")}


def rows(how, *said):
    columns = [name for part in how.columns.values() for name in part]
    if how.duplicate:
        columns.append(how.duplicate[0])
    return [dict.fromkeys(columns, "") | one for one in said]


def test_each_year_is_recognised_by_its_own_column_names():
    for how in KNOWN.values():
        assert recognise(list(rows(how, {})[0]), KNOWN.values()) is how
    with pytest.raises(BadInput, match="columns are of no job orders that are known"):
        recognise(["CASE"], KNOWN.values())


def test_a_joint_employers_share_and_a_repeated_number_are_left_out_and_counted():
    how = KNOWN["us_h2a_fy2017"]
    case = {"CASE_NUMBER": "1", "PRIMARY/SUB": "PRI", "BASIC_UNIT_OF_PAY": "Month"}
    case |= {"BASIC_RATE_OF_PAY": "9", "REQUESTED_START_DATE_OF_NEED": "2017-05-01 00:00:00"}
    other = {"CASE_NUMBER": "2", "PRIMARY/SUB": "PRI", "BASIC_UNIT_OF_PAY": "Fortnight"}
    found = read_orders(rows(how, case, case | {"PRIMARY/SUB": "SUB"}, case, other), how)
    assert (found.marked, found.repeated, found.strange_units) == (1, 1, 1)
    one, two = found.orders
    assert (one["pay_unit"], one["currency"], one["start"]) == ("MONTH", "USD", "2017-05-01")
    assert (two["pay_unit"], two["currency"]) == ("UNK", "UNK")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "not written as TOML"),
        ('id = "x"', "name"),
        ('[columns]\norder = 3\n[units]\nH = "HUOR"', "is not one of HOUR"),
    ],
)
def test_a_wrong_mapping_is_told_by_line(text, said):
    with pytest.raises(BadInput, match=said):
        parse_order_file("x.toml", text)


def test_an_end_before_the_start_and_an_unknown_unit_are_told():
    cells = {"order": "1", "start": "2024-05-01", "end": "2024-04-01", "pay_unit": "HOURS"}
    problems = Problems()
    offers_of(Sheet("orders", ("order", *TERMS), ((2, cells),)), "order", problems)
    offers_of(Sheet("orders", TERMS, ()), "order", problems)
    said = str(problems.error("It"))
    assert "end comes before start" in said
    assert "pay_unit is no code of its list" in said
    assert "there is no column order" in said


def test_orders_go_from_a_packed_file_to_the_comparison(tmp_path: Path):
    how = KNOWN["us_h2b_fy2019"]
    case = {"CASE_NUMBER": "1", "EMPLOYER_NAME": "Finca", "BASIC_RATE_OF_PAY": "12"}
    case |= {"PAY_RANGE_UNIT": "Hourly", "NBR_WORKERS_REQUESTED": "3", "CASE_STATUS": "Withdrawn"}
    (row,) = rows(how, case)
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    packed = tmp_path / "orders.csv.gz"
    packed.write_bytes(gzip.compress(text.encode()))

    found = import_orders(packed, MAPPINGS)
    assert (found.requested, found.certified, found.by_status) == (3, 0, {"Withdrawn": 1})

    write_orders(found.read, tmp_path / "orders.csv")
    packed.unlink()
    (tmp_path / "contracts.csv").write_text(
        f"contract,order,{','.join(TERMS)}\n"
        + f"C1,1,Finca,,,11,HOUR,USD{',' * (len(TERMS) - 6)}\n"
        + f"C2,9{',' * len(TERMS)}\n"
    )
    compared, judgement = compare_contracts(tmp_path, "USD")
    verdicts = {one.field: one.found for one in compared["C1"]}
    assert (verdicts["employer"], verdicts["pay_hour"]) == ("EQUAL", "WORSE")
    assert set(verdicts) == set(FIELDS)
    assert "without an order: 1" in judgement.notes[1].en
    assert "pago por hora: menos de lo ofrecido" in judgement.tables[1].rows[0][1].said.es


def test_without_contracts_nothing_is_said_of_any():
    assert told_contracts({}, 0).tables[1].rows == ()


def test_a_file_that_is_no_gzip_is_told(tmp_path: Path):
    broken = tmp_path / "orders.csv.gz"
    broken.write_bytes(b"nothing")
    with pytest.raises(BadInput, match="cannot be read as CSV"):
        import_orders(broken, MAPPINGS)

"""The job orders of a file become records of the register, each once."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cauce.model.errors import BadInput
from cauce.model.record import Absent
from cauce.pipeline.job_orders import import_orders
from cauce.pipeline.order_entries import Entered, enter_orders
from cauce.pipeline.registers import read_registers
from cauce.registers.log import as_of
from cauce.store.log import Log, open_database

MAPPINGS = Path("packs/frames/recruitment/orders")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEAD = (
    "CASE_NUMBER,CASE_STATUS,EMPLOYER_NAME,WORKSITE_CITY,WORKSITE_COUNTY,WORKSITE_STATE,SOC_CODE,"
    "NBR_WORKERS_REQUESTED,NBR_WORKERS_CERTIFIED,BASIC_RATE_OF_PAY,BASIC_UNIT_OF_PAY,"
    "BASIC_NUMBER_OF_HOURS,REQUESTED_START_DATE_OF_NEED,REQUESTED_END_DATE_OF_NEED,PRIMARY/SUB"
)
ROWS = (
    "1,CERT,Finca,Aldea,,TX,45-2092,15,10,11.125,Hour,40,2017-05-01 00:00:00,2018-02-01,PRI",
    "2,WITHDRAWN,,,,,,,,,Select Pay Range,forty,,,PRI",
    "1,CERT,Socia,Aldea,,TX,45-2092,15,10,11.125,Hour,40,2017-05-01,2018-02-01,SUB",
)


def test_orders_of_a_file_are_entered_once_and_vouched_for_by_a_second_person(tmp_path: Path):
    file = tmp_path / "orders.csv.gz"
    file.write_bytes(gzip.compress("\n".join([HEAD, *ROWS]).encode()))
    declared, orders = read_registers(Path("packs/registers")), import_orders(file, MAPPINGS)
    database = open_database(f"sqlite:///{tmp_path / 'registers.sqlite'}")
    with database.writing("ana") as connection:
        with pytest.raises(BadInput, match="Nobody approves their own"):
            enter_orders(connection, declared, orders, "ana", NOW, "ana")
        assert enter_orders(connection, declared, orders, "ana", NOW, "beto") == Entered(2, 0, 1)
        assert enter_orders(connection, declared, orders, "ana", NOW) == Entered(0, 2, 0)
    found = [
        as_of(entries).record for entries in Log(database, declared.registers).latest("job_orders")
    ]
    database.close()
    first, second = sorted(found, key=lambda one: one["number"])
    assert (first["pay"], first["pay_unit"], first["currency"]) == (11.125, "HOUR", "USD")
    assert (first["work_address"], first["certified"]) == ("Aldea, TX", 10)
    assert (second["employer"], second["hours_week"]) == (Absent.UNKNOWN, Absent.UNKNOWN)
    assert second["pay_unit"] is Absent.UNKNOWN, "no pay, no unit"

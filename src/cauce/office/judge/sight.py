"""The registers as one person may see them: approved records, and of them only their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cauce.model.codelist import Codelist
from cauce.model.record import Record, Value
from cauce.model.register import Register
from cauce.office.seat import Seat
from cauce.registers.access import REGION
from cauce.registers.log import as_of
from cauce.store.log import Log
from cauce.store.log.database import told
from cauce.store.log.passed import verdicts_on
from cauce.store.log.review import Verdict

REPORTS = "plan_reports"
CORRIDORS = "monitored_corridors"
"""What members of the network alone may see, as the matrix calls it: no register is called so."""


@dataclass(frozen=True)
class SeatSight:
    """What was approved and is true on a day, for who sits there. What is sealed stays sealed."""

    seat: Seat
    day: date

    @property
    def only(self) -> frozenset[str] | None:
        """The countries on whose plans they see reports; None for all."""
        return self.seat.places("see", REPORTS, "approved")

    @property
    def registers(self) -> Mapping[str, Register]:
        return self.seat.office.registers

    @property
    def lists(self) -> Mapping[str, Codelist]:
        return self.seat.office.lists

    def records(self, register: str) -> dict[str, Record]:
        """The records of a register they may see, in the order they were entered."""
        mine = self.seat.places("see", register, "approved")
        if mine == frozenset():
            return {}
        database, actor = self.seat.office.database, self.seat.account.id
        said = verdicts_on(database, register, None, actor, told(mine))
        log = Log(database, self.registers, mine, actor)
        found = []
        for entries in log.latest(register):
            passed = [entry for entry in entries if said.get(entry.number) is Verdict.APPROVED]
            period = as_of(passed, self.day)
            if period is not None and self._may(register, passed[0].country):
                record = self._fields(register, passed[0].country, period.record)
                found.append((passed[0].number, passed[0].key, record))
        return {key: record for _, key, record in sorted(found, key=lambda one: one[0])}

    def _may(self, register: str, country: str) -> bool:
        return self.seat.may("see", register, country, "approved")

    def _fields(self, register: str, country: str, record: Record) -> Record:
        names = self.seat.fields("see", self.registers[register], country, "approved")
        return {name: _columns(name, v, names) for name, v in record.items() if name in names}

    def shows(self, register: str, field: str) -> bool:
        """Whether there is a country of which they see this field."""
        mine = self.seat.places("see", register, "approved")
        countries = self.seat.account.countries if mine is None else mine
        declared = self.registers[register]
        return any(
            field in self.seat.fields("see", declared, country, "approved")
            for country in (countries if countries is not None else {""})
        )


def _columns(name: str, value: Value, names: frozenset[str]) -> Value:
    """Rows without the columns that are not theirs."""
    if not isinstance(value, tuple):
        return value
    return tuple(
        {column: cell for column, cell in part.items() if f"{name}.{column}" in names}
        if isinstance(part, Mapping)
        else part
        for part in value
    )  # type: ignore[return-value] # rows stay rows, codes codes


def is_member(seat: Seat) -> bool:
    """Whether somebody belongs to the network, and so may know which corridors no one monitors."""
    return seat.may("see", CORRIDORS, REGION, "approved")

"""Job orders of another producer's file as records that wait for a second person.

GSBPM: phase 4.3, run collection, from administrative sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from sqlalchemy import Connection, select

from cauce.model.entry import Action, Draft
from cauce.model.errors import BadInput
from cauce.model.record import Absent, Record
from cauce.model.register import Field
from cauce.pipeline.job_orders import Orders
from cauce.pipeline.registers import Declared
from cauce.registers.fields import field_of
from cauce.registers.seed import key_of
from cauce.registers.values import read_record
from cauce.store.log import append, review, schema
from cauce.store.log.database import acting
from cauce.store.log.review import Verdict

ORDERS = "job_orders"
FIELDS = {
    "order": "number",
    "requested": "positions",
    **{name: name for name in ("status", "certified", "employer", "work_address", "occupation")},
    **{name: name for name in ("pay", "pay_unit", "currency", "hours_week", "start", "end")},
}
"""The common columns of orders by the fields of the register that hold them."""


@dataclass(frozen=True)
class Entered:
    """What became of the orders of a file; `unread` values are no such number or day."""

    new: int
    there: int
    unread: int


def enter_orders(
    connection: Connection,
    declared: Declared,
    orders: Orders,
    actor: str,
    now: datetime,
    approver: str = "",
) -> Entered:
    """Enter every order that is not there yet, all or none.

    They wait for review one by one, or `approver` vouches for the file as a whole.

    Raises:
        BadInput: nobody approves what they entered.
    """
    if approver and approver == actor:
        raise BadInput(
            "Nobody approves their own entries. Have a second person vouch for the file."
        )
    known = set(
        connection.scalars(
            select(schema.entry.c.key).where(schema.entry.c.register == ORDERS).distinct()
        )
    )
    drafts, unread = [], 0
    for said in orders.read.orders:
        key = key_of(ORDERS, f"{orders.how.id}/{said['order']}")
        if key not in known:
            record, faults = _record(declared, said, orders)
            unread += faults
            drafts.append(_draft(key, record, orders, actor))
    entries = append(connection, declared.registers, drafts, now)
    if approver:
        with acting(connection, approver):
            for entry in entries:
                review.judge(connection, entry.number, Verdict.APPROVED, approver, "", now)
    return Entered(len(drafts), len(orders.read.orders) - len(drafts), unread)


def _record(declared: Declared, said: Mapping[str, str], orders: Orders) -> tuple[Record, int]:
    """An order as a record, and how many of its values could not be read: those are unknown."""
    register = declared.registers[ORDERS]
    raw: dict[str, object] = {
        "country": orders.how.country, "source": orders.how.source, "mark": "V",
    }  # fmt: skip
    for column, name in FIELDS.items():
        value = said.get(column, "")
        if value and value != "UNK":
            raw[name] = _read(field_of(register, name), value)
    if "pay" not in raw or "pay_unit" not in raw:
        raw["pay_unit"] = "UNK"
    raw.setdefault("employer", "UNK")
    record, faults = read_record(register, raw, declared.lists)
    wrong = {fault.field for fault in faults}
    return {**record, **dict.fromkeys(sorted(wrong), Absent.UNKNOWN)}, len(wrong)


def _read(field: Field, value: str) -> object:
    """Producers of these files write 1.234 for a little over one: no people write them."""
    if field.kind not in ("number", "money"):
        return value
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        return value
    return round(number, field.decimals) if isfinite(number) else value


def _draft(key: str, record: Record, orders: Orders, actor: str) -> Draft:
    return Draft(
        register=ORDERS,
        key=key,
        country=orders.how.country,
        action=Action.OPEN,
        record=record,
        valid_from=None,
        valid_to=None,
        actor=actor,
        reason=orders.how.name.en,
        base=0,
    )

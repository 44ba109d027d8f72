"""What a record must keep beside others' records: asked when it is written and when it is approved.

A register's own rules are about one record. These are about a permit beside its request, quota,
mechanism and the same person's other permits, and are asked again at the approval: of two that
waited only one may take the last place.
"""

from collections.abc import Mapping
from datetime import date

from cauce.model.codelist import Codelist
from cauce.model.record import Fault, Record
from cauce.model.register import Register
from cauce.pipeline.judge.sight import LogSight
from cauce.pipeline.mobility import DEPENDANTS, PERMITS, Operation
from cauce.pipeline.registers import Declared
from cauce.store.log import Database


def law_faults(
    database: Database,
    registers: Mapping[str, Register],
    lists: Mapping[str, Codelist],
    day: date,
    register: str,
    key: str,
    record: Record,
) -> tuple[Fault, ...]:
    """What the law says against a record; nothing of a register it is not about."""
    if register not in (PERMITS, DEPENDANTS):
        return ()
    operation = Operation(LogSight(database, Declared(registers, lists), day), None)
    return operation.faults(key, record) if register == PERMITS else operation.family(record)

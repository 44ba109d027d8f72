"""What registers lend to tables: their records, or the names of codes, as of a day."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from cauce.model.codelist import Code, Codelist
from cauce.model.dataflow import Dataflow
from cauce.model.entry import Entry
from cauce.model.errors import BadInput
from cauce.model.record import Record
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.registers.log import timeline
from cauce.registers.public import public_part, shelf_of
from cauce.registers.shown import title
from cauce.registers.values import Lists


def list_of(register: str) -> str:
    """The id of the code list that a register's records are: their keys, with their titles."""
    return f"CL_{register.upper()}"


def lent_list(
    register: Register,
    groups: Iterable[Sequence[Entry]],
    lists: Lists,
    day: date,
    known_at: datetime | None = None,
    code: str = "",
) -> Codelist:
    """The records of a register as a code list, with the public titles they had on a day.

    A record that had ended keeps its last title: numbers of earlier years still name it. One that
    begins later is not there.

    Args:
        groups: the entries that may be told, record by record.
        code: the public field that holds the codes; those are the keys of the records if "".

    Raises:
        BadInput: the register, or what titles its records, is not public.
    """
    shelf = shelf_of(register, lists)
    if not register.public or not register.listed or shelf.title is None:
        raise BadInput(
            f"{register.id} lends no names: the register or its title is not public. Make them "
            "public in its declaration, or count by another field."
        )
    codes = {}
    for entries in groups:
        found = _told_on(entries, day, known_at)
        record = None if found is None else public_part(shelf.fields, found)
        if record is not None and (not code or code in record):
            name = Text(title(shelf, record, "en"), title(shelf, record, "es"))
            own = str(record[code]) if code else entries[0].key
            codes[own] = Code(own, name)
    ordered = sorted(codes.values(), key=lambda one: (one.name.en, one.id))
    return Codelist(list_of(register.id), register.name, tuple(ordered), register.source)


def _told_on(entries: Sequence[Entry], day: date, known_at: datetime | None) -> Record | None:
    """What was last true of a record by a day; None if it had not begun."""
    begun = [p.record for p in timeline(entries, known_at) if (p.start or date.min) <= day]
    return begun[-1] if begun else None


def renamed(codelist: Codelist, lent: Codelist) -> Codelist:
    """The same codes, with the names that a register lends where it has them."""
    return replace(codelist, codes=with_names(codelist.codes, lent))


def with_names(codes: tuple[Code, ...], lent: Codelist) -> tuple[Code, ...]:
    names = {code.id: code.name for code in lent.codes}
    return tuple(replace(code, name=names.get(code.id, code.name)) for code in codes)


def in_words_of(flow: Dataflow, lent: Mapping[str, Codelist]) -> Dataflow:
    """A dataflow with names lent to the codes of its dimensions; `lent` by the list named."""
    return replace(
        flow,
        dimensions=tuple(
            replace(each, codes=with_names(each.codes, lent[each.codelist]))
            if each.codelist in lent
            else each
            for each in flow.dimensions
        ),
    )


def digest(codelist: Codelist) -> str:
    """The hash of a code list: its codes and their words, in order."""
    rows = [[code.id, code.name.en, code.name.es] for code in codelist.codes]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

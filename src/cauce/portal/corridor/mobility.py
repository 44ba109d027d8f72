"""What a corridor's mechanisms let through: in force, quotas and their use, permits, waits."""

from collections.abc import Iterator
from dataclasses import dataclass

from cauce.model.record import Absent, Record
from cauce.model.shelf import Shelf
from cauce.portal.corridor.ends import Ends
from cauce.portal.corridor.records import bases_of, records_of
from cauce.portal.origins import INDICATOR, Table, Tables
from cauce.portal.registers.library import Library, code_name, shown
from cauce.portal.titles import title_then
from cauce.portal.words import Words
from cauce.publish.brief.told import Basis, Item, Missing, Section

IN_FORCE = ("FORCE", "PILOT")
COUNTRY, NATIONALITY, STEP = "COUNTRY", "NATIONALITY", "STEP"
CAPTURE, QUOTA_SHARE = "PERMITS_PER_WORKER", "ISSUED_OF_CEILING"


@dataclass(frozen=True)
class Found:
    """What fills a part of the panel, and what stands under it."""

    items: tuple[Item, ...]
    bases: tuple[Basis, ...] = ()


def mobility(tables: Tables, library: Library, ends: Ends, words: Words) -> Section | Missing:
    """The panel with what is known of each part; the others are named as missing."""
    parts = {
        "in_force": _in_force(library, ends, words),
        "quota": _quotas(tables, library, ends, words),
        "permits": _permits(tables, ends, words),
        "waits": _waits(tables, ends, words),
        "capture": _capture(tables, ends, words),
    }
    there = [found for found in parts.values() if found.items]
    if not there:
        needs = words("c_mobility_needs", **ends.names)
        return Missing("mobility", words("c_mobility"), needs)
    lacking = [words(f"c_mobility_{name}") for name, found in parts.items() if not found.items]
    notes = [words("c_mobility_capture_text")] if parts["capture"].items else []
    if lacking:
        notes.append(words("c_mobility_lacking", parts="; ".join(lacking)))
    return Section(
        id="mobility",
        title=words("c_mobility"),
        lead=words("c_mobility_lead", **ends.names),
        items=tuple(item for found in there for item in found.items),
        notes=tuple(notes),
        bases=tuple(dict.fromkeys(basis for found in there for basis in found.bases)),
    )


def _in_force(library: Library, ends: Ends, words: Words) -> Found:
    """Mechanisms in force or on trial, all in one line."""
    every = records_of(library, ("mechanisms",), ends)
    named = [
        title_then(shelf, record, shown(record), words)
        for shelf, record in every
        if shown(record).record.get("status") in IN_FORCE
    ]
    if not named:
        return Found(())
    item = Item(words("c_mobility_in_force"), "; ".join(named))
    return Found((item,), tuple(bases_of(library, [shelf for shelf, _ in every])))


def _quotas(tables: Tables, library: Library, ends: Ends, words: Words) -> Found:
    """Each quota as its record says it, and under them what is published of the share used."""
    every = records_of(library, ("quotas",), ends)
    items = tuple(
        Item(
            title_then(shelf, record, shown(record), words),
            _used(shelf, shown(record).record, words),
            library.path("registers", shelf.id, record.key),
        )
        for shelf, record in every
        if isinstance(shown(record).record.get("ceiling"), int | float)
    )
    shelves = [shelf for shelf, _ in every] if items else []
    shares = _shares(tables, library, ends, words)
    return Found((*items, *shares.items), (*bases_of(library, shelves), *shares.bases))


def _shares(tables: Tables, library: Library, ends: Ends, words: Words) -> Found:
    """The share used of the quotas of each mechanism of the corridor, of its last year."""
    mine = {record.key for _, record in records_of(library, ("mechanisms",), ends)}
    for table in _of_indicator(tables, QUOTA_SHARE):
        rows = table.rows({COUNTRY: ends.destination}, ("MECHANISM", "UNIT"))
        last = {(table.code(r, "MECHANISM"), table.code(r, "UNIT")): r for r in rows}
        told = [
            _item(table, row, words("c_mobility_share", **_named(table, row, words)), words)
            for (mechanism, _), row in last.items()
            if mechanism in mine
        ]
        if told:
            return Found(tuple(told), (table.basis("", words),))
    return Found(())


def _named(table: Table, row: int, words: Words) -> dict[str, str]:
    return {
        "mechanism": table.name(row, "MECHANISM", words),
        "unit": table.name(row, "UNIT", words).lower(),
    }


def _used(shelf: Shelf, quota: Record, words: Words) -> str:
    """What is used of a ceiling, as a number and a share; that it is not known is no zero."""
    ceiling, used = (_number(quota.get(name)) for name in ("ceiling", "issued"))
    unit = code_name(shelf, "CL_COUNT_UNIT", str(quota.get("unit", "")), words).lower()
    whole = words.number(ceiling or 0.0, 0)
    if used is None:
        return words("c_mobility_unused", ceiling=whole, unit=unit)
    share = words.number(100 * used / ceiling, 0) if ceiling else "–"
    return words(
        "c_mobility_used", used=words.number(used, 0), ceiling=whole, unit=unit, share=share
    )


def _number(value: object) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool | Absent)
    return float(value) if known else None  # type: ignore[arg-type] # it is a number


def _permits(tables: Tables, ends: Ends, words: Words) -> Found:
    """Permits of the last month there is, of all of the nationality."""
    wanted = {COUNTRY: ends.destination, NATIONALITY: ends.origin}
    for table in _with(tables, "PERMITS", wanted):
        rows = table.latest(wanted)
        if rows:
            item = _item(table, rows[-1], words("c_mobility_permits"), words)
            return Found((item,), (table.basis(table.period(rows[-1]), words),))
    return Found(())


def _waits(tables: Tables, ends: Ends, words: Words) -> Found:
    """The median wait of each step of the destination's mechanisms, of its last year."""
    wanted = {COUNTRY: ends.destination}
    for table in _with(tables, "DAYS", wanted):
        rows = table.rows(wanted, (STEP, "MECHANISM")) if STEP in table.codes else []
        last = {(table.code(r, STEP), table.code(r, "MECHANISM")): r for r in rows}
        if last:
            items = tuple(_wait(table, row, words) for row in last.values())
            return Found(items, (table.basis("", words),))
    return Found(())


def _wait(table: Table, row: int, words: Words) -> Item:
    step, mechanism = (table.name(row, name, words) for name in (STEP, "MECHANISM"))
    return _item(table, row, f"{step} ({mechanism})", words)


def _capture(tables: Tables, ends: Ends, words: Words) -> Found:
    """Permits over what a survey estimates of workers from there, where the two were set beside."""
    wanted = {COUNTRY: ends.destination, NATIONALITY: ends.origin}
    for table in _of_indicator(tables, CAPTURE):
        rows = table.latest({**wanted, INDICATOR: CAPTURE})
        if rows:
            item = _item(table, rows[-1], words("c_mobility_capture"), words)
            return Found((item,), (table.basis(table.period(rows[-1]), words),))
    return Found(())


def _of_indicator(tables: Tables, indicator: str) -> Iterator[Table]:
    for manifest in tables.manifests:
        if any(each.id == indicator for each in manifest.dataflow.indicators):
            yield tables.table(manifest)


def _with(tables: Tables, unit: str, wanted: dict[str, str]) -> Iterator[Table]:
    """Tables of nothing but a unit that know the wanted codes."""
    for manifest in tables.manifests:
        codes = {d.id: {c.id for c in d.codes} for d in manifest.dataflow.dimensions}
        fits = all(code in codes.get(name, ()) for name, code in wanted.items())
        if fits and all(each.unit == unit for each in manifest.dataflow.indicators):
            yield tables.table(manifest)


def _item(table: Table, row: int, title: str, words: Words) -> Item:
    """A figure with its interval, its period, and the page behind it."""
    told = table.figure(row, words)
    number = f"{told.value} {told.unit}".strip() if told.value else told.why
    parts = (number, told.interval, table.period(row))
    return Item(title, " · ".join(filter(None, parts)), table.number(row, words).href)

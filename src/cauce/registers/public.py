"""What of a register the public is told: public fields of approved entries, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Entry
from cauce.model.record import Absent, Record, Row, Sealed, Value
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.shelf import Filled, Known, PublicPeriod, PublicRecord, Shelf, ShelfField
from cauce.model.text import Text
from cauce.registers.log import timeline
from cauce.registers.shown import corridors, links, places, title, words
from cauce.registers.values import Lists

Public = Mapping[str, frozenset[str]]
"""The keys of public records, by register."""

TOPICS = "CL_REGISTER_TOPIC"
OTHER = Code("OTHER", Text("Other registers", "Otros registros"))


def shelf_of(register: Register, lists: Lists) -> Shelf:
    """The public register a declaration yields, with its code lists whole."""
    fields = public_fields(register.fields)
    names = {each.id for each in fields}
    named = {each.codelist for f in fields for each in (f, *f.columns) if each.codelist}
    topics = {code.id: code for code in lists[TOPICS].codes} if TOPICS in lists else {}
    titled = {register.title.en, register.title.es} <= names
    return Shelf(
        id=register.id,
        name=register.name,
        one=register.one,
        about=register.about,
        topic=topics.get(register.topic, OTHER),
        title=register.title if titled else None,
        country=register.country if register.country in names else "",
        version=register.version,
        source=register.source,
        fields=fields,
        codelists=tuple(lists[name] for name in sorted(named)),
        listed=register.listed,
    )


def consented(register: Register, entries: Sequence[Entry]) -> bool:
    """Whether those concerned agree, by the last that is known of them, approved or not.

    To take a consent back needs no second person.
    """
    records = [entry.record for entry in entries if entry.record is not None]
    return not register.consent or bool(records and records[-1].get(register.consent) is True)


def public_fields(fields: Iterable[Field]) -> tuple[ShelfField, ...]:
    """The fields declared public; rows with no public column have nothing to show."""
    found = []
    for each in fields:
        columns = public_fields(each.rows)
        told = each.public and each.sensitivity is Sensitivity.P0
        if told and (columns or each.kind != "rows"):
            found.append(
                ShelfField(
                    id=each.id,
                    name=each.name,
                    kind=each.kind,
                    help=each.help,
                    codelist=each.codelist,
                    register=each.register,
                    unit=each.unit,
                    decimals=each.decimals,
                    columns=columns,
                )
            )
    return tuple(found)


def fill(
    shelf: Shelf, records: Iterable[Sequence[Entry]], public: Public, consent: str = ""
) -> Filled:
    """A shelf with its records, each given by its approved entries, oldest first.

    What a record said while the flag `consent` was not set stays untold, also in its history.

    Its code lists keep the codes that occur. A link is kept if the record it names is public.
    """
    sieve = _Sieve(public)
    found = [
        told for entries in records if (told := _record(shelf, entries, sieve, consent)) is not None
    ]
    used = tuple(_used(each, sieve.codes) for each in shelf.codelists)
    return Filled(replace(shelf, codelists=used), tuple(found), sieve.dropped)


@dataclass
class _Sieve:
    """What passes to the public, the codes that passed, and how many links did not."""

    public: Public
    codes: set[tuple[str, str]] = field(default_factory=set)
    dropped: int = 0

    def record(self, fields: Iterable[ShelfField], record: Record | Row) -> dict[str, Value]:
        """The public part of a record, or of a row."""
        found = {}
        for each in fields:
            value = record.get(each.id)
            passed = None if value is None else self.value(each, value)
            if passed is not None:
                found[each.id] = passed
        return found

    def value(self, of: ShelfField, value: Value) -> Value | None:
        # A sealed value is public nowhere, whatever a declaration says of its field now.
        if isinstance(value, Absent | Sealed):
            return value if isinstance(value, Absent) else None
        parts = value if isinstance(value, tuple) else (value,)
        if of.kind == "rows":
            rows = (self.record(of.columns, part) for part in parts if isinstance(part, Mapping))
            return tuple(row for row in rows if row) or None  # type: ignore[return-value] # columns hold no rows
        if of.kind == "link" and value not in self.public.get(of.register, frozenset()):
            self.dropped += 1
            return None
        if of.codelist:
            self.codes |= {(of.codelist, str(part)) for part in parts}
        return value


def public_part(fields: Iterable[ShelfField], record: Record) -> Record:
    """What of a record the public is told, without the records it names."""
    return _Sieve({}).record(fields, record)


def _used(codelist: Codelist, codes: set[tuple[str, str]]) -> Codelist:
    return replace(codelist, codes=tuple(c for c in codelist.codes if (codelist.id, c.id) in codes))


def _record(
    shelf: Shelf, entries: Sequence[Entry], sieve: _Sieve, consent: str
) -> PublicRecord | None:
    """A record as the public sees it; None if nothing of it was ever said to be true."""
    known = tuple(_states(shelf, entries, sieve, consent))
    said = [period for state in known for period in state.periods]
    if not said:
        return None
    shown = said[-1].record
    country = shown.get(shelf.country, "")
    return PublicRecord(
        key=entries[0].key,
        country="" if isinstance(country, Absent) else str(country),
        title=Text(title(shelf, shown, "en"), title(shelf, shown, "es")),
        places=places(shelf, shown),
        corridors=corridors(shelf, shown),
        links=links(shelf, shown),
        words=words(shelf, shown),
        known=known,
    )


def _states(shelf: Shelf, entries: Sequence[Entry], sieve: _Sieve, consent: str) -> Iterator[Known]:
    """What was known from each moment on, where it differs from what was known before.

    A change of what is not public would otherwise show that something happened, and when.
    """
    told = {
        entry.number: sieve.record(shelf.fields, entry.record)
        for entry in entries
        if entry.record is not None and (not consent or entry.record.get(consent) is True)
    }
    before: tuple[PublicPeriod, ...] = ()
    for entry in entries:
        periods = _joined(
            PublicPeriod(each.start, each.end, told[each.entry])
            for each in timeline(entries, entry.recorded_at)
            if each.entry in told
        )
        if periods != before:
            yield Known(entry.recorded_at, periods)
        before = periods


def _joined(periods: Iterable[PublicPeriod]) -> tuple[PublicPeriod, ...]:
    """Periods that follow on one another and say the same, as one."""
    found: list[PublicPeriod] = []
    for each in periods:
        if found and found[-1].end == each.start and found[-1].record == each.record:
            found[-1] = replace(found[-1], end=each.end)
        else:
            found.append(each)
    return tuple(found)

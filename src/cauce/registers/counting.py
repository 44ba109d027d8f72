"""From the text that declares a count to the count, checked."""

from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.register import Count, FieldKind, Register, Sensitivity
from cauce.registers.fields import field_names, field_of

CODED: frozenset[FieldKind] = frozenset({"code", "codes", "flag", "link"})
ONE_CODED: frozenset[FieldKind] = CODED - {"codes"}
STATES: frozenset[FieldKind] = frozenset({"code"})
DAYS: frozenset[FieldKind] = frozenset({"date"})
MEASURED: frozenset[FieldKind] = frozenset({"number", "money"})
DATED: frozenset[FieldKind] = frozenset({"number", "date"})
ONE_VALUE: frozenset[FieldKind] = frozenset(get_args(FieldKind)) - {"rows", "codes"}


def read_count(section: Section) -> Count:
    """One [[count]]."""
    found = Count(
        id=section.text("id"),
        name=section.words("name"),
        by=section.texts("by"),
        measure=section.text("measure", ""),
        contributor=read_contributors(section),
        apart=section.texts("apart", ()),
        period=section.text("period", ""),
        monthly=section.truth("monthly", False),
        only=read_only(section),
        current=section.texts("current", ()),
        lapses=read_lapses(section),
        share_of=section.text("share_of", ""),
        unit=section.text("unit", "RECORDS"),
        sensitive=section.truth("sensitive", False),
        place=section.place(),
        holding=section.text("holding", ""),
    )
    section.finish()
    return found


def read_only(section: Section) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The codes that fields must have: only = { state = ["GRANTED"] }."""
    table = section.table("only") if section.has("only") else None
    return tuple((name, table.texts(name)) for name in table.data) if table else ()


def read_lapses(section: Section) -> tuple[str, tuple[str, ...], str] | None:
    """What runs out: lapses = { field = "states.state", from = ["LIC"], into = "EXP" }."""
    table = section.table("lapses", required=False)
    if table is None:
        return None
    found = table.text("field"), table.texts("from"), table.text("into")
    table.finish()
    return found


def read_contributors(section: Section) -> tuple[str, ...]:
    """The field or fields a cell rests on: "observer", or ["token", "employer"]."""
    if isinstance(section.data.get("contributor"), list):
        return section.texts("contributor")
    name = section.text("contributor", "")
    return (name,) if name else ()


def check_count(count: Count, register: Register, problems: Problems) -> None:
    """Note the fields of a count that do not exist or are not of the kind it needs."""
    names = field_names(register)
    wanted: tuple[tuple[str, frozenset[FieldKind], str], ...] = (
        *((name, CODED, "a code, a flag or a link") for name in count.by),
        (count.measure, MEASURED, "a number"),
        (count.share_of, MEASURED, "a number"),
        (count.lapses[0] if count.lapses else "", STATES, "a code"),
        (count.period, DATED, "a year or a date"),
        *((name, ONE_CODED, "one code, a flag or a link") for name, _ in count.only),
        *((name, DAYS, "a date") for name in count.current),
        *((name, ONE_VALUE, "one value") for name in (*count.contributor, count.holding)),
    )
    for name, kinds, words in wanted:
        if name and name not in names:
            near = did_you_mean(name, names)
            problems.add(count.place, f"count {count.id}: no field {name}.{near}")
        elif name and field_of(register, name).kind not in kinds:
            problems.add(count.place, f"count {count.id}: {name} is not {words}.")
        elif name and field_of(register, name).sensitivity is Sensitivity.P3:
            problems.add(count.place, f"count {count.id}: {name} is P3, sealed in the log.")
    check_owner(count, problems)
    check_days(count, register, problems)
    for name in count.apart:
        if name not in count.by:
            problems.add(count.place, f"count {count.id}: apart names {name}, which by does not.")


def check_days(count: Count, register: Register, problems: Problems) -> None:
    """Note months of what is no date, and rows of the day that are told by other than two dates."""
    names = field_names(register)
    if count.monthly and (
        count.period not in names or field_of(register, count.period).kind != "date"
    ):
        problems.add(count.place, f"count {count.id}: monthly needs a period that is a date.")
    if len(count.current) not in (0, 2):
        problems.add(count.place, f"count {count.id}: current names the first and the last day.")
    if count.lapses and not count.current:
        problems.add(count.place, f"count {count.id}: lapses needs current, the days of a row.")
    if count.share_of and not count.measure:
        problems.add(count.place, f"count {count.id}: share_of needs a measure, the part of it.")


def check_owner(count: Count, problems: Problems) -> None:
    """Note a count over the rows of two fields: no row is of both."""
    lapsing = (count.lapses[0],) if count.lapses else ()
    named = (*count.by, count.measure, count.share_of, count.period)
    named = (*named, *count.contributor, *count.current, *lapsing)
    owners = {name.partition(".")[0] for name in named if "." in name}
    if len(owners) > 1:
        both = " and ".join(sorted(owners))
        problems.add(count.place, f"count {count.id}: it counts rows of {both}; choose one.")

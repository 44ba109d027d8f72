"""The results of a plan as an IATI activity file, version 2.03."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as Xml

from cauce.assess.filled import day, whole
from cauce.assess.plans.records import begins, indicators_of, reports_of, tree_of
from cauce.model.errors import BadInput
from cauce.model.plan import Indicator, Node, Report
from cauce.model.record import Record
from cauce.model.standing import PlanRecords
from cauce.model.text import LANGUAGES, Text

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OTHER_RESULT, UNIT, QUALITATIVE = "9", "1", "5"
ENDED, UNDER_WAY, PLANNED = "4", "2", "1"
PLANNED_START, PLANNED_END = "1", "3"
NO_CHANGE = Text("No change reported", "Se informó que no hubo cambios")
YES_OR_NO = {1.0: Text("yes", "sí"), 0.0: Text("no", "no")}


@dataclass(frozen=True)
class Publisher:
    """Who publishes the file: its identifier in IATI, its kind of organisation, its name."""

    ref: str
    type: str
    name: str


def iati_results(records: PlanRecords, publisher: Publisher, now: datetime) -> str:
    """The plan as one activity, each place with indicators as a result, country by country.

    What was not reported is not there; "no change" repeats the last value and says so. Results are
    of type "other": a plan's own levels are not guessed to be outputs or outcomes.

    Raises:
        BadInput: neither the first nor the last day of the plan is known; IATI asks for one.

    Source: IATI Standard 2.03, activity standard, element `result` and those within it.
    """
    dates = _dates(records.plan)
    if not dates:
        raise BadInput(
            "IATI asks when an activity begins or ends, and the plan says neither. Enter its first "
            "or last year (starts_year, ends_year) and write the file again."
        )
    root = Xml.Element(
        "iati-activities",
        {"version": "2.03", "generated-datetime": now.isoformat(timespec="seconds")},
    )
    activity = Xml.SubElement(root, "iati-activity", {LANG: "en"})
    Xml.SubElement(activity, "iati-identifier").text = f"{publisher.ref}-{records.key}"
    reporting = {"ref": publisher.ref, "type": publisher.type}
    _named(activity, "reporting-org", Text(publisher.name, publisher.name), reporting)
    nodes = tree_of(records.key, records.plan, records.nodes)
    _named(activity, "title", nodes[0].name)
    _named(activity, "description", nodes[0].name, {"type": "1"})
    _named(
        activity,
        "participating-org",
        Text(publisher.name, publisher.name),
        {**reporting, "role": "4"},
    )
    Xml.SubElement(activity, "activity-status", {"code": _status(records.plan, now.date())})
    for kind, on in dates.items():
        Xml.SubElement(activity, "activity-date", {"type": kind, "iso-date": on.isoformat()})
    _results(activity, records, nodes)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _dates(plan: Record) -> dict[str, date]:
    """The days the plan begins and ends, as far as they are known, by their kind in IATI."""
    known = {PLANNED_START: begins(plan), PLANNED_END: _ends(plan)}
    return {kind: on for kind, on in known.items() if on is not None}


def _ends(plan: Record) -> date | None:
    year = whole(plan, "ends_year")
    return day(plan, "ends_on") or (None if year is None else date(year, 12, 31))


def _status(plan: Record, on: date) -> str:
    ends, starts = _ends(plan), begins(plan)
    if ends is not None and ends < on:
        return ENDED
    return PLANNED if starts is not None and starts > on else UNDER_WAY


def _results(activity: Xml.Element, records: PlanRecords, nodes: Sequence[Node]) -> None:
    places = frozenset(node.id for node in nodes)
    found = indicators_of(records.indicators, records.key, places, begins(records.plan))
    reports = reports_of(records.reports)
    for node in nodes:
        mine = [indicator for indicator in found if indicator.node == node.id]
        if mine:
            kind = {"type": OTHER_RESULT, "aggregation-status": "0"}
            result = Xml.SubElement(activity, "result", kind)
            _named(result, "title", node.name)
            for indicator in mine:
                _indicator(result, indicator, [r for r in reports if r.indicator == indicator.id])


def _indicator(result: Xml.Element, indicator: Indicator, reports: Sequence[Report]) -> None:
    yes_no = indicator.direction == "YESNO"
    element = Xml.SubElement(
        result,
        "indicator",
        {
            "measure": QUALITATIVE if yes_no else UNIT,
            "ascending": "0" if indicator.direction == "DOWN" else "1",
            "aggregation-status": "0",
        },
    )
    _named(element, "title", indicator.name)
    if indicator.baseline is not None and indicator.baseline_on is not None:
        on = indicator.baseline_on
        baseline = {"year": str(on.year), "iso-date": on.isoformat()}
        _value(element, "baseline", indicator.baseline, yes_no, baseline)
    ends = sorted({*indicator.targets, *(report.until for report in reports)})
    for until in ends:
        _period(element, indicator, until, list(_said(indicator, reports, until)))


def _period(
    element: Xml.Element,
    indicator: Indicator,
    until: date,
    said: Sequence[tuple[str, float, bool]],
) -> None:
    """The year up to a day: the target due then, and what each country reported."""
    yes_no = indicator.direction == "YESNO"
    period = Xml.SubElement(element, "period")
    Xml.SubElement(period, "period-start", {"iso-date": date(until.year, 1, 1).isoformat()})
    Xml.SubElement(period, "period-end", {"iso-date": until.isoformat()})
    if until in indicator.targets:
        _value(period, "target", indicator.targets[until], yes_no)
    for country, value, kept in said:
        actual = _value(period, "actual", value, yes_no, country=country)
        if kept:
            _named(actual, "comment", NO_CHANGE)


def _said(
    indicator: Indicator, reports: Sequence[Report], until: date
) -> Iterator[tuple[str, float, bool]]:
    """What each country reported for the period that ends that day; True for "no change"."""
    last: dict[str, float | None] = {}
    for report in sorted(reports, key=lambda one: one.until):
        before = last.get(report.country, indicator.baseline)
        value = before if report.kind == "NC" else report.value
        if report.kind != "NR" and report.until <= until:
            last[report.country] = value
            if report.until == until and value is not None:
                yield report.country, value, report.kind == "NC"


def _value(
    parent: Xml.Element,
    name: str,
    value: float,
    yes_no: bool,
    more: Mapping[str, str] | None = None,
    country: str = "",
) -> Xml.Element:
    """A value; a yes or no is said in words, since a qualitative indicator has no number."""
    number = {} if yes_no else {"value": f"{value:g}"}
    element = Xml.SubElement(parent, name, {**(more or {}), **number})
    if country:
        Xml.SubElement(element, "dimension", {"name": "country", "value": country})
    if yes_no:
        _named(element, "comment", YES_OR_NO.get(value, Text(f"{value:g}", f"{value:g}")))
    return element


def _named(
    parent: Xml.Element, name: str, words: Text, more: Mapping[str, str] | None = None
) -> None:
    element = Xml.SubElement(parent, name, dict(more or {}))
    for language in LANGUAGES:
        narrative = Xml.SubElement(element, "narrative", {LANG: language})
        narrative.text = words.of(language)

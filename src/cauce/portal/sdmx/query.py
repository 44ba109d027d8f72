"""What a data query says, read once: keys, conditions, periods, order and packaging.

Here alone are the parameters of an address understood; whatever cannot be is refused by name.

Source: SDMX REST 2.2.2, data queries; 1.5.0, section 4.4.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.datastructures import QueryParams

from cauce.model.errors import BadInput
from cauce.portal.sdmx.refusal import Refusal
from cauce.publish import span
from cauce.publish.options import Detail
from cauce.store.moments import moment_of

WILD = frozenset({"", "*", "all"})
TIME = "TIME_PERIOD"
FLAT = "AllDimensions"
OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew")
DETAILS: tuple[Detail, ...] = ("full", "dataonly", "serieskeysonly", "nodata")
SAID_ONCE = (
    "startPeriod", "endPeriod", "updatedAfter", "asOf", "firstNObservations", "lastNObservations",
    "dimensionAtObservation", "detail", "includeHistory", "offset", "limit", "sort", "mode",
    "reportingYearStartDay", "format", "formatVersion", "lang", "attributes", "measures",
)  # fmt: skip
Span = tuple[date, date]
Condition = tuple[str, str]
"""An operator and a value."""
MOST_CONDITIONS = 200
"""On one component, beside values it may have: each is tried on everything there is."""
Filter = tuple[tuple[Condition, ...], ...]
"""Alternatives, each of conditions that hold together."""


@dataclass(frozen=True)
class Query:
    """A data query: keys (any of them), filters by component (all of them), periods, numbers.

    `first` and `last` are of every series, `offset` and `limit` of all that is found. `sort` are
    components, with True where the last comes first. `since` and `history` ask for what changed.
    """

    keys: tuple[str, ...] = ("",)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    start: str = ""
    end: str = ""
    first: int | None = None
    last: int | None = None
    since: datetime | None = None
    history: bool = False
    offset: int = 0
    limit: int | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    dimension: str = TIME
    detail: Detail = "full"
    attributes: tuple[str, ...] = ("dsd",)
    measures: tuple[str, ...] = ("all",)

    @property
    def narrowed(self) -> bool:
        """Whether attributes or measures are left out on purpose."""
        whole = set(self.attributes) & {"all", "dsd"} and "all" in self.measures
        return not whole or self.detail != "full"

    @property
    def keys_only(self) -> bool:
        """Whether series are asked for and no observation."""
        none = self.attributes == ("none",) and self.measures == ("none",)
        return self.detail in ("serieskeysonly", "nodata") or none


def read_query(words: QueryParams, key: str, version: int) -> Query:
    """The query that an address asks.

    Raises:
        Refusal: 400, a parameter cannot be understood or is said twice; 422, they contradict each
            other; 501, it is not built.
    """
    check_said_once(words)
    check_reporting_year(words.get("reportingYearStartDay", ""))
    return Query(
        keys=tuple(key.split(",")) if version == 2 else (key,),
        filters=_filters(words),
        start=_period(words, "startPeriod"),
        end=_period(words, "endPeriod"),
        first=number(words.get("firstNObservations"), "firstNObservations"),
        last=number(words.get("lastNObservations"), "lastNObservations"),
        since=_since(words),
        history=flag(words.get("includeHistory", ""), "includeHistory"),
        offset=number(words.get("offset"), "offset", 0) or 0,
        limit=number(words.get("limit"), "limit"),
        sort=_sort(words.get("sort", "")),
        dimension=_dimension(words.get("dimensionAtObservation", "")),
        detail=_detail(words.get("detail", "")),
        attributes=_listed(words.get("attributes", "")) or ("dsd",),
        measures=_listed(words.get("measures", "")) or ("all",),
    )


def number(text: str | None, name: str, least: int = 1) -> int | None:
    """A whole number, or None where nothing is asked."""
    if text is None or not text.strip():
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) < least:
        raise Refusal(400, f"{name} must be a whole number from {least}.")
    return int(text)


def flag(text: str, name: str) -> bool:
    if text.lower() not in ("", "true", "false", "1", "0"):
        raise Refusal(400, f"{name} can be true or false.")
    return text.lower() in ("true", "1")


def moment(text: str, name: str) -> datetime | None:
    """The moment a text names, None if it is empty. Without an offset it is in UTC."""
    if not text:
        return None
    # A "+" that was not encoded arrives as a space.
    found = moment_of(text.replace(" ", "+"))
    if found is None:
        raise Refusal(400, f"{name}: {text[:40]} is no moment such as 2026-01-31T12:00:00Z.")
    return found


def check_said_once(words: QueryParams) -> None:
    """Raises Refusal if something that has one answer is asked twice, and differently."""
    for name in (*SAID_ONCE, *(name for name in words if name.startswith("c["))):
        if len(set(words.getlist(name))) > 1:
            raise Refusal(400, f"{name[:60]} is said twice. Say it once.")


def check_reporting_year(text: str) -> None:
    """Raises Refusal for any year but the calendar's, which all that is published here has."""
    if not text:
        return
    if not re.fullmatch(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        raise Refusal(400, "reportingYearStartDay must be a month and a day such as --01-01.")
    if text != "--01-01":
        raise Refusal(
            501,
            "Reporting years that begin on another day than 1 January are not built: no data here "
            "have them. Leave reportingYearStartDay out.",
        )


def span_asked(text: str) -> Span:
    """The first and the last day of a period. Raises Refusal if it is none."""
    try:
        return span(text.replace(" ", "+"))
    except BadInput as error:
        raise Refusal(400, f"{text[:40]} is no period such as 2020, 2020-Q3 or 2020-07.") from error


def _period(words: QueryParams, name: str) -> str:
    text = words.get(name, "").strip()
    if text:
        span_asked(text)
    return text


def _since(words: QueryParams) -> datetime | None:
    """When the client asked last. Raises Refusal if it is later than the moment asked about."""
    since, then = moment(words.get("updatedAfter", ""), "updatedAfter"), words.get("asOf", "")
    until = moment(then, "asOf")
    if since and until and since > until:
        raise Refusal(422, "updatedAfter is later than asOf: nothing can have changed between.")
    return since


def _filters(words: QueryParams) -> dict[str, Filter]:
    found = {}
    for name, text in words.items():
        if name.startswith("c[") and name.endswith("]") and text.strip().lower() not in WILD:
            found[name[2:-1]] = _filter(text)
    return found


def _filter(text: str) -> Filter:
    """`,` means or, `+` means and: `ge:2020+le:2022,2015`. What is said twice is said once."""
    alternatives = (part.replace(" ", "+").split("+") for part in text.split(","))
    told = (tuple(_condition(one) for one in conditions) for conditions in alternatives)
    found = tuple(dict.fromkeys(told))
    if sum(len(conditions) for conditions in found if not is_plain(conditions)) > MOST_CONDITIONS:
        raise Refusal(
            400,
            f"There are more than {MOST_CONDITIONS:,} conditions on one component beside plain "
            "values. Ask in parts.",
        )
    return found


def is_plain(conditions: tuple[Condition, ...]) -> bool:
    """Whether an alternative names a value and nothing else."""
    return len(conditions) == 1 and conditions[0][0] == "eq"


def _condition(text: str) -> Condition:
    operator, colon, value = text.partition(":")
    if not colon or len(operator) > 4 or not operator.isalpha():
        return "eq", text
    if operator not in OPERATORS:
        raise Refusal(
            400, f"There is no operator {operator[:20]}; there are {', '.join(OPERATORS)}."
        )
    return operator, value


def _sort(text: str) -> tuple[tuple[str, bool], ...]:
    found = []
    for part in filter(None, text.replace(" ", "+").split("+")):
        name, colon, way = part.partition(":")
        if colon and way not in ("asc", "desc"):
            raise Refusal(400, f"sort: {part[:60]} can end with :asc or :desc.")
        found.append((name, way == "desc"))
    return tuple(found)


def _dimension(text: str) -> str:
    return FLAT if text.lower() == FLAT.lower() else text or TIME


def _detail(text: str) -> Detail:
    for detail in DETAILS:
        if (text.lower() or "full") == detail:
            return detail
    raise Refusal(400, f"detail can be {', '.join(DETAILS)}.")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())

"""What the service can be asked, for programs: an OpenAPI document of both its versions.

It is made from what the service itself goes by: formats, kinds, operators, words of parameters.

Source: OpenAPI 3.0.3; SDMX REST 1.5.0 and 2.2.2, whose parameters have the names they have there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cauce import __version__
from cauce.model.structure import SCHEMES
from cauce.portal.sdmx.availability import MODES
from cauce.portal.sdmx.availability import REFERENCES as AVAILABLE
from cauce.portal.sdmx.flows import CONTEXTS
from cauce.portal.sdmx.kinds import words_of
from cauce.portal.sdmx.query import DETAILS, OPERATORS
from cauce.portal.sdmx.schema import SCHEMAS
from cauce.publish.forms import DATA_FORMATS
from cauce.publish.metadata import METADATA_FORMATS
from cauce.publish.structure.collection import REFERENCES
from cauce.publish.structure.forms import STRUCTURE_FORMATS
from cauce.publish.structure.query import DETAILS as STRUCTURE_DETAILS

Json = dict[str, Any]
DATA = [form.media_type for form in DATA_FORMATS.values()]
STRUCTURES = [form.media_type for form in STRUCTURE_FORMATS.values()]
METADATA = [form.media_type for form in METADATA_FORMATS.values()]
REFUSALS = {
    "304": "The client has it.",
    "400": "It cannot be understood; the answer says what, and what could be.",
    "403": "The licence does not allow all of it at once.",
    "404": "There is no such thing; in version 1, no observation fits.",
    "406": "The format, language or compression is not served; the answer lists what is.",
    "410": "It was withdrawn, for the reason given.",
    "413": "It is more than is given at once; the answer counts it and says how to ask in parts.",
    "414": "The address is too long.",
    "422": "The parameters contradict each other.",
    "501": "It is not built.",
    "503": "Too many questions at once, or no answer in time; Retry-After says when to ask again.",
}
ID = {"type": "string", "pattern": r"^[A-Za-z0-9_@$,+*-]+$"}
VERSION = {"type": "string", "pattern": r"^[A-Za-z0-9.+~*,-]+$"}
TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
COUNT = {"type": "integer", "minimum": 1}
PERIODS = {"startPeriod": "The first period: 2020, 2020-Q3, 2020-07.", "endPeriod": "The last one."}
NUMBERS = {
    "firstNObservations": "So many of each series, from the first.",
    "lastNObservations": "So many of each series, from the last.",
}


def openapi() -> Json:
    """The document."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Cauce: SDMX REST 1.5 (v1, SDMX 2.1) and 2.2 (v2, SDMX 3.0 and 3.1)",
            "version": __version__,
            "description": "Labour migration statistics with their errors. "
            "Source of the parameters: SDMX REST 1.5.0 and 2.2.2.",
        },
        "paths": {**dict(_version_1()), **dict(_version_2())},
    }


def _version_1() -> Iterable[tuple[str, Json]]:
    flow = [_part("flow", "ID; AGENCY,ID; or AGENCY,ID,VERSION."), _key("A.XCA.POP+UNE..F")]
    provider = _part("provider", "Who provides the data; all.")
    times = [*_queries(PERIODS, TEXT), _query("updatedAfter", "Only what changed since.", MOMENT)]
    yield (
        "/sdmx/v1/data/{flow}/{key}/{provider}",
        _get("Observations", [*flow, provider, *times, *_numbers(), *_data()], DATA),
    )
    component = _part("componentID", "One dimension, or all.")
    yield (
        "/sdmx/v1/availableconstraint/{flow}/{key}/{provider}/{componentID}",
        _get("What there is", [*flow, provider, component, *times, *_available()], STRUCTURES),
    )
    yield (
        "/sdmx/v1/metadata/{flow}/{key}/{provider}",
        _get("Reports on quality", [*flow, provider, _stubs()], METADATA),
    )
    for kind in words_of(1):
        path = f"/sdmx/v1/{kind}/{{agencyID}}/{{resourceID}}/{{version}}"
        items = "/{itemID}" if kind.endswith("scheme") or kind in SCHEMES else ""
        own = [*_named(), *([_part("itemID", "Items, or all.")] if items else [])]
        yield path + items, _get(f"Structures: {kind}", [*own, *_structure()], STRUCTURES)
    yield "/sdmx/v1/schema/{context}/{agencyID}/{resourceID}/{version}", _schema()


def _version_2() -> Iterable[tuple[str, Json]]:
    flow = [_part("context", "What data are of.", [*CONTEXTS, "*"]), *_named()]
    key = _key("A.XCA.POP,A.*.UNE")
    several = [
        _query("offset", "So many are left out at first.", {"type": "integer", "minimum": 0}),
        _query("limit", "Not more than so many.", COUNT),
        _query("sort", "Components with :asc or :desc, with + between them; *; series_key.", TEXT),
        _query("attributes", "dsd, dataset, series, obs, all, none, or ids.", TEXT),
        _query("measures", "all, none, or ids.", TEXT),
        _query("asOf", "As it was at a moment.", MOMENT),
    ]
    changes = [_query("updatedAfter", "Only what changed since.", MOMENT), _filter(), _year()]
    yield (
        "/sdmx/v2/data/{context}/{agencyID}/{resourceID}/{version}/{key}",
        _get("Observations", [*flow, key, *changes, *several, *_numbers(), *_data()], DATA),
    )
    component = _part("componentID", "One dimension, or *.")
    place = "{context}/{agencyID}/{resourceID}/{version}/{key}/{componentID}"
    yield (
        f"/sdmx/v2/availability/{place}",
        _get("What there is", [*flow, key, component, *changes, *_available()], STRUCTURES),
    )
    yield (
        "/sdmx/v2/structure/{structureType}/{agencyID}/{resourceID}/{version}",
        _get("Structures", [_kind([*words_of(2), "*"]), *_named(), *_structure()], STRUCTURES),
    )
    items = [_kind(SCHEMES), *_named(), _part("itemID", "Items."), *_structure()]
    yield (
        "/sdmx/v2/structure/{structureType}/{agencyID}/{resourceID}/{version}/{itemID}",
        _get("Items of a scheme", items, STRUCTURES),
    )
    yield "/sdmx/v2/schema/{context}/{agencyID}/{resourceID}/{version}", _schema()
    provider = _part("providerID", "Who provides it.")
    about = [_kind([*words_of(2), "*"]), *_named()]
    for place, parts in (
        ("structure/{structureType}/{agencyID}/{resourceID}/{version}", about),
        ("metadataflow/{agencyID}/{resourceID}/{version}/{providerID}", [*_named(), provider]),
        ("metadataset/{providerID}/{resourceID}/{version}", [provider, *_named()[1:]]),
    ):
        yield f"/sdmx/v2/metadata/{place}", _get("Reports on quality", [*parts, _stubs()], METADATA)


def _get(summary: str, parameters: list[Json], formats: Iterable[str]) -> Json:
    words = [
        _query("format", "A format by a word; beats Accept.", TEXT),
        _query("formatVersion", "Its version.", VERSION),
        _query("lang", "The language of names.", {"type": "string", "enum": ["en", "es", "all"]}),
    ]
    content = {media_type: {"schema": TEXT} for media_type in formats}
    answers: Mapping[str, Json] = {
        "200": {"description": summary, "content": content},
        "204": {"description": "Nothing is found (version 2)."},
        **{status: {"description": told} for status, told in REFUSALS.items()},
    }
    return {"get": {"summary": summary, "parameters": [*parameters, *words], "responses": answers}}


def _schema() -> Json:
    named = [_part("context", "What data are of.", CONTEXTS), *_named()]
    words = [
        _query("dimensionAtObservation", "What stands at the observation.", ID),
        _query("deletion", "It is for messages that delete.", {"type": "boolean"}),
        _query("asOf", "As it was at a moment.", MOMENT),
    ]
    return _get("What is valid data", [*named, *words], [*SCHEMAS.values(), *STRUCTURES])


def _named() -> list[Json]:
    return [
        _part("agencyID", "Who maintains it."),
        _part("resourceID", "Its id; several with a comma, in version 1 with a plus."),
        {
            **_part("version", "1.0, latest, all; in version 2 also +, ~, *, 1.0+."),
            "schema": VERSION,
        },
    ]


def _data() -> list[Json]:
    return [
        _query("dimensionAtObservation", "A dimension, or AllDimensions.", ID),
        _query("detail", "How much is told.", {"type": "string", "enum": [*DETAILS]}),
        _query("includeHistory", "Every dissemination.", {"type": "boolean"}),
    ]


def _available() -> list[Json]:
    listed = {"type": "string", "enum": [*AVAILABLE]}
    return [
        _query("mode", "What is found, or could be chosen.", {"type": "string", "enum": [*MODES]}),
        _query("references", "What goes with it.", listed),
    ]


def _structure() -> list[Json]:
    details = {"type": "string", "enum": [*STRUCTURE_DETAILS]}
    return [
        _query("detail", "How much is told.", details),
        _query("references", f"{', '.join(REFERENCES)}, or a kind.", TEXT),
        _query("asOf", "As it was at a moment.", MOMENT),
    ]


def _stubs() -> Json:
    return _query("detail", "How much is told.", {"type": "string", "enum": ["full", "allstubs"]})


def _numbers() -> list[Json]:
    return _queries(NUMBERS, COUNT)


def _filter() -> Json:
    told = (
        "Conditions by component, such as c[SEX]=F,M or c[TIME_PERIOD]=ge:2020+le:2024. "
        f"Operators: {', '.join(OPERATORS)}; a comma is or, a plus is and."
    )
    shape = {"type": "object", "additionalProperties": TEXT}
    return {**_query("c", told, shape), "style": "deepObject", "explode": True}


def _year() -> Json:
    shape = {"type": "string", "pattern": r"^--\d{2}-\d{2}$"}
    return _query("reportingYearStartDay", "When the reporting year begins; --01-01 here.", shape)


def _key(example: str) -> Json:
    shape = {"type": "string", "pattern": r"^[A-Za-z0-9_@$.,+*-]+$"}
    told = "Codes by dimension; what is left out is any."
    return {**_part("key", told), "schema": shape, "example": example}


def _kind(kinds: Iterable[str]) -> Json:
    return _part("structureType", "Which kind.", kinds)


def _part(name: str, told: str, words: Iterable[str] = ()) -> Json:
    shape = {"type": "string", "enum": [*words]} if words else ID
    return {"in": "path", "name": name, "required": True, "description": told, "schema": shape}


def _query(name: str, told: str, shape: Json) -> Json:
    return {"in": "query", "name": name, "description": told, "schema": shape}


def _queries(named: Mapping[str, str], shape: Json) -> list[Json]:
    return [_query(name, told, shape) for name, told in named.items()]

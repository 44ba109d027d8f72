"""Data queries: which observations of which dataflows, in which format, and what they cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from starlette.responses import Response

from cauce.model.vintage import Manifest
from cauce.portal.rights import closed_whole
from cauce.portal.sdmx import formats
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.costs import afford_sets, affordable
from cauce.portal.sdmx.filters import check_components, rows_asked
from cauce.portal.sdmx.flows import Named, agreement_of, flows_of, named
from cauce.portal.sdmx.formats import Choice, language_of
from cauce.portal.sdmx.history import Changed, changed
from cauce.portal.sdmx.order import check_dimension, ordered, owners_of, page
from cauce.portal.sdmx.query import TIME, Query, read_query
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.unfilled import unfilled
from cauce.publish import Attribute, Message, Rows, message_of
from cauce.publish.components import VALUE, attributes_of
from cauce.publish.forms import DATA_FORMATS, DataFormat
from cauce.publish.options import KEYS, LABELS, TIME_FORMATS, Action, DataSet, Options

DEFAULTS = {1: "generic-2.1", 2: "json-2.1"}
"""By version of the service, what is given to who asks for anything."""
LEVELS = {"dataset": ("dataset",), "series": ("indicator", "series"), "obs": ("observation",)}


def data_answer(asking: Asking, parts: list[str]) -> Response:
    """The observations an address asks for.

    Raises:
        Refusal: nothing is found; what is asked cannot be understood, served or given away.
        TooMuch: it is more than is given at once.
    """
    asked = named(parts, asking.version)
    query = read_query(asking.request.query_params, asked.key, asking.version)
    choice = format_of(asking)
    form = DATA_FORMATS[choice.name]
    options = _options(query, choice, form)
    empty = unfilled(asking.snapshot, asked) if asked.one else []
    manifests = flows_of(asking.snapshot, asked, must=not empty)
    asking.depends_on(*_dependencies(asking, manifests, query))
    if len(manifests) == 1:
        agreement = agreement_of(asking.snapshot, manifests[0].dataflow, asked)
        options = replace(options, agreement=agreement)
    manifests = affordable(asking, _answerable(manifests, asked, query), query, form)
    found = [each for manifest in manifests for each in _found(asking, manifest, query)]
    sets = _paged(found, query)
    nothing = asking.version == 2 or not (empty or _empty(asking, manifests))
    if not sets and nothing:
        raise Refusal(204 if asking.version == 2 else 404, "No observation fits the query.")
    _check_one_shape(form, sets)
    afford_sets(asking, manifests, sets, form)
    told = [_data_set(asking, each, query) for each in sets] or _nothing(asking, manifests)
    told = told or [DataSet(Rows(table, np.arange(0))) for table in empty]
    content = form.write(told, _message(asking, manifests, query), options)
    return asking.answer(content, choice.media_type)


def format_of(asking: Asking) -> Choice:
    """The format of data that is asked for."""
    served = {name: form.media_type for name, form in DATA_FORMATS.items()}
    own = [name for name, form in DATA_FORMATS.items() if asking.version in form.of]
    return formats.choice(asking.request, served, DEFAULTS[asking.version], own)


def _options(query: Query, choice: Choice, form: DataFormat) -> Options:
    """How the message is laid out."""
    if form.time_series and query.dimension != TIME:
        raise Refusal(406, "A time series message has TIME_PERIOD at the observation.")
    detail = query.detail
    if query.attributes == ("none",) and query.measures == ("none",):
        detail = "serieskeysonly"
    elif query.measures == ("none",) and set(query.attributes) <= {"dataset", "series"}:
        detail = "nodata"
    return Options(
        dimension=query.dimension,
        detail=detail,
        labels=choice.parameter("labels", LABELS),
        time_format=choice.parameter("timeFormat", TIME_FORMATS),
        keys=choice.parameter("keys", KEYS),
    )


def _dependencies(asking: Asking, manifests: Sequence[Manifest], query: Query) -> Iterator[object]:
    """What the answer is made from: the vintages, and with their history the generation."""
    names = (f"{manifest.dataflow.id}/{manifest.vintage}" for manifest in manifests)
    yield from (asking.snapshot.catalog.manifests[name] for name in names)
    if query.history or query.since or len(manifests) != 1:
        yield asking.current.generation


def _answerable(
    manifests: tuple[Manifest, ...], asked: Named, query: Query
) -> tuple[Manifest, ...]:
    """The dataflows a query can be asked of: of several, those that have what it speaks of.

    Raises:
        Refusal: it speaks of what the only one has not.
    """
    if len(manifests) == 1 and asked.one:
        check_components(manifests[0].dataflow, query)
        check_dimension(manifests[0].dataflow, query)
        return manifests
    found = []
    for manifest in manifests:
        try:
            check_components(manifest.dataflow, query)
            check_dimension(manifest.dataflow, query)
        except Refusal:
            continue
        most = len(manifest.dataflow.dimensions) - 1
        if all(key.count(".") < most for key in query.keys):
            found.append(manifest)
    return tuple(found)


def _found(asking: Asking, manifest: Manifest, query: Query) -> Iterator[Changed]:
    """The rows of a dataflow that a query asks for, in the order they are sent."""
    flow = manifest.dataflow.id
    message = message_of(manifest)
    if query.history or query.since:
        sets = changed(asking.snapshot, flow, query)
    else:
        table = asking.snapshot.observations(flow)
        sets = iter([Changed(table, np.arange(len(table.value)), _action(asking, query))])
    for each in sets:
        rows = rows_asked(each.table, query, message)
        if len(each.rows) < len(each.table.value):
            rows = np.intersect1d(rows, each.rows, assume_unique=True)
        if closed_whole(each.table.dataflow, len(rows), len(each.table.value)):
            raise Refusal(
                403, f"The licence of {flow} does not allow all of it at once. Ask for less of it."
            )
        if len(rows):
            yield replace(each, rows=ordered(each.table, rows, query))


def _action(asking: Asking, query: Query) -> Action:
    if asking.version == 1:
        return "Information"
    return "Merge" if query.narrowed else "Replace"


def _paged(sets: list[Changed], query: Query) -> list[Changed]:
    """What is left of all that is found after so many, and not more than so many."""
    if query.offset == 0 and query.limit is None:
        return sets
    left, offset, limit = [], query.offset, query.limit
    for each in sets:
        owners = owners_of(each.table, each.rows, query)
        count = int(owners[-1]) + 1
        rows = page(each.rows, owners, offset, limit)
        given = min(max(count - offset, 0), count if limit is None else limit)
        offset, limit = max(offset - count, 0), None if limit is None else limit - given
        if len(rows):
            left.append(replace(each, rows=rows))
    return left


def _empty(asking: Asking, manifests: Sequence[Manifest]) -> bool:
    """Whether version 1 is asked for dataflows that have no data at all: that is no error there."""
    return (
        asking.version == 1
        and bool(manifests)
        and all(not sum(part.rows for part in manifest.parts) for manifest in manifests)
    )


def _nothing(asking: Asking, manifests: Sequence[Manifest]) -> list[DataSet]:
    """An empty data set of each dataflow."""
    tables = (asking.snapshot.observations(m.dataflow.id) for m in manifests)
    return [DataSet(Rows(table, np.arange(0))) for table in tables]


def _check_one_shape(form: DataFormat, sets: Sequence[Changed]) -> None:
    """Raises Refusal if one table of CSV would have to hold tables of several shapes."""
    if form.one_dataflow and len({each.table.dataflow.id for each in sets}) > 1:
        raise Refusal(406, f"{form.media_type} has room for one dataflow. Ask for one of them.")
    shapes = {tuple(d.id for d in each.table.dataflow.dimensions) for each in sets}
    if len(shapes) > 1 and form.kind.endswith("+csv"):
        raise Refusal(
            406,
            f"These are dataflows of {len(shapes)} different shapes, which one CSV file cannot "
            "hold. Ask for one of them, or for SDMX-JSON or SDMX-ML.",
        )


def _data_set(asking: Asking, each: Changed, query: Query) -> DataSet:
    dated = query.history or query.since is not None
    beside = asking.texts.beside(each.table)
    return DataSet(
        Rows(each.table, each.rows, beside),
        each.action,
        each.valid_from if dated else "",
        each.valid_to if dated else "",
    )


def _message(asking: Asking, manifests: Sequence[Manifest], query: Query) -> Message:
    """The message's head, with the attributes and measures that are asked for."""
    if len(manifests) == 1:
        base = message_of(manifests[0])
    else:
        catalog = asking.snapshot.catalog
        audited = all(manifest.audited for manifest in manifests)
        base = Message(f"CAUCE-{catalog.generation}", catalog.at, audited)
    measures = {m.dataflow.foreign.measure if m.dataflow.foreign else VALUE for m in manifests}
    value = bool({"all", VALUE, *measures} & set(query.measures))
    return replace(
        base,
        language=language_of(asking.request),
        attributes=_attributes(manifests, query),
        value=value and query.detail in ("full", "dataonly"),
    )


def _attributes(manifests: Sequence[Manifest], query: Query) -> tuple[Attribute, ...]:
    """The attributes that are asked for, by name or by what they are attached to.

    Of several dataflows they are those of all of them.
    """
    every = dict.fromkeys(a for m in manifests for a in attributes_of(m.dataflow))
    wanted = set(query.attributes)
    if query.detail in ("dataonly", "serieskeysonly"):
        return ()
    if wanted & {"all", "dsd"}:
        return tuple(every)
    levels = {level for name in wanted & set(LEVELS) for level in LEVELS[name]}
    return tuple(a for a in every if a.id in wanted or a.level in levels)

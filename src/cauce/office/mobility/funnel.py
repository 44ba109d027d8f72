"""The way of a mechanism, its waits and its quotas, each number with its source."""

from dataclasses import replace
from datetime import date

from starlette.responses import Response

from cauce.assess.filled import text, words
from cauce.assess.mechanisms.told import told_ways
from cauce.assess.mechanisms.ways import ways
from cauce.assess.mobility.told import INVENTED, KEPT_OPEN, told_reported, told_uses, told_waits
from cauce.assess.mobility.way import is_invented
from cauce.model.judgement import Judgement
from cauce.model.text import Language, Text
from cauce.office.desk.visit import Visit
from cauce.office.histories import NotThere
from cauce.office.judge.shown import shown_page
from cauce.office.mobility.here import operation_of
from cauce.pipeline.judge.sight import speaker
from cauce.pipeline.mobility import Operation, quota_uses, waits_of, way_of

OWN = Text(
    "this mechanism's requests, permits, cards and events",
    "solicitudes, permisos, carnés y eventos de este mecanismo",
)
OWN_INVENTED = Text(f"invented: {OWN.en}", f"inventado: {OWN.es}")


def funnel(visit: Visit) -> Response:
    """One mechanism on a day: its way over the year of that day, its waits, its quotas."""
    operation = operation_of(visit)
    key = visit.part("key")
    if key not in mechanisms_run(operation):
        raise NotThere
    page = shown_page(visit, judged(operation, key, visit.language), visit.asked("on"))
    return visit.show("mobility/way.html", replace(page, back=visit.address("mobility")))


def mechanisms_run(operation: Operation) -> dict[str, Text]:
    """The mechanisms that a request names, by name."""
    asked = {text(request, "mechanism") for request in operation.requests.values()}
    return {
        key: words(record, "title", key)
        for key, record in operation.mechanisms.items()
        if key in asked
    }


def judged(operation: Operation, key: str, language: Language) -> Judgement:
    """The way, the waits measured here beside those reported elsewhere, and the quotas.

    A count names its source in one language, the reader's.
    """
    sight = operation.sight
    said = speaker(sight, ("mechanisms", "quotas"))
    day = sight.day
    period = date(day.year - 1, 1, 1), day
    requests = [r for r in operation.requests.values() if text(r, "mechanism") == key]
    invented = is_invented(*requests)
    own = OWN_INVENTED if invented else OWN
    goal = f"→ {text(operation.mechanisms[key], 'country')}"
    counted = [
        replace(one, source=own.of(language), corridor=goal)
        for one in way_of(operation, key, period)
    ]
    way = told_ways(mechanisms_run(operation)[key], ways(counted), said)
    tables = (
        *way.tables,
        told_waits(waits_of(operation, key), own),
        told_reported(sight.records("reported_waits"), said),
        told_uses(quota_uses(operation, key), said),
    )
    warnings = (INVENTED,) if invented else ()
    return Judgement(way.title, (*way.notes, KEPT_OPEN), tables, warnings)

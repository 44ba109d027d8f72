"""Who was trained for a hazard in a country, of the public registers of courses."""

from collections.abc import Sequence

from cauce.model.crisis import Capacity
from cauce.model.record import Record
from cauce.model.shelf import PublicRecord
from cauce.model.text import Text
from cauce.pipeline.crisis.bases import Bases
from cauce.sources.crisis import Declared
from cauce.store import NotPublished

TOPIC = "CRIS"


def capacities(asked: Declared, bases: Bases) -> tuple[Capacity, ...]:
    """Training that reached the country: of the registers, or invented with the country."""
    invented = tuple(Capacity(one.name, "", "", one.people, one.said) for one in asked.trained)
    shelves = bases.snapshot.shelves
    try:
        courses = {
            one.key: one for one in shelves.records("courses") if _fits(_now(one), asked.hazard)
        }
        editions = shelves.records("course_editions")
    except NotPublished:
        return invented
    reached = (
        one
        for one in editions
        if _now(one).get("course") in courses and asked.country in _countries(_now(one))
    )
    found = [_capacity(one, courses) for one in reached]
    return (*invented, *found)


def _capacity(one: PublicRecord, courses: dict[str, PublicRecord]) -> Capacity:
    record = _now(one)
    return Capacity(one.title, "course_editions", one.key, _people(record), _said(record, courses))


def _now(record: PublicRecord) -> Record:
    periods = record.known[-1].periods
    return periods[-1].record if periods else {}


def _fits(record: Record, hazard: str) -> bool:
    topics, hazards = record.get("topics", ()), record.get("hazards", ())
    about = isinstance(topics, tuple) and TOPIC in topics
    named = hazards if isinstance(hazards, tuple) else ()
    return about and (not named or hazard in named)


def _countries(record: Record) -> tuple[str, ...]:
    own, several = record.get("country"), record.get("countries", ())
    more = several if isinstance(several, tuple) else ()
    return (str(own), *(str(one) for one in more))


def _people(record: Record) -> int:
    told = record.get("participants_reported")
    return int(told) if isinstance(told, int | float) and not isinstance(told, bool) else -1


def _said(record: Record, courses: dict[str, PublicRecord]) -> Text:
    course = courses[str(record.get("course"))].title
    several = len(_countries(record)) > 2
    where = Text("several countries together", "varios países juntos")
    return Text(
        f"{course.en}{'; ' + where.en if several else ''}",
        f"{course.es}{'; ' + where.es if several else ''}",
    )


def capacities_said(asked: Declared, found: Sequence[Capacity], bases: Bases) -> Text:
    if asked.invented and found:
        return Text("Invented with the country.", "Inventado junto con el país.")
    if asked.invented:
        return Text("No training is declared.", "No se declara ninguna formación.")
    try:
        edition = bases.snapshot.shelves.edition("course_editions").edition
    except NotPublished:
        return Text(
            "The register of courses is not public in this store.",
            "El registro de cursos no es público en este almacén.",
        )
    if not found:
        return Text(
            f"The register of courses, as of {edition}, has no training for this hazard here.",
            f"El registro de cursos, al {edition}, no tiene formación sobre esta amenaza aquí.",
        )
    return Text(
        f"As of the public register of {edition}. Who is still in post nobody has said.",
        f"Según el registro público del {edition}. Nadie ha dicho quién sigue en su puesto.",
    )

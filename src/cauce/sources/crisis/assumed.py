"""What is assumed of a crisis, as data: harm by sector, harvest calendars, whom to call."""

from pathlib import Path

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.crisis import Harm, Office, Presence, Triple
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.sources.crisis.scenario import triple
from cauce.sources.crisis.texts import text_of

NOTHING = Triple(0.0, 0.0, 0.0, Text("—", "—"))


def read_harms(path: Path, invented: bool) -> tuple[Harm, ...]:
    """The harm of each sector.

    Raises:
        BadInput: with all that is wrong; the numbers are invented and the country is not.
    """
    top, problems = _open(path)
    _refuse_invented(path, top, invented)
    found = []
    for sector, section in top.named("sector"):
        stopped, months = triple(section.table("stopped")), triple(section.table("months"))
        if stopped is not None and stopped.high > 1:
            section.note("stopped", f"sector.{sector}.stopped is a part of workers: 1 at most.")
        found.append(Harm(sector, stopped or NOTHING, months or NOTHING))
        section.finish()
    _close(path, top, problems)
    return tuple(found)


def read_calendar(path: Path, invented: bool) -> tuple[Presence, ...]:
    """The calendars: twelve numbers each, the year's mean being 1. Raises as `read_harms` does."""
    top, problems = _open(path)
    _refuse_invented(path, top, invented)
    found = []
    for section in top.tables("presence"):
        months = section.numbers("by_month", ())
        if len(months) != 12 or min(months) < 0 or abs(sum(months) / 12 - 1) > 0.01:
            section.note("by_month", "by_month are twelve numbers whose mean is 1, none negative.")
        sector, group = section.text("sector"), section.text("group", "_T")
        areas, source = section.texts("areas", ("_T",)), section.words("source")
        found += [Presence(area, sector, group, months, source) for area in areas]
        section.finish()
    _close(path, top, problems)
    keys = [(one.area, one.sector, one.group) for one in found]
    if twice := sorted({"/".join(key) for key in keys if keys.count(key) > 1}):
        raise BadInput(f"{path.name} has two calendars for {', '.join(twice)}.")
    return tuple(found)


def read_offices(path: Path) -> tuple[Office, ...]:
    """A directory of whom to call by nationality; it may be empty, and then says so."""
    top, problems = _open(path)
    found = []
    for section in top.tables("office"):
        found.append(
            Office(
                section.text("nationality"),
                section.words("name"),
                section.words("office"),
                section.text("contact", ""),
                section.words("source"),
            )
        )
        section.finish()
    _close(path, top, problems)
    return tuple(found)


def _open(path: Path) -> tuple[Section, Problems]:
    problems = Problems()
    top = open_toml(path.name, text_of(path), problems)
    if top is None:
        raise problems.error(path.name)
    return top, problems


def _close(path: Path, top: Section, problems: Problems) -> None:
    top.truth("invented", False)
    top.finish()
    problems.stop_if_any(path.name)


def _refuse_invented(path: Path, top: Section, invented: bool) -> None:
    if top.truth("invented", False) and not invented:
        raise BadInput(
            f"The numbers of {path.name} are invented, for a country that is. Give a file of your "
            "own with its sources: what is not known stays out, and is said to be missing."
        )

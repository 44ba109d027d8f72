"""A crisis as somebody declares it: what passed, over which areas, and what is assumed of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.model.crisis import Hazard, Triple
from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.sources.crisis.declared import (
    Asked,
    Declared,
    IdmcAsked,
    Rebuild,
    Reported,
    StormAsked,
    Told,
    Trained,
)
from cauce.sources.crisis.texts import text_of
from cauce.sources.hashing import hash_file

HAZARDS: Mapping[str, Hazard] = {one: one for one in get_args(Hazard)}


def read_scenario(path: Path, folders: Sequence[Path]) -> Declared:
    """A scenario; the files it names lie beside it or in one of the folders.

    Raises:
        BadInput: with everything that is wrong with it, and where.
    """
    problems = Problems()
    top = open_toml(path.name, text_of(path), problems)
    if top is None:
        raise problems.error(path.name)
    found = _Reading(top, (path.parent, *folders)).all(path)
    problems.stop_if_any(path.name)
    if found is None:
        raise BadInput(f"{path.name} declares no crisis.")
    return found


def triple(section: Section | None) -> Triple | None:
    """A range with its source; None if it is not declared."""
    if section is None:
        return None
    low, central, high = (section.number(each) for each in ("low", "central", "high"))
    if not low <= central <= high or low < 0:
        section.note("low", f"{section.name('low')}: write 0 ≤ low ≤ central ≤ high.")
    found = Triple(low, central, high, section.words("source"))
    section.finish()
    return found


class _Reading:
    """Reads a scenario section by section."""

    def __init__(self, top: Section, folders: tuple[Path, ...]) -> None:
        self.top, self.folders = top, folders

    def all(self, path: Path) -> Declared | None:
        top = self.top
        head, areas = top.table("crisis"), top.table("areas")
        if head is None or areas is None:
            return None
        outlines = self.file(areas)
        sha256, size = hash_file(path)
        found = Declared(
            id=head.text("id"),
            name=head.words("name"),
            about=head.words("about"),
            hazard=HAZARDS[head.choice("hazard", tuple(HAZARDS))],
            month=_month(head),
            country=head.text("country"),
            country_name=head.words("country_name"),
            invented=head.truth("invented", False),
            storms=tuple(self.storm(one) for one in top.tables("storm")),
            reached=tuple(self.file_alone(one) for one in top.tables("reached")),
            outlines=outlines,
            code=areas.text("code", ""),
            area_name=areas.text("name", "name"),
            same_as=_texts(areas.table("same_as", required=False)),
            step=areas.number("step", 0.05),
            people=self.file_or_none("people"),
            reported=tuple(_reported(one) for one in top.tables("reported")),
            work=_asked(top, "work"),
            origins=_asked(top, "origins"),
            nationalities=_asked(top, "nationalities"),
            population=_asked(top, "population"),
            pay=_asked(top, "pay"),
            land_sectors=head.texts("land_sectors", ()),
            undercount=triple(top.table("undercount", required=False)),
            days_a_month=head.number("days_a_month", 0.0),
            harms=self.file_or_none("harms"),
            calendar=self.file_or_none("calendar"),
            offices=self.file_or_none("offices"),
            houses=triple(top.table("houses", required=False)),
            household=triple(top.table("household", required=False)),
            rebuild=_rebuild(top),
            bounds=_bounds(head),
            idmc=self.idmc(),
            trained=tuple(_trained(one) for one in top.tables("trained")),
            horizon=head.whole("horizon", 12),
            draws=head.whole("draws", 1000),
            seed=head.whole("seed", 1),
            file=Told(path, sha256, size, Text("the scenario itself", "el propio escenario")),
        )
        _sense(found, head)
        for section in (head, areas, top):
            section.finish()
        return found

    def file(self, section: Section) -> Told:
        """A file a section names, with its hash. What is not found is a problem."""
        named, source = section.text("file"), section.words("source")
        for folder in self.folders:
            path = folder / named
            if named and path.is_file():
                sha256, size = hash_file(path)
                return Told(path, sha256, size, source)
        if named:
            section.note(
                "file",
                f"there is no file {named} beside the scenario or in a folder given with --data.",
            )
        return Told(Path(named), "", 0, source)

    def file_alone(self, section: Section) -> Told:
        found = self.file(section)
        section.finish()
        return found

    def file_or_none(self, key: str) -> Told | None:
        section = self.top.table(key, required=False)
        return None if section is None else self.file_alone(section)

    def storm(self, section: Section) -> StormAsked:
        found = StormAsked(self.file(section), section.text("name"), section.whole("year"))
        section.finish()
        return found

    def idmc(self) -> IdmcAsked | None:
        section = self.top.table("idmc", required=False)
        if section is None:
            return None
        found = IdmcAsked(self.file(section), section.whole("year"), section.texts("events"))
        section.finish()
        return found


def _month(head: Section) -> str:
    month = head.text("month")
    year, _, number = month.partition("-")
    if month and not (len(year) == 4 and year.isdigit() and number in _MONTHS):
        head.note("month", f"{month[:20]!r} is no month. Write it as 2020-11.")
        return "2020-01"
    return month


_MONTHS = frozenset(f"{n:02d}" for n in range(1, 13))


def _texts(section: Section | None) -> dict[str, str]:
    return {} if section is None else {key: section.text(key) for key in section.data}


def _asked(top: Section, key: str) -> Asked | None:
    section = top.table(key, required=False)
    if section is None:
        return None
    found = Asked(
        flow=section.text("flow"),
        indicator=section.text("indicator"),
        area=section.text("area", ""),
        sector=section.text("sector", ""),
        group=section.text("group", ""),
        home=section.text("home", ""),
        skip=section.text("skip", ""),
        fixed=tuple(_texts(section.table("fixed", required=False)).items()),
    )
    section.finish()
    return found


def _reported(section: Section) -> Reported:
    found = Reported(
        section.text("area"),
        section.number("affected"),
        section.number("population"),
        section.words("source"),
    )
    section.finish()
    return found


def _rebuild(top: Section) -> Rebuild | None:
    section = top.table("rebuilding", required=False)
    if section is None:
        return None
    parts = [triple(section.table(key)) for key in ("damage", "rebuilt", "workers")]
    phase = section.numbers("phase", ())
    sector = tuple(_texts(section.table("sector")).items())
    section.finish()
    damage, rebuilt, workers = (one or Triple(0, 0, 0, Text("—", "—")) for one in parts)
    return Rebuild(damage, rebuilt, workers, phase, sector)


def _bounds(head: Section) -> tuple[float, float, float]:
    found = head.numbers("pressure_bounds", (0.0, 0.0, 0.0))
    if len(found) != 3 or list(found) != sorted(found):
        head.note("pressure_bounds", "pressure_bounds are three numbers that rise.")
        return (0.0, 0.0, 0.0)
    return found[0], found[1], found[2]


def _trained(section: Section) -> Trained:
    found = Trained(section.words("name"), section.whole("people", -1), section.words("said"))
    section.finish()
    return found


def _sense(found: Declared, head: Section) -> None:
    """What no single key shows."""
    if not found.storms and not found.reached:
        head.note("hazard", "nothing passed: give one [[storm]] or one [[reached]].")
    if found.trained and not found.invented:
        head.note("invented", "[[trained]] is for invented countries alone.")
    if not 0.005 <= found.step <= 1:
        head.note("id", "areas.step must be between 0.005 and 1 degree.")
    if not (1 <= found.horizon <= 60 and 100 <= found.draws <= 5000):
        head.note("horizon", "horizon is 1 to 60 months, draws 100 to 5,000.")

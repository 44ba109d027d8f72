"""Projects as a pack declares them: money, labour and phases, each with who says so."""

from cauce.declare.section import Section
from cauce.model.project import Phase, Project, Range

NONE = Range(0.0, 0.0, 0.0)


def projects_of(section: Section) -> tuple[Project, ...]:
    """The `[[project]]`s of a scenario; what is wrong is noted with its line.

    Whether money, work and mix are ones is checked where they are drawn (`outlook.projects`).
    """
    found: dict[str, Project] = {}
    for each in section.tables("project"):
        one = _project(each)
        if one.id in found:
            each.note("id", f"the project {one.id} is declared twice in one scenario.")
        found[one.id] = one
    return tuple(found.values())


def _project(section: Section) -> Project:
    name = section.text("id")
    if name and not name.isidentifier():
        section.note("id", f"{name!r} must be of letters, digits and _, and begin with a letter.")
    found = Project(
        id=name,
        name=section.words("name"),
        starts=section.number("starts"),
        delay=_range(section, "delay") if section.has("delay") else NONE,
        millions=_range(section, "millions"),
        currency=section.text("currency"),
        labour=_range(section, "labour"),
        phases=tuple(_phase(one) for one in section.tables("phase")),
        source=section.words("source"),
        industry=section.text("industry"),
    )
    if not found.phases:
        section.note("phase", f"the project {name} has no [[scenario.project.phase]].")
    section.finish()
    return found


def _range(section: Section, key: str) -> Range:
    inner = section.table(key)
    if inner is None:
        return NONE
    found = Range(inner.number("low"), inner.number("likely"), inner.number("high"))
    inner.finish()
    return found


def _phase(section: Section) -> Phase:
    mix = section.table("mix")
    found = Phase(
        begins=section.number("begins"),
        lasts=section.number("lasts"),
        work=section.number("work"),
        mix={} if mix is None else {code: mix.number(code) for code in mix.data},
    )
    section.finish()
    return found

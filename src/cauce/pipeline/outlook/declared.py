"""An outlook pack as TOML, read with the line of every fault."""

import hashlib

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean, listed
from cauce.model.scenario import BASELINE
from cauce.outlook.scenarios import parse_lever
from cauce.pipeline.outlook.assuming import assumption_of, ranges_of
from cauce.pipeline.outlook.calendars import projects_of
from cauce.pipeline.outlook.expectations import Expectations, expectations_of
from cauce.pipeline.outlook.outputs import output_of
from cauce.pipeline.outlook.pack import (
    Correspondence,
    Origin,
    OutlookPack,
    Told,
    Wanted,
    Way,
)

NAMES = (
    "occupation",
    "groups",
    "industry",
    "matrix",
    "ages",
    "people",
    "skills",
    "origin",
    "idle",
    "participation",
    "unemployment",
    "education",
    "left",
    "left_by",
    "back",
    "moved",
    "young",
    "young_by",
    "returned",
    "permits",
    "employers",
    "staff",
)
"""What can be read: employment by occupation (and by major group), by industry, by both, by age
and sex; population by age; participation by age and sex, unemployment, adults by age and education;
who left work, who came back, who changed occupation; young workers by education and occupation, and
by education alone; migrants below their qualification, those who returned, unemployed people by
last occupation; permits granted; staff that employers expect, and staff that they had."""
LARGEST_HORIZON, MOST_DRAWS = 15, 5_000


def parse_outlook(folder: str, text: str) -> OutlookPack:
    """The pack in a text.

    Raises:
        BadInput: everything that is wrong, each with file and line.
    """
    problems, file = Problems(), f"{folder}/outlook.toml"
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error(f"The outlook {folder}")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    found = _pack(top, folder, sha256)
    top.finish()
    problems.stop_if_any(f"The outlook {folder}")
    return found


def _pack(top: Section, folder: str, sha256: str) -> OutlookPack:
    return OutlookPack(
        folder=folder,
        sha256=sha256,
        area=top.text("area"),
        name=top.words("name"),
        about=top.words("about"),
        licence=top.said("licence"),
        invented=top.truth("invented", False),
        horizon=_whole(top, "horizon", 1, LARGEST_HORIZON),
        draws=_whole(top, "draws", 100, MOST_DRAWS),
        seed=_whole(top, "seed", 0, 2**31),
        fewest=_whole(top, "fewest", 1, 1_000_000),
        margin=_part(top, "margin"),
        sure=_part(top, "sure"),
        wanted=_all_wanted(top),
        assumptions={name: assumption_of(name, one) for name, one in top.named("assumption")},
        origins=tuple(_origin(one) for one in top.tables("origin")),
        channels=_channels(top),
        scenarios=_scenarios(top),
        signs_file=top.text("signs") if top.has("signs") else "",
        employers=_employers(top),
        output=output_of(top),
        population_file=_population(top),
        sized=top.choice("total", ("past", "people"), "past") == "people",
        ranges=ranges_of(top),
        correspondences=tuple(_correspondence(one) for one in top.tables("correspondence")),
    )


def _whole(section: Section, key: str, least: int, most: int) -> int:
    value = section.whole(key)
    if section.has(key) and not least <= value <= most:
        section.note(key, f"{section.name(key)} = {value} must lie between {least} and {most}.")
    return value


def _part(section: Section, key: str) -> float:
    value = section.number(key)
    if section.has(key) and not 0 < value < 1:
        section.note(key, f"{section.name(key)} = {value:g} must lie between 0 and 1, as 0.05.")
    return value


def _all_wanted(top: Section) -> dict[str, Wanted]:
    found = {}
    for name, one in top.named("from"):
        if name not in NAMES:
            top.note("from", f"[from.{name}]: nothing reads that.{did_you_mean(name, NAMES)} "
                     f"Known here: {listed(NAMES)}.")  # fmt: skip
        found[name] = _wanted(name, one)
    if "occupation" not in found:
        top.note("from", "[from.occupation] is missing: an outlook starts from occupations.")
    return found


def _employers(top: Section) -> Expectations | None:
    """How the expectations of [from.employers] are to be read: neither stands without the other."""
    found, read = expectations_of(top), top.data.get("from", {})
    named = isinstance(read, dict) and "employers" in read
    if named != (found is not None):
        top.note("employers", "[from.employers] and [employers] go together: which numbers, and "
                 "for when, of whom, with what bias.")  # fmt: skip
    return found


def _wanted(name: str, section: Section) -> Wanted:
    at = section.table("at", required=False)
    found = Wanted(
        name=name,
        flow=section.text("flow"),
        indicator=section.text("indicator"),
        over=section.texts("over", ()),
        at={key: at.text(key) for key in at.data} if at else {},
        place=section.place(),
        standards=_standards(section),
        before=tuple(_wanted(name, one) for one in section.tables("before")),
    )
    section.finish()
    return found


def _population(top: Section) -> str:
    """The file of a national population; none where the UN's is to be taken."""
    section = top.table("population", required=False)
    if section is None:
        return ""
    found = section.text("file")
    section.finish()
    return found


def _standards(section: Section) -> dict[int, str]:
    """By which classification waves were coded, by year."""
    inner = section.table("standards", required=False)
    found = {}
    for key in list(inner.data) if inner else ():
        if inner and not key.isdecimal():
            inner.note(key, f"{inner.name(key)}: {key!r} is no year.")
        elif inner:
            found[int(key)] = inner.text(key)
    return found


def _correspondence(section: Section) -> Correspondence:
    found = Correspondence(
        section.text("from"), section.text("to"), section.text("file"), section.words("source")
    )
    if found.old == found.new:
        section.note("to", f"A correspondence from {found.old} to itself carries nothing over.")
    section.finish()
    return found


def _origin(section: Section) -> Origin:
    found = Origin(
        section.text("id"),
        section.words("name"),
        _by_code(section, "spare"),
        _by_code(section, "short"),
        section.words("source"),
    )
    if any(not 0 <= value <= 1 for value in found.short.values()):
        section.note("short", f"{section.name('short')} holds probabilities, from 0 to 1.")
    if any(value < 0 for value in found.spare.values()):
        section.note("spare", f"{section.name('spare')}: nobody can spare fewer than nobody.")
    section.finish()
    return found


def _by_code(section: Section, key: str) -> dict[str, float]:
    inner = section.table(key, required=False)
    return {code: inner.number(code) for code in inner.data} if inner else {}


def _channels(top: Section) -> tuple[Way, ...]:
    known = [str(one.get("id", "")) for one in _raw(top, "origin")]
    found: dict[str, Way] = {}
    for section in top.tables("channel"):
        one = channel_of(section)
        if one.origin not in known:
            section.note("origin", f"channel {one.id}: {one.origin} is no [[origin]] of this "
                         f"outlook.{did_you_mean(one.origin, known)}")  # fmt: skip
        if one.id in found:
            section.note("id", f"channel {one.id} is declared twice.")
        found[one.id] = one
    return tuple(found.values())


def _raw(top: Section, key: str) -> list[dict[str, object]]:
    held = top.data.get(key, [])
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def channel_of(section: Section, destination: bool = False) -> Way:
    """A channel; a region says where it leads, too. Faults are noted in the section."""
    quota = section.number("quota") if section.has("quota") else None
    uptake = section.number("uptake") if section.has("uptake") else None
    for key, value in (("quota", quota), ("uptake", uptake)):
        if value is not None and value < 0:
            section.note(key, f"{section.name(key)} = {value:g} lets fewer than nobody through.")
    found = Way(
        section.text("id"),
        section.words("name"),
        section.text("origin"),
        section.texts("occupations", ()),
        quota,
        uptake,
        section.whole("lead", 0),
        section.words("source"),
        section.text("destination") if destination else "",
    )
    section.finish()
    return found


def _scenarios(top: Section) -> tuple[Told, ...]:
    found: dict[str, Told] = {}
    for section in top.tables("scenario"):
        one = _scenario(section)
        if one.id in found:
            section.note("id", f"scenario {one.id} is declared twice.")
        if one.id != BASELINE and not one.changes:
            section.note("", f"{one.id} has no [[scenario.lever]] and no [[scenario.project]]: a "
                         f"scenario that changes nothing is {BASELINE}.")  # fmt: skip
        found[one.id] = one
    if BASELINE not in found:
        top.note("scenario", f'the scenario "{BASELINE}" is missing: all others are set beside it.')
    elif found[BASELINE].changes:
        top.note("scenario", f'the scenario "{BASELINE}" must have no lever and no project: it is '
                 "what others change.")  # fmt: skip
    return tuple(found.values())


def _scenario(section: Section) -> Told:
    name = section.text("id")
    if name and not name.isidentifier():
        section.note("id", f"{name!r} must be of letters, digits and _, and begin with a letter.")
    levers = tuple(parse_lever(each) for each in section.tables("lever"))
    found = Told(name, section.words("name"), section.words("about"), levers, projects_of(section))
    section.finish()
    return found

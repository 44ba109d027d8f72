"""Links of occupations and skills from files of ESCO or O*NET that the user has; none is shipped.

ESCO: occupationSkillRelations (occupationUri, relationType, skillUri) and occupations (conceptUri,
iscoGroup). O*NET: Skills.txt, tab-separated (O*NET-SOC Code, Element ID, Element Name, Scale ID,
Data Value), and a crosswalk of SOC and ISCO (soc, isco), which O*NET does not have.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from cauce.model.errors import BadInput
from cauce.model.skill_links import SkillLinks
from cauce.sources.firm_files import read_rows

RELATIONS = ("occupationUri", "relationType", "skillUri")
OCCUPATIONS = ("conceptUri", "iscoGroup")
SKILLS = ("conceptUri", "preferredLabel")
ONET = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
LONGEST_HEAD = 1 << 16
IMPORTANCE, LEAST, MOST = "IM", 1.0, 5.0
OPTIONAL = 0.5
"""An optional skill counts half of an essential one unless somebody says otherwise."""


def read_links(
    links: Path, beside: Path | None, digits: int, names: Path | None = None
) -> SkillLinks:
    """Links by ISCO groups of so many digits, from whichever of the two shapes the file has.

    Args:
        beside: ESCO's occupations, or for O*NET a crosswalk of SOC and ISCO.
        names: ESCO's skills (conceptUri, preferredLabel), where the links do not name them.

    Raises:
        BadInput: the file has neither shape, or the one beside it is not given.
    """
    head = _head(links)
    if "occupationUri" not in head and ONET[0] not in head:
        raise BadInput(
            f"{links.name} is neither ESCO's occupationSkillRelations nor O*NET's Skills.txt: it "
            f"has no column occupationUri and none {ONET[0]}."
        )
    esco = "occupationUri" in head
    if beside is None:
        what = (
            "ESCO's occupations (conceptUri, iscoGroup)" if esco else "a crosswalk of soc and isco"
        )
        raise BadInput(f"{links.name} names no ISCO codes. Give {what} with --with.")
    if names is not None and not esco:
        raise BadInput(f"{links.name} names its skills itself: leave --names out.")
    if not esco:
        return onet_links(links, beside, digits)
    return esco_links(links, beside, digits, names=names)


def _head(links: Path) -> str:
    if not links.is_file():
        raise BadInput(f"There is no file {links}.")
    with links.open("rb") as lines:
        return lines.readline(LONGEST_HEAD).decode("utf-8-sig", errors="replace")


def esco_links(
    relations: Path,
    occupations: Path,
    digits: int = 3,
    optional: float = OPTIONAL,
    names: Path | None = None,
) -> SkillLinks:
    """Links by ISCO group: the mean over the ESCO occupations of the group.

    Args:
        digits: of the group, 1 to 4.
        optional: the weight of an optional skill beside 1 of an essential one.
        names: of the skills (conceptUri, preferredLabel), where the relations do not have them.

    Raises:
        BadInput: a file is not of that shape; a relation is neither essential nor optional; an
            occupation of the relations is not among the occupations.
    """
    if not 1 <= digits <= 4 or not 0 < optional <= 1:
        raise BadInput("ISCO groups have 1 to 4 digits; the weight of an optional skill is 0 to 1.")
    _, known = read_rows(occupations, OCCUPATIONS)
    columns, rows = read_rows(relations, RELATIONS)
    group = {row["conceptUri"]: row["iscoGroup"].lstrip("C")[:digits] for row in known}
    weights = {"essential": 1.0, "optional": optional}
    if strange := sum(row["relationType"] not in weights for row in rows):
        raise BadInput(
            f"{relations.name}: {strange:,} relations are neither essential nor optional."
        )
    if lost := {row["occupationUri"] for row in rows} - set(group):
        raise BadInput(
            f"{relations.name}: {len(lost):,} occupations are not in {occupations.name}. Are both "
            "of the same version of ESCO?"
        )
    members: dict[str, set[str]] = defaultdict(set)
    asked: dict[tuple[str, str, str], float] = {}
    labels = _labels(names)
    named: dict[str, str] = {}
    for row in rows:
        which = row["occupationUri"], row["skillUri"]
        own = group[row["occupationUri"]]
        members[own].add(row["occupationUri"])
        weight = max(weights[row["relationType"]], asked.get((own, *which), 0.0))
        asked[own, *which] = weight
        own_name = row["skillLabel"] if "skillLabel" in columns else ""
        named[row["skillUri"]] = labels.get(row["skillUri"], own_name)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (own, _, skill), weight in asked.items():
        sums[own, skill] += weight / len(members[own])
    return _links(sums, named, relations.name)


def _labels(names: Path | None) -> dict[str, str]:
    if names is None:
        return {}
    _, rows = read_rows(names, SKILLS)
    return {row["conceptUri"]: row["preferredLabel"] for row in rows}


def onet_links(skills: Path, crosswalk: Path, digits: int = 4) -> SkillLinks:
    """Links by the ISCO codes of a crosswalk: importance from 1 to 5, as 0 to 1.

    Args:
        digits: of the ISCO codes, at most so many; the mean over the SOC occupations of each.

    Raises:
        BadInput: a file is not of that shape; importance is no number from 1 to 5; no occupation
            is in the crosswalk.
    """
    _, pairs = read_rows(crosswalk, ("soc", "isco"))
    isco: dict[str, set[str]] = defaultdict(set)
    for row in pairs:
        isco[row["soc"]].add(row["isco"][:digits])
    sums: dict[tuple[str, str], float] = defaultdict(float)
    members: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in _onet(skills):
        weight = _importance(row["Data Value"], skills.name)
        names[row["Element ID"]] = row["Element Name"]
        soc = row["O*NET-SOC Code"]
        for code in isco.get(soc, isco.get(soc.partition(".")[0], set())):
            members[code].add(soc)
            sums[code, row["Element ID"]] += weight
    if not sums:
        raise BadInput(f"No occupation of {skills.name} is in {crosswalk.name}.")
    mean = {pair: weight / len(members[pair[0]]) for pair, weight in sums.items()}
    return _links(mean, names, skills.name)


def _onet(skills: Path) -> list[dict[str, str]]:
    """Rows of importance that O*NET does not itself advise against."""
    if not skills.is_file():
        raise BadInput(f"There is no file {skills}.")
    with skills.open(newline="", encoding="utf-8-sig") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if lacking := [name for name in ONET if name not in (rows.fieldnames or ())]:
            raise BadInput(f"{skills.name} has no column {', '.join(lacking)}: is it Skills.txt?")
        return [
            row
            for row in rows
            if row["Scale ID"] == IMPORTANCE and row.get("Recommend Suppress") != "Y"
        ]


def _importance(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not LEAST <= value <= MOST:
        raise BadInput(f"{where}: an importance is no number from 1 to 5.")
    return (value - LEAST) / (MOST - LEAST)


def _links(
    weights: Mapping[tuple[str, str], float], names: Mapping[str, str], source: str
) -> SkillLinks:
    kept = {pair: weight for pair, weight in sorted(weights.items()) if weight > 0}
    occupations = tuple(sorted({own for own, _ in kept}))
    skills = tuple(sorted({skill for _, skill in kept}))
    row = {code: at for at, code in enumerate(occupations)}
    column = {code: at for at, code in enumerate(skills)}
    return SkillLinks(
        occupations,
        skills,
        tuple(names[skill] for skill in skills),
        np.array([row[own] for own, _ in kept], dtype=np.int64),
        np.array([column[skill] for _, skill in kept], dtype=np.int64),
        np.array(list(kept.values())),
        source,
    )

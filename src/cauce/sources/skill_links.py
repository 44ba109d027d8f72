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
ONET = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
IMPORTANCE, LEAST, MOST = "IM", 1.0, 5.0
OPTIONAL = 0.5
"""An optional skill counts half of an essential one unless somebody says otherwise."""


def esco_links(
    relations: Path, occupations: Path, digits: int = 3, optional: float = OPTIONAL
) -> SkillLinks:
    """Links by ISCO group: the mean over the ESCO occupations of the group.

    Args:
        digits: of the group, 1 to 4.
        optional: the weight of an optional skill beside 1 of an essential one.

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
    names: dict[str, str] = {}
    for row in rows:
        which = row["occupationUri"], row["skillUri"]
        own = group[row["occupationUri"]]
        members[own].add(row["occupationUri"])
        weight = max(weights[row["relationType"]], asked.get((own, *which), 0.0))
        asked[own, *which] = weight
        names[row["skillUri"]] = row["skillLabel"] if "skillLabel" in columns else ""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (own, _, skill), weight in asked.items():
        sums[own, skill] += weight / len(members[own])
    return _links(sums, names, relations.name)


def onet_links(skills: Path, crosswalk: Path) -> SkillLinks:
    """Links by the ISCO codes of a crosswalk: importance from 1 to 5, as 0 to 1.

    Raises:
        BadInput: a file is not of that shape; importance is no number from 1 to 5; no occupation
            is in the crosswalk.
    """
    _, pairs = read_rows(crosswalk, ("soc", "isco"))
    isco: dict[str, list[str]] = defaultdict(list)
    for row in pairs:
        isco[row["soc"]].append(row["isco"])
    sums: dict[tuple[str, str], float] = defaultdict(float)
    members: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in _onet(skills):
        weight = _importance(row["Data Value"], skills.name)
        names[row["Element ID"]] = row["Element Name"]
        soc = row["O*NET-SOC Code"]
        for code in isco.get(soc, isco.get(soc.partition(".")[0], [])):
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

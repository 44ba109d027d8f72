"""A pack, read from its text and checked for shape; everything wrong is said at once."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.safeguards import check_table_rules, read_table_rules
from cauce.declare.section import Section, open_toml
from cauce.harmonise.calibration import calibration, check_calibration, nonresponse
from cauce.harmonise.catalogue import ALL, catalogue_tables
from cauce.harmonise.consistency import check_rules, consistency
from cauce.harmonise.design_columns import design_columns, one_of
from cauce.harmonise.dictionary import check_dictionary, read_declarations
from cauce.harmonise.needs import check_needs
from cauce.harmonise.recodes import derivation, number, recode
from cauce.harmonise.replicates import check_replicates
from cauce.harmonise.rules import acceptance, check_margins, margin, read_rules
from cauce.model.errors import BadInput
from cauce.model.pack import (
    Annual,
    CsvFormat,
    Dictionary,
    Format,
    HeadlineSpec,
    MinRespondents,
    Pack,
    Rules,
    SurveyInfo,
    TableSpec,
    Wave,
)
from cauce.model.text import Text

PROFILES = ("ilo", "ine_cl", "eclac_2020", "eclac_2023", "eurostat_lfs", "employers")
PERIOD = re.compile(r"\d{4}(-(S[12]|T[123]|Q[1-4]|(0[1-9]|1[0-2])))?")
ID = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
AREA = re.compile(r"[A-Z]{3}")
NO_DESIGN = (
    "[design] is missing: without it nothing has an error. Name the columns of stratum, psu and "
    'weight, or say why there is none, as in psu = { none = "…" }.'
)


def check_names(area: str, survey: str, period: str) -> None:
    """Raises BadInput if no pack may have these names."""
    faults = [
        f"{name} {given!r} must be {wanted}."
        for name, given, form, wanted in (
            ("area", area, AREA, "three capitals, an ISO 3166-1 alpha-3 code such as CRI"),
            ("survey", survey, ID, "capitals, digits and _, such as LFS"),
            ("period", period, PERIOD, "2020, 2020-Q3 or 2020-07"),
        )
        if not form.fullmatch(given)
    ]
    if faults:
        raise BadInput("\n".join(faults))


def parse_pack(files: Mapping[str, str], dictionary: Dictionary, shared: str = "") -> Pack:
    """The pack in the files of its folder, by name relative to it.

    Args:
        shared: the hash of the region's files, part of the pack's own hash.

    Raises:
        BadInput: all that is wrong, each with file and line.
    """
    problems = Problems()
    if "pack.toml" not in files:
        raise BadInput("The folder holds no pack.toml. `cauce pack new` writes one.")
    top = open_toml("pack.toml", files["pack.toml"], problems)
    if top is None:
        raise problems.error("The pack")
    known = Dictionary(
        dict(dictionary.variables),
        dict(dictionary.codelists),
        dict(dictionary.indicators),
        dict(dictionary.places),
        dictionary.themes,
        dictionary.breakdowns,
        dictionary.identities,
        dictionary.nestings,
        dict(dictionary.rules),
        dict(dictionary.pairs),
    )
    read_declarations(top, known)
    read_rules(top, known.rules)
    survey, rules = top.table("survey"), top.table("rules")
    design = top.table("design", required=False)
    if design is None:
        top.note("design", NO_DESIGN)
    if survey is None or rules is None or design is None:
        raise problems.error("The pack")
    drawn = design_columns(design)
    pack = Pack(
        survey=_survey(survey),
        waves=_waves(top),
        design=drawn,
        recodes=tuple(recode(n, s, known, files) for n, s in top.named("recode")),
        numbers=tuple(number(name, section) for name, section in top.named("number")),
        derivations=tuple(derivation(name, section) for name, section in top.named("derive")),
        tables=tuple(_table(section) for section in top.tables("table")),
        headlines=tuple(_headline(section) for section in top.tables("headline")),
        rules=replace(_rules(rules), unit=drawn.unit),
        dictionary=known,
        sha256=_hash(files, shared),
        consistent=tuple(consistency(section) for section in top.tables("consistent")),
        margins=tuple(margin(section) for section in top.tables("margin")),
        accepted=tuple(acceptance(section) for section in top.tables("accept")),
        questions=_questions(top.table("questions", required=False)),
        calibration=calibration(top.table("calibration", required=False), files),
        nonresponse=nonresponse(top.table("nonresponse", required=False)),
    )
    asked = _catalogue(top)
    top.finish()
    check_dictionary(known, problems)
    if asked and not problems.any():
        pack = replace(pack, catalogue=asked)
        tables = catalogue_tables(pack, top.place("catalogue"), problems)
        pack = replace(pack, tables=(*pack.tables, *tables))
    check_rules(pack, problems)
    check_needs(pack, problems)
    check_margins(pack, problems)
    check_calibration(pack, problems)
    check_replicates(pack, problems)
    check_table_rules(pack.rules.tables, [table.id for table in pack.tables], problems)
    problems.stop_if_any("The pack")
    return pack


def _catalogue(top: Section) -> tuple[str, ...]:
    """What the pack asks of the catalogue: "all", or a list of codes and themes."""
    if isinstance(top.data.get("catalogue"), str):
        return (top.choice("catalogue", (ALL,)),)
    return top.texts("catalogue", ())


def _hash(files: Mapping[str, str], shared: str) -> str:
    digest = hashlib.sha256(shared.encode())
    for name, text in sorted(files.items()):
        digest.update(f"\0{name}\0{text}".encode())
    return digest.hexdigest()


def _survey(section: Section) -> SurveyInfo:
    found = SurveyInfo(
        id=section.text("id"),
        area=section.text("area"),
        name=section.words("name"),
        vintage=section.text("vintage"),
        population=section.words("population"),
        licence=section.said("licence"),
        source=section.text("source"),
        freq=section.choice("freq", ("A", "S", "Q", "M"), "A"),
        concepts=_concepts(section),
        invented=section.truth("invented", False),
        confidential=section.truth("confidential", False),
        reason=section.text("reason", ""),
        area_name=section.words("area_name") if section.has("area_name") else None,
        annual=one_of(section, "annual", get_args(Annual)),
    )
    if found.id and not ID.fullmatch(found.id):
        section.note("id", f"survey.id = {found.id} must be capitals, digits and _, such as LFS.")
    if found.area and not AREA.fullmatch(found.area):
        section.note("area", f"survey.area = {found.area} must be an ISO 3166-1 alpha-3 code.")
    if found.vintage and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}", found.vintage):
        section.note("vintage", f"survey.vintage = {found.vintage} must be letters, digits, . _ -.")
    section.finish()
    return found


def _concepts(section: Section) -> dict[str, str]:
    inner = section.table("concepts", required=False)
    if inner is None:
        return {}
    found = {key: inner.text(key) for key in inner.rest()}
    inner.finish()
    return found


def _questions(section: Section | None) -> dict[str, Text]:
    """What the questionnaire asked, by column, in both languages."""
    if section is None:
        return {}
    found = {column: section.words(column) for column in section.rest()}
    section.finish()
    return found


def _waves(top: Section) -> tuple[Wave, ...]:
    sections = top.tables("wave")
    if not sections:
        top.note("wave", "there is no [[wave]]: say which file holds which period.")
    waves = tuple(_wave(section) for section in sections)
    for period in sorted({w.period for w in waves if sum(o.period == w.period for o in waves) > 1}):
        top.note("wave", f"two waves have the period {period}.")
    return waves


def _wave(section: Section) -> Wave:
    formats: tuple[Format, ...] = get_args(Format)
    kind = section.choice("format", formats)
    parts = _parts(section)
    found = Wave(
        period=section.text("period"),
        file=parts[0] if parts else "",
        member=section.text("member", ""),
        format=next(f for f in formats if f == kind),
        csv=_csv(section.table("csv", required=False)),
        weighted=section.number("weighted", 0.0),
        parts=parts if len(parts) > 1 or any("*" in part for part in parts) else (),
    )
    if found.period and not PERIOD.fullmatch(found.period):
        section.note("period", f"wave.period = {found.period} must be 2020, 2020-Q3 or 2020-07.")
    section.finish()
    return found


def _parts(section: Section) -> tuple[str, ...]:
    """The file of a wave, or the files it comes in: a list, or a pattern."""
    if isinstance(section.data.get("file"), list):
        return section.texts("file")
    file = section.text("file")
    return (file,) if file else ()


def _csv(section: Section | None) -> CsvFormat:
    if section is None:
        return CsvFormat()
    found = CsvFormat(
        section.text("delimiter", ","),
        section.choice("decimal", (".", ","), "."),
        section.text("encoding", "utf-8"),
    )
    section.finish()
    return found


def _table(section: Section) -> TableSpec:
    found = TableSpec(
        id=section.text("id"),
        name=section.words("name"),
        indicators=section.texts("indicators"),
        dimensions=section.texts("dimensions", ()),
        reliability=section.choice("reliability", PROFILES, ""),
        place=section.place(),
    )
    if found.id and not ID.fullmatch(found.id):
        section.note("id", f"table.id = {found.id} must be capitals, digits and _.")
    section.finish()
    return found


def _headline(section: Section) -> HeadlineSpec:
    codes = section.table("codes", required=False)
    found = HeadlineSpec(
        name=section.said("name"),
        indicator=section.text("indicator"),
        codes={} if codes is None else {key: codes.text(key) for key in codes.rest()},
        period=section.text("period"),
        value=section.number("value"),
        tolerance=section.number("tolerance"),
        source=section.text("source"),
        place=section.place(),
        because=section.said("because", ""),
    )
    section.finish()
    return found


def _rules(section: Section) -> Rules:
    minimum = tuple(_minimum(inner) for inner in section.tables("min_respondents"))
    if not minimum:
        section.note("", "rules need a [[rules.min_respondents]] with from, value and ground.")
    dominance = section.table("dominance")
    limits: tuple[float, float] | None = None
    if section.has("limits"):
        limits = _limits(section)
    found = Rules(
        reliability=section.choice("reliability", PROFILES),
        min_respondents=minimum,
        dominance_n=dominance.whole("n") if dominance else 0,
        dominance_k=dominance.number("k") if dominance else 0.0,
        dominance_ground=dominance.said("ground") if dominance else "",
        limits=limits,
        tables=read_table_rules(section),
    )
    if dominance:
        dominance.finish()
    section.finish()
    return found


def _limits(section: Section) -> tuple[float, float] | None:
    """The limits a and b of the profile eurostat_lfs, in people."""
    values = section.data["limits"]
    if (
        isinstance(values, list)
        and len(values) == 2
        and all(isinstance(value, int | float) for value in values)
    ):
        return float(values[0]), float(values[1])
    section.note("limits", "rules.limits must be two numbers of people, such as [5000, 10000].")
    return None


def _minimum(section: Section) -> MinRespondents:
    found = MinRespondents(section.day("from"), section.whole("value"), section.said("ground"))
    section.finish()
    return found

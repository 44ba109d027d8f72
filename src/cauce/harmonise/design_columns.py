"""The columns that say how a sample was drawn, as a pack's [design] names them."""

from collections.abc import Callable
from typing import TypeVar, get_args

from cauce.declare.section import Section
from cauce.harmonise.replicates import read_replicates
from cauce.harmonise.stages import read_certainty, read_stages
from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.pack import DesignColumns
from cauce.model.pair import WavePsus
from cauce.model.replication import Replicates

T = TypeVar("T")


def design_columns(section: Section) -> DesignColumns:
    """The design's columns; what is wrong is noted in the section."""
    absent: dict[str, str] = {}

    def column(key: str) -> str:
        value = section.data.get(key)
        if not isinstance(value, dict):
            return section.text(key)
        section.has(key)
        inner = Section(value, (*section.path, key), section.origin)
        absent[key] = inner.said("none")
        inner.finish()
        return ""

    names = {key: column(key) for key in ("stratum", "psu", "weight", "fpc")}
    replicates = _replicates(section, column)
    scopes: tuple[PsuScope, ...] = get_args(PsuScope)
    policies: tuple[SinglePsu, ...] = get_args(SinglePsu)
    scope = section.choice("psu_scope", scopes)
    policy = section.choice("single_psu", policies, "refuse")
    if "weight" in absent:
        section.note("weight", "design.weight must name a column: without weights nothing counts.")
    person = section.texts("person", ())
    wave_psus = one_of(section, "wave_psus", get_args(WavePsus))
    units: tuple[Unit, ...] = get_args(Unit)
    answers = section.choice("unit", units, "row")
    if answers == "psu" and not names["psu"]:
        section.note("unit", "design.unit says that PSUs answer: design.psu must name a column.")
    stages, certainty = read_stages(section), read_certainty(section)
    section.finish()
    return DesignColumns(
        **names,
        replicates=replicates,
        psu_scope=next(s for s in scopes if s == scope),
        single_psu=next(p for p in policies if p == policy),
        absent=absent,
        place=section.place(),
        person=person,
        wave_psus=wave_psus,
        unit=next(u for u in units if u == answers),
        stages=stages,
        certainty=certainty,
    )


def _replicates(section: Section, column: Callable[[str], str]) -> Replicates | None:
    """The replicate weights, None where the pack says why there are none."""
    inner = section.table("replicates", required=False)
    if inner is None:
        return None
    if "none" in inner.data:
        column("replicates")
        return None
    return read_replicates(inner)


def one_of(section: Section, key: str, allowed: tuple[T, ...]) -> T:
    """One of some words, the first of which – nothing – stands where none is written."""
    said = section.choice(key, tuple(str(word) for word in allowed if word), "")
    return next(word for word in allowed if word == said)

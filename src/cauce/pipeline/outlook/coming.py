"""Who comes to each occupation: graduates, the idle, returnees, migrants who could do more."""

import numpy as np

from cauce.model.arrays import Floats
from cauce.model.projected import NotProducible
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.outlook.gaps import post
from cauce.outlook.people import (
    LEFT_OVER,
    NOBODY_STUDIES,
    Component,
    Supply,
    below_qualification,
    component,
    held,
    idle,
    sampled,
    supply,
)
from cauce.pipeline.outlook.demand import Level
from cauce.pipeline.outlook.exits import Assumed
from cauce.pipeline.outlook.histories import Read
from cauce.pipeline.outlook.spread import (
    SPREAD_BY,
    SPREAD_SAID,
    graduates_of,
    returns_of,
)

LEVELS = {"L1": 1.0, "L2": 2.0, "L3": 3.0, "L3T4": 4.0, "L4": 4.0}
"""The ISCO level an occupation needs; where a group holds several, the highest."""
TRAINED = {"LTB": 1.0, "BAS": 2.0, "INT": 2.0, "ADV": 4.0}
"""The ISCO level that each level of education gives access to.

Source: ILO (2012), International Standard Classification of Occupations, volume 1, table 2.
"""
HELD = {"L1": 1.0, "L2": 2.0, "L3T4": 4.0}
KINDS = {
    "graduates": Text("supply: graduates", "oferta: graduados"),
    "idle": Text("supply: the idle", "oferta: personas desocupadas"),
    "returnees": Text("supply: people who return", "oferta: personas que retornan"),
    "migrants_below": Text(
        "supply: resident migrants below their qualification",
        "oferta: migrantes residentes por debajo de su calificación",
    ),
    "net_transfers": Text(
        "supply: people from other occupations", "oferta: personas de otras ocupaciones"
    ),
}
WORDS = {
    "graduates": Text(
        "graduates by occupation, with their activity",
        "graduados según ocupación, con su actividad",
    ),
    "idle": Text(
        "unemployed people by last occupation, with friction",
        "desocupados según última ocupación, con fricción",
    ),
    "returnees": Text("returns from abroad by occupation", "retornos del exterior según ocupación"),
    "migrants_below": Text(
        "resident migrants by education and skill level of the job",
        "migrantes residentes según educación y nivel del puesto",
    ),
}
NO_TRANSFERS = Text(
    "No table of who changes from which occupation to which is read. Occupations that others move "
    "into have more supply than is told, those that they leave have less.",
    "No se lee ninguna tabla de quién cambia de qué ocupación a cuál. Las ocupaciones a las que "
    "otras personas pasan tienen más oferta que la que se dice; las que dejan, menos.",
)


def supply_of(
    level: Level, read: dict[str, Read], assumed: Assumed, scale: dict[str, Floats], seed: int
) -> Supply | NotProducible:
    """People who could come to each occupation, of all components that are there.

    Args:
        scale: what levers make of graduates and returns, shape (h, c) each, by kind.
        seed: of the run; what was published with an error is drawn with it.
    """
    draws = len(level.employed)
    found = [
        one
        for one in (
            graduates_of(level, read, assumed, scale["graduates"], seed),
            _idle(level, read.get("idle"), assumed, seed),
            returns_of(level, read.get("returned"), assumed, scale["returns"], seed),
            _below(level, read.get("skills"), seed),
        )
        if one is not None
    ]
    if not found:
        needs = tuple(WORDS.values())
        return NotProducible(
            rule(Text("supply and gaps", "oferta y brechas")),
            Text(
                f"It would need one of: {'; '.join(t.en for t in needs)}.",
                f"Haría falta uno de estos datos: {'; '.join(t.es for t in needs)}.",
            ),
        )
    wide = [
        Component(one.kind, np.broadcast_to(one.people, (draws, *one.people.shape[1:])), one.whom)
        for one in found
    ]
    return supply(wide)


def lacking(found: Supply) -> tuple[NotProducible, ...]:
    """Components that the supply goes without, each with what it would need."""
    return tuple(NotProducible(rule(KINDS[kind]), _without(kind)) for kind in found.missing)


def _without(kind: str) -> Text:
    if kind not in WORDS:
        return NO_TRANSFERS
    return Text(
        f"It would need {WORDS[kind].en}. The supply is without them, and so less.",
        f"Haría falta: {WORDS[kind].es}. La oferta no los incluye y por eso es menor.",
    )


def supposed(found: Supply, read: dict[str, Read]) -> tuple[Text, ...]:
    """What is assumed of the components that are there, beyond what the pack assumes."""
    there = {one.kind for one in found.components}
    exact = [
        KINDS[kind]
        for kind, table in SPREAD_BY.items()
        if kind in there and not np.ptp(_of(found, kind), axis=0).any()
    ]
    told = [
        SPREAD_SAID[kind] for kind, table in SPREAD_BY.items() if kind in there and table in read
    ]
    said = [NOBODY_STUDIES] if "idle" in there else []
    said += [*told, *([LEFT_OVER] if told else [])]
    return (*said, *((_exact(exact, len(exact) == len(there)),) if exact else ()))


def _of(found: Supply, kind: str) -> Floats:
    return next(np.nan_to_num(one.people) for one in found.components if one.kind == kind)


def _exact(kinds: list[Text], all_of_it: bool) -> Text:
    """That what is stated adds nothing to an interval, or that there is none."""
    en, es = ", ".join(one.en for one in kinds), ", ".join(one.es for one in kinds)
    if all_of_it:
        return Text(
            f"{en}: stated, with no error that anybody knows. The whole supply is of this kind, so "
            "both ends of its interval are the number itself: it is not known to be that sure.",
            f"{es}: declarada, sin error que alguien conozca. Toda la oferta es de esta clase, por "
            "lo que ambos extremos de su intervalo son el número mismo: no se sabe que sea tan "
            "segura.",
        )
    return Text(
        f"{en}: stated, with no error that anybody knows. It adds nothing to the interval of the "
        "supply, which is narrower than what is known.",
        f"{es}: declarada, sin error que alguien conozca. No agrega nada al intervalo de la "
        "oferta, que es más estrecho que lo que se sabe.",
    )


def _drawn(read: Read, at: list[int | None], absent: float, level: Level, seed: int) -> Floats:
    """Draws of published people, (d, n); who has no place in the table is `absent`.

    A number whose error was not published is not known: nobody can say how sure it is.
    """
    value, se = read.history.value[-1], read.history.se[-1]
    told = np.where(np.isfinite(se) | (value == 0), value, np.nan)
    people = np.array([absent if place is None else told[place] for place in at])
    error = np.array([0.0 if place is None else se[place] for place in at])
    return sampled(people, error, len(level.employed), seed, f"supply {read.wanted.name}")


def _idle(level: Level, read: Read | None, assumed: Assumed, seed: int) -> Component | None:
    if read is None or "friction" not in assumed:
        return None
    at = {cell[0]: i for i, cell in enumerate(read.history.cells)}
    unemployed = _drawn(read, [at.get(cell) for cell in level.cells], np.nan, level, seed)
    friction = assumed["friction"].values.get("", np.nan)
    # No table tells students apart among the unemployed who have worked: NOBODY_STUDIES says so.
    studying = np.zeros(len(level.cells))
    horizon = level.employed.shape[1]
    return component("idle", idle(unemployed, studying, level.base, friction, horizon))


def _below(level: Level, read: Read | None, seed: int) -> Component | None:
    """Migrants below their qualification, over the occupations they are trained for.

    The table tells them by education and skill level of the job, or those alone who are below it,
    by education.
    """
    if read is None:
        return None
    educations = [e for e in TRAINED if any(cell[0] == e for cell in read.history.cells)]
    jobs = [j for j in HELD if any(cell[1:] == (j,) for cell in read.history.cells)]
    at = {cell: i for i, cell in enumerate(read.history.cells)}
    keys = [(education, *job) for education in educations for job in _jobs(jobs)]
    people = _drawn(read, [at.get(key) for key in keys], 0.0, level, seed)
    needed = np.array([HELD[j] for j in jobs]) if jobs else np.ones(1)
    table = people.reshape(-1, len(educations), len(needed))
    trained = np.array([TRAINED[e] for e in educations])
    levels = np.array(sorted({*needed, *trained}))
    every = np.zeros((*table.shape[:2], len(levels)))
    every[:, :, np.searchsorted(levels, needed)] = table
    under = below_qualification(every, trained, levels, np.ones(len(levels)), 1)[:, 0]
    return component("migrants_below", held(_within(under, levels, level), level.employed.shape[1]))


def _jobs(jobs: list[str]) -> list[tuple[str, ...]]:
    return [(job,) for job in jobs] or [()]


def _within(under: Floats, needed: Floats, level: Level) -> Floats:
    """People of each skill level, (d, l), over its occupations as those are now, (d, c)."""
    skills = np.array(
        [LEVELS.get(post(c).skill, np.nan) if c.isdigit() else np.nan for c in level.cells]
    )
    base = np.nan_to_num(level.base)
    found = np.zeros((len(under), len(level.cells)))
    for one, people in zip(needed, under.T, strict=True):
        # Technicians and professionals are one level of the published table.
        own = skills >= 3 if one == 4 else skills == one
        if base[own].sum() > 0:
            found[:, own] = people[:, None] * base[own] / base[own].sum()
    return found

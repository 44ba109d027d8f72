"""A region's declaration, and what its members' tables must have in common to stand in one."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cauce.declare.problems import Problems
from cauce.declare.section import open_toml
from cauce.model.codelist import Code
from cauce.model.dataflow import Dataflow, Dimension, Method, Source
from cauce.model.errors import BadInput
from cauce.model.indicator import FORMULA
from cauce.model.moments import Sent
from cauce.model.rule import rule
from cauce.model.text import Text
from cauce.model.together import Together

ID = re.compile(r"[A-Z][A-Z0-9]{1,15}")
FEWEST_MEMBERS, NAMED = 2, 10
AREA, TIME, FREQUENCY = "REF_AREA", "TIME_PERIOD", "FREQ"
ALIKE = (*FORMULA, "estimator", "unit", "scale", "icls", "criterion", "age")
CONCEPTS = ("icls", "isco", "isic", "protection")
INDEPENDENT = Text(
    "each country by its own design; countries were sampled independently",
    "cada país según su propio diseño; los países se muestrearon de forma independiente",
)


def parse_together(file: str, text: str) -> Together:
    """The region in a text. Raises BadInput with everything that is wrong, by file and line."""
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error(f"The region {file}")
    found = Together(
        area=top.text("id"),
        survey=top.text("survey"),
        vintage=top.text("vintage"),
        name=top.words("name"),
        survey_name=top.words("survey_name"),
        population=top.words("population"),
        licence=top.said("licence"),
        citation=top.said("source"),
        members=top.texts("members"),
        tables=top.texts("tables", ()),
        periods=top.texts("periods", ()),
        reliability=top.text("reliability"),
        fewest=top.whole("min_respondents"),
        ground=top.said("ground"),
        reason=top.text("reason", ""),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    for key, value in (("id", found.area), ("survey", found.survey)):
        if value and not ID.fullmatch(value):
            top.note(key, f"{key} = {value[:20]!r}: write 2 to 16 capital letters and digits.")
    if found.area in found.members:
        top.note("members", f"members: {found.area} is the region itself.")
    if found.members and len(found.members) < FEWEST_MEMBERS:
        top.note("members", "members: a region needs two countries at least.")
    if top.has("min_respondents") and found.fewest < 1:
        top.note("min_respondents", "min_respondents must be 1 or more; 1 if none applies.")
    top.finish()
    problems.stop_if_any(f"The region {file}")
    return found


def tables_together(region: Together, members: Sequence[Sent]) -> tuple[Dataflow, ...]:
    """The dataflows in which the members stand side by side, with the region as an area of its own.

    Args:
        members: in the order of the region.

    Raises:
        BadInput: a table, period, code list, indicator or concept is not the same in all members;
            every difference by its name.
    """
    tables = _tables(region, members)
    faults, made = [], []
    for name in tables:
        flows = [_named(one, name) for one in members]
        own = list(_differences(name, flows, region))
        faults += own
        if not own:
            made.append(_dataflow(region, name, flows))
    if faults:
        things = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
        raise BadInput(
            "\n".join((f"The countries of {region.area} differ in {things}. Nothing is published.",
                       *faults))
        )  # fmt: skip
    return tuple(made)


def _tables(region: Together, members: Sequence[Sent]) -> tuple[str, ...]:
    """The tables that are published together, by their ids without area and survey."""
    of = {
        area: [flow.dataflow.id.removeprefix(f"{one.survey}_") for flow in one.flows]
        for area, one in zip(region.members, members, strict=True)
    }
    for name in region.tables:
        if lacking := [area for area, own in of.items() if name not in own]:
            raise BadInput(
                f"{region.area}: {', '.join(lacking)} sent no table {name}. Ask for it, or take it "
                "out of `tables`."
            )
    if region.tables:
        return region.tables
    first = of[region.members[0]]
    shared = [name for name in first if all(name in own for own in of.values())]
    if other := sorted({name for own in of.values() for name in own} - set(shared)):
        more = f" and {len(other) - NAMED} more" if len(other) > NAMED else ""
        raise BadInput(
            f"{region.area}: not every country sent {', '.join(other[:NAMED])}{more}. Name the "
            f"tables that are published together: tables = [{', '.join(map(repr, shared))}]."
        )
    return tuple(first)


def _named(sent: Sent, name: str) -> Dataflow:
    return next(one.dataflow for one in sent.flows if one.dataflow.id == f"{sent.survey}_{name}")


def _differences(name: str, flows: Sequence[Dataflow], region: Together) -> Iterator[str]:
    """In what the dataflows of a table differ, each in one sentence."""
    first, home = flows[0], region.members[0]
    for area, flow in zip(region.members[1:], flows[1:], strict=True):
        where = f"{name}: {home} and {area}"
        ours, theirs = ([d.id for d in one.dimensions] for one in (first, flow))
        if ours != theirs:
            yield f"{where} break it down by {', '.join(ours[3:-1])} and {', '.join(theirs[3:-1])}."
            continue
        yield from _other_codes(where, first, flow)
        yield from _other_indicators(where, first, flow)
        for concept in CONCEPTS:
            one, other = getattr(first.method, concept), getattr(flow.method, concept)
            if one != other:
                yield f"{where} follow another {concept.upper()}: {one or '–'} and {other or '–'}."
    yield from _other_periods(name, flows, region)


def _other_codes(where: str, first: Dataflow, flow: Dataflow) -> Iterator[str]:
    for ours, theirs in zip(first.dimensions, flow.dimensions, strict=True):
        if ours.id in (AREA, TIME):
            continue
        one, other = ([code.id for code in each.codes] for each in (ours, theirs))
        if one != other or ours.codelist != theirs.codelist or ours.additive != theirs.additive:
            odd = sorted(set(one) ^ set(other))
            said = f", of which only one has {', '.join(odd[:5])}" if odd else ""
            yield f"{where} have other codes of {ours.id} ({ours.codelist}){said}."


def _other_indicators(where: str, first: Dataflow, flow: Dataflow) -> Iterator[str]:
    by_id = {one.id: one for one in flow.indicators}
    for ours in first.indicators:
        theirs = by_id.get(ours.id)
        if theirs is None:  # the codes of INDICATOR differ, which is said of them
            continue
        other = [part for part in ALIKE if getattr(ours, part) != getattr(theirs, part)]
        if other:
            yield f"{where} define {ours.id} otherwise: {', '.join(other)}."


def _other_periods(name: str, flows: Sequence[Dataflow], region: Together) -> Iterator[str]:
    of = [[code.id for code in flow.dimensions[-1].codes] for flow in flows]
    if region.periods:
        for area, own in zip(region.members, of, strict=True):
            if lacking := [one for one in region.periods if one not in own]:
                yield f"{name}: {area} has no {', '.join(lacking)}."
    elif any(own != of[0] for own in of):
        shared = [one for one in of[0] if all(one in own for own in of)]
        yield (
            f"{name}: its countries have different periods. Name those that are published: "
            f"periods = [{', '.join(repr(one) for one in shared)}]."
        )


def _dataflow(region: Together, name: str, flows: Sequence[Dataflow]) -> Dataflow:
    """The dataflow of a table of all members: theirs, with their areas and the region's."""
    first = flows[0]
    areas = [Code(region.area, region.name)] + [
        Code(code.id, code.name) for flow in flows for code in _dimension(flow, AREA).codes
    ]
    wanted = region.periods or tuple(code.id for code in first.dimensions[-1].codes)
    instead = {
        AREA: tuple(areas),
        TIME: tuple(Code(one, Text(one, one)) for one in sorted(wanted)),
    }
    return Dataflow(
        id=f"{region.area}_{region.survey}_{name}",
        version=first.version,
        name=first.name,
        dimensions=tuple(
            replace(one, codes=instead.get(one.id, one.codes)) for one in first.dimensions
        ),
        indicators=first.indicators,
        source=Source(
            survey=region.survey,
            area=region.area,
            name=region.survey_name,
            population=region.population,
            licence=region.licence,
            citation=region.citation,
            invented=any(flow.source.invented for flow in flows),
            open_licence=all(flow.source.open_licence for flow in flows),
        ),
        method=_method(region, flows),
        theme=first.theme,
    )


def _dimension(flow: Dataflow, name: str) -> Dimension:
    return next(one for one in flow.dimensions if one.id == name)


def _method(region: Together, flows: Sequence[Dataflow]) -> Method:
    def every(part: str) -> str:
        return " / ".join(sorted({getattr(flow.method, part) for flow in flows}))

    alike = flows[0].method
    return Method(
        var_method=every("var_method"),
        single_psu=every("single_psu"),
        psu_scope=every("psu_scope"),
        fpc=rule(INDEPENDENT),
        reliability_profile=region.reliability,
        rule_version="",
        icls=alike.icls,
        isco=alike.isco,
        isic=alike.isic,
        protection=alike.protection,
    )

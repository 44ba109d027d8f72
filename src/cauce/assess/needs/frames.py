"""From the text that declares a frame to the frame, checked."""

import hashlib
from collections.abc import Iterable

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.frame import Frame, Item, Level, Part, StakeholderGroup


def parse_frame(file: str, text: str) -> Frame:
    """The frame in a TOML text.

    Raises:
        BadInput: everything that is wrong, each with its line.

    Source: none of its own; each frame names its source.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The frame")
    frame = _read(top, text)
    _check(frame, top)
    problems.stop_if_any("The frame")
    return frame


def _read(top: Section, text: str) -> Frame:
    frame = Frame(
        id=top.text("id"),
        name=top.words("name"),
        about=top.words("about"),
        source=top.text("source"),
        mark=top.text("mark"),
        version=top.text("version", "1"),
        scale=tuple(_level(section) for section in top.tables("level")),
        pillars=tuple(_part(section) for section in top.tables("pillar")),
        elements=tuple(_part(section) for section in top.tables("element")),
        groups=tuple(_group(section) for section in top.tables("group")),
        items=tuple(_item(section) for section in top.tables("item")),
        min_coverage=top.number("min_coverage"),
        min_institutions=top.whole("min_institutions"),
        min_group=top.whole("min_group"),
        gap_below=top.number("gap_below"),
        disputed_from=top.number("disputed_from"),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.finish()
    return frame


def _level(section: Section) -> Level:
    level = Level(section.whole("value"), section.words("name"))
    section.finish()
    return level


def _part(section: Section) -> Part:
    part = Part(section.text("id"), section.words("name"), _weight(section))
    section.finish()
    return part


def _group(section: Section) -> StakeholderGroup:
    group = StakeholderGroup(
        section.text("id"), section.words("name"), section.texts("functions"), _weight(section)
    )
    section.finish()
    return group


def _item(section: Section) -> Item:
    item = Item(
        id=section.text("id"),
        pillar=section.text("pillar"),
        element=section.text("element"),
        question=section.words("question"),
        weight=_weight(section),
        asked_of=section.texts("asked_of", ()),
        place=section.place(),
    )
    section.finish()
    return item


def _weight(section: Section) -> float:
    value = section.number("weight", 1.0)
    if value <= 0:
        section.note("weight", f"{section.name('weight')} must be above 0.")
    return value


def _check(frame: Frame, top: Section) -> None:
    """Note what does not go together."""
    if not 0 <= frame.min_coverage <= 1:
        top.note("min_coverage", "min_coverage is a share between 0 and 1.")
    if not 0 <= frame.disputed_from <= 1:
        top.note("disputed_from", "disputed_from is a share between 0 and 1.")
    if len({level.value for level in frame.scale}) < max(2, len(frame.scale)):
        top.note("level", "a scale has at least two [[level]], each with its own value.")
    for key, ids in _ids(frame):
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            top.note(key, f"{key} {name} is declared twice.")
        if not ids:
            top.note(key, f"a frame has at least one [[{key}]].")
    functions = [name for group in frame.groups for name in group.functions]
    for name in sorted({name for name in functions if functions.count(name) > 1}):
        top.note("group", f"function {name} is in two groups.")
    _check_items(frame, functions, top.origin.problems)


def _ids(frame: Frame) -> Iterable[tuple[str, list[str]]]:
    yield "pillar", [pillar.id for pillar in frame.pillars]
    yield "element", [element.id for element in frame.elements]
    yield "group", [group.id for group in frame.groups]
    yield "item", [item.id for item in frame.items]


def _check_items(frame: Frame, functions: list[str], problems: Problems) -> None:
    pillars = {pillar.id for pillar in frame.pillars}
    elements = {element.id for element in frame.elements}
    for item in frame.items:
        for what, name, known in (
            ("pillar", item.pillar, pillars),
            ("element", item.element, elements),
            *(("function", function, set(functions)) for function in item.asked_of),
        ):
            if name not in known:
                near = did_you_mean(name, known)
                problems.add(item.place, f"item {item.id}: there is no {what} {name}.{near}")

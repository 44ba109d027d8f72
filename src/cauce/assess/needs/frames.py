"""From the text that declares a scored frame to the frame, checked."""

from cauce.assess.frames.reading import known, once, parse, shared, weight
from cauce.declare.section import Section
from cauce.model.frame import Item, Level, ScoredFrame, StakeholderGroup


def parse_frame(file: str, text: str) -> ScoredFrame:
    """The frame in a TOML text.

    Raises:
        BadInput: everything that is wrong, each with its line.

    Source: none of its own; each frame names its source.
    """
    return parse(file, text, _read)


def _read(top: Section, text: str) -> ScoredFrame:
    frame = ScoredFrame(
        **shared(top, text, [_item(section) for section in top.tables("item")]),
        scale=tuple(_level(section) for section in top.tables("level")),
        groups=tuple(_group(section) for section in top.tables("group")),
        min_coverage=top.number("min_coverage"),
        min_institutions=top.whole("min_institutions"),
        min_group=top.whole("min_group"),
        gap_below=top.number("gap_below"),
        disputed_from=top.number("disputed_from"),
    )
    _check(frame, top)
    return frame


def _level(section: Section) -> Level:
    level = Level(section.whole("value"), section.words("name"))
    section.finish()
    return level


def _group(section: Section) -> StakeholderGroup:
    group = StakeholderGroup(
        section.text("id"), section.words("name"), section.texts("functions"), weight(section)
    )
    section.finish()
    return group


def _item(section: Section) -> Item:
    item = Item(
        id=section.text("id"),
        pillar=section.text("pillar"),
        element=section.text("element"),
        question=section.words("question"),
        weight=weight(section),
        asked_of=section.texts("asked_of", ()),
        place=section.place(),
    )
    section.finish()
    return item


def _check(frame: ScoredFrame, top: Section) -> None:
    """Note what does not go together."""
    if not 0 <= frame.min_coverage <= 1:
        top.note("min_coverage", "min_coverage is a share between 0 and 1.")
    if not 0 <= frame.disputed_from <= 1:
        top.note("disputed_from", "disputed_from is a share between 0 and 1.")
    if len({level.value for level in frame.scale}) < max(2, len(frame.scale)):
        top.note("level", "a scale has at least two [[level]], each with its own value.")
    pillars, elements = [one.id for one in frame.pillars], [one.id for one in frame.elements]
    groups, items = [one.id for one in frame.groups], [one.id for one in frame.items]
    once(top, [("pillar", pillars), ("element", elements), ("group", groups), ("item", items)])
    functions = [name for group in frame.groups for name in group.functions]
    for name in sorted({name for name in functions if functions.count(name) > 1}):
        top.note("group", f"function {name} is in two groups.")
    parts = {"pillar": pillars, "element": elements, "asked_of": functions}
    known(frame.items, parts, top.origin.problems)

"""From the text that declares the frame of IRIS to the frame, checked."""

from collections.abc import Sequence

from cauce.assess.frames.checklists_read import read_checklist
from cauce.assess.frames.reading import MARKS, once, parse
from cauce.declare.section import Section
from cauce.model.iris import CapacityLevel, Clock, IrisFrame


def parse_iris(file: str, text: str) -> IrisFrame:
    """The frame in a TOML text. Raises BadInput with everything wrong.

    Source: IOM, IRIS Standard 1.2 (2019) and Capacity Building Programme, as the frame marks them.
    """
    return parse(file, text, _read)


def _read(top: Section, text: str) -> IrisFrame:
    of_checklist = read_checklist(top, text)
    frame = IrisFrame(
        **{name: getattr(of_checklist, name) for name in of_checklist.__dataclass_fields__},
        levels=tuple(_level(section) for section in top.tables("level")),
        clocks=tuple(_clock(section) for section in top.tables("clock")),
    )
    once(top, [("level", _ids(frame.levels)), ("clock", _ids(frame.clocks))])
    return frame


def _ids(parts: Sequence[CapacityLevel] | Sequence[Clock]) -> list[str]:
    return [one.id for one in parts]


def _level(section: Section) -> CapacityLevel:
    level = CapacityLevel(
        section.text("id"),
        section.words("name"),
        section.text("step"),
        section.truth("assessed", False),
        section.choice("mark", MARKS),
    )
    section.finish()
    return level


def _clock(section: Section) -> Clock:
    clock = Clock(
        section.text("id"),
        section.words("name"),
        section.text("state", ""),
        section.whole("days", 0),
        section.whole("months", 0),
        section.truth("about", False),
        section.choice("mark", MARKS),
    )
    if min(clock.days, clock.months) < 0 or bool(clock.days) is bool(clock.months):
        section.note("days", f"clock {clock.id}: say days or months, above 0, and not both.")
    section.finish()
    return clock

"""What every frame declares in the same words: its head, pillars, elements and questions."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.frame import Frame, Item, Part
from cauce.model.text import Text

MARKS = ("V", "K", "I", "L")
F = TypeVar("F", bound=Frame)


class Shared(TypedDict):
    """The fields of `Frame`."""

    id: str
    name: Text
    about: Text
    source: str
    mark: str
    version: str
    pillars: tuple[Part, ...]
    elements: tuple[Part, ...]
    items: tuple[Item, ...]
    sha256: str


def parse(file: str, text: str, read: Callable[[Section, str], F]) -> F:
    """The frame in a TOML text, as `read` reads and checks its kind.

    Raises:
        BadInput: everything that is wrong, each with its line.

    Source: none of its own; each frame names its source.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    if top is None:
        raise problems.error("The frame")
    frame = read(top, text)
    top.finish()
    problems.stop_if_any("The frame")
    return frame


def shared(top: Section, text: str, items: Sequence[Item]) -> Shared:
    """What all frames say of themselves.

    Source: none, it computes nothing.
    """
    return Shared(
        id=top.text("id"),
        name=top.words("name"),
        about=top.words("about"),
        source=top.text("source"),
        mark=top.text("mark"),
        version=top.text("version", "1"),
        pillars=tuple(part(section) for section in top.tables("pillar")),
        elements=tuple(part(section) for section in top.tables("element")),
        items=tuple(items),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def part(section: Section) -> Part:
    """A pillar or an element.

    Source: none, it computes nothing.
    """
    found = Part(section.text("id"), section.words("name"), weight(section), mark(section))
    section.finish()
    return found


def weight(section: Section) -> float:
    """How much something weighs beside its neighbours; 1 if it does not say.

    Source: none, it computes nothing.
    """
    value = section.number("weight", 1.0)
    if value <= 0:
        section.note("weight", f"{section.name('weight')} must be above 0.")
    return value


def mark(section: Section) -> str:
    """How sure something is; "" if it does not say.

    Source: none, it computes nothing.
    """
    return section.choice("mark", MARKS) if section.has("mark") else ""


def once(top: Section, ids: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Note what is declared twice, and what a frame lacks altogether.

    Source: none, it computes nothing.
    """
    for key, names in ids:
        for name in sorted({name for name in names if names.count(name) > 1}):
            top.note(key, f"{key} {name} is declared twice.")
        if not names:
            top.note(key, f"a frame has at least one [[{key}]].")


def known(items: Sequence[Item], parts: Mapping[str, Iterable[str]], problems: Problems) -> None:
    """Note the items that name a pillar, an element or anything else that is not there.

    `parts` are the ids there are, by the attribute of the item that names one or several.

    Source: none, it computes nothing.
    """
    for item in items:
        for key, ids in parts.items():
            said = getattr(item, key)
            for name in (said,) if isinstance(said, str) else said:
                if name not in ids:
                    near = did_you_mean(name, ids)
                    what = "function" if key == "asked_of" else key
                    problems.add(item.place, f"item {item.id}: there is no {what} {name}.{near}")

"""The index of registers, by topic, and a search through all of them."""

from dataclasses import dataclass

from cauce.model.codelist import Code
from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.registers.groups import Group, groups
from cauce.portal.registers.library import Library
from cauce.portal.registers.search import ALIASES, has, readings


@dataclass(frozen=True)
class Entry:
    """A register in the index."""

    name: str
    href: str
    about: str
    count: str


@dataclass(frozen=True)
class Topic:
    """The registers of one topic."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class RegistersPage:
    """What templates/registers/index.html is given, and nothing else."""

    title: str
    invented: Invented
    asked: str
    found: str
    groups: tuple[Group, ...]
    topics: tuple[Topic, ...]
    ways: tuple[Link, ...]


def registers_page(library: Library, query: dict[str, str]) -> RegistersPage:
    words = library.words
    asked = " ".join(query.get("q", "")[:200].split())
    found = _found(library, asked)
    count = sum(group.count for group in found)
    return RegistersPage(
        title=words("registers"),
        invented="",
        asked=asked,
        found=words("records_found", count=words.number(count, 0)) if asked else "",
        groups=found,
        topics=tuple(_topic(library, topic) for topic in library.topics),
        ways=ways(library) if library.editions else (),
    )


def ways(library: Library) -> tuple[Link, ...]:
    """The pages that go across registers."""
    names = ["countries_page", "corridors_page", "diaspora_page", "studies_page"]
    paths = ["countries", "corridors", "diaspora", "studies"]
    if library.has("certificates"):
        names.append("certificate")
        paths.append("certificates")
    if library.has("recruiters"):
        names.append("recruiters_title")
        paths.append("recruiters")
    return tuple(
        Link(library.words(name), library.path(path))
        for name, path in zip(names, paths, strict=True)
    )


def _found(library: Library, asked: str) -> tuple[Group, ...]:
    wanted = readings(asked, library.records(ALIASES))
    if not wanted:
        return ()
    return groups(
        library,
        lambda record: any(has(record, reading) for reading in wanted),
        {"q": asked},
    )


def _topic(library: Library, topic: Code) -> Topic:
    words = library.words
    return Topic(
        name=words.of(topic.name),
        entries=tuple(
            Entry(
                name=words.of(each.shelf.name),
                href=library.path("registers", each.shelf.id),
                about=words.of(each.shelf.about),
                count=records_told(library, each.records),
            )
            for each in library.editions
            if each.shelf.topic == topic
        ),
    )


def records_told(library: Library, count: int) -> str:
    """How many records there are, in words."""
    words = library.words
    if count == 1:
        return words("one_record")
    return words("records", count=words.number(count, 0)) if count else words("no_records")

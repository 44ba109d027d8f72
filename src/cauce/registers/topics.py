"""Under which name each register is found."""

from collections.abc import Collection

from cauce.declare.problems import Problems
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.topic import Topic


def parse_topics(
    text: str, registers: Collection[str], file: str = "topics.toml"
) -> tuple[Topic, ...]:
    """The topics in a text.

    Raises:
        BadInput: everything that is wrong, each with its line; a register that is not declared.
    """
    problems = Problems()
    top = open_toml(file, text, problems)
    topics: tuple[Topic, ...] = ()
    if top is not None:
        topics = tuple(_topic(section, registers) for section in top.tables("topic"))
        top.finish()
    problems.stop_if_any("The topics")
    return topics


def _topic(section: Section, registers: Collection[str]) -> Topic:
    found = Topic(section.text("id"), section.words("name"), section.texts("registers"))
    for name in found.registers:
        if name not in registers:
            near = did_you_mean(name, registers)
            section.note("registers", f"there is no register {name}.{near}")
    section.finish()
    return found

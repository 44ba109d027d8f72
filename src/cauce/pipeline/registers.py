"""Reading the registers a house declares: their fields, rules and code lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cauce.declare.codelists import read_codelists
from cauce.declare.hierarchies import FOLDER
from cauce.model.codelist import Codelist
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.register import Register
from cauce.model.topic import Topic
from cauce.registers.declaration import parse_registers
from cauce.registers.house import parse_house
from cauce.registers.topics import parse_topics
from cauce.sources import read_register_folder

TOPICS = "topics/topics.toml"
RULES = "counting/rules.toml"


@dataclass(frozen=True)
class Declared:
    """Every register by its id, every code list by its own, and under what they are found."""

    registers: Mapping[str, Register]
    lists: Mapping[str, Codelist]
    topics: tuple[Topic, ...] = ()


def read_registers(folder: Path) -> Declared:
    """The registers declared in a folder. Raises BadInput with everything that is wrong."""
    files = read_register_folder(folder)
    lists = read_codelists(
        {name: text for name, text in files.items() if name.startswith(("codelists/", FOLDER))}
    )
    declared = {
        name: text
        for name, text in files.items()
        if name.endswith(".toml") and "/" not in name and name != "access.toml"
    }
    registers = parse_registers(declared, lists)
    topics = parse_topics(files.get(TOPICS, ""), registers, TOPICS)
    return Declared(registers, lists, topics)


def read_house(folder: Path) -> House:
    """By which rules the registers of a folder are counted. Raises BadInput if nothing says so."""
    files = read_register_folder(folder)
    if RULES not in files:
        raise BadInput(f"{folder} has no {RULES}: it says whose counts these are and who is safe.")
    return parse_house(files[RULES], RULES)

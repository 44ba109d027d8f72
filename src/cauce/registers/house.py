"""From the text that says by which rules counts are published to those rules."""

from collections.abc import Collection

from cauce.declare.problems import Problems
from cauce.declare.safeguards import check_table_rules, read_table_rules
from cauce.declare.section import Section, open_toml
from cauce.declare.words import did_you_mean
from cauce.model.errors import BadInput
from cauce.model.house import House
from cauce.model.pack import MinRespondents, Rules
from cauce.registers.counted import PROFILE


def parse_house(text: str, name: str) -> House:
    """Whose registers these are, and the rules of their counts.

    Raises:
        BadInput: everything that is wrong, each with file and line.
    """
    problems = Problems()
    top = open_toml(name, text, problems)
    if top is None:
        raise problems.error("The rules of counts")
    house = _house(top)
    problems.stop_if_any("The rules of counts")
    return house


def check_named(house: House, counts: Collection[str]) -> None:
    """Raises BadInput if a rule names a dataflow of registers that is none: nobody is protected."""
    for one in (*house.sensitive.tables, *house.open.tables):
        for name in one.of:
            if name not in counts:
                raise BadInput(
                    f"{one.place.file}, line {one.place.line}: no register counts {name}."
                    f"{did_you_mean(name, counts)} The rule protects nobody as it stands."
                )


def _house(top: Section) -> House:
    found = House(
        area=top.text("area"),
        name=top.words("name"),
        licence=top.said("licence"),
        sensitive=_rules(top, "sensitive"),
        open=_rules(top, "open"),
        invented=top.truth("invented", False),
    )
    top.finish()
    return found


def _rules(top: Section, key: str) -> Rules:
    """The rules of [sensitive] or [open]: minima and dominance, and further rules of its tables."""
    section = top.table(key)
    if section is None:
        return Rules(PROFILE, (), 0, 0.0, "")
    minima = tuple(_minimum(one) for one in section.tables("min_contributors"))
    if not minima:
        section.note("min_contributors", f"{key} names none; write value = 1 if none applies.")
    dominance = section.table("dominance", required=False)
    n, k, ground = (0, 0.0, "") if dominance is None else _dominance(dominance)
    tables = read_table_rules(section)
    check_table_rules(tables, None, section.origin.problems)
    section.finish()
    return Rules(PROFILE, minima, n, k, ground, tables=tables)


def _minimum(section: Section) -> MinRespondents:
    found = MinRespondents(section.day("from"), section.whole("value"), section.said("ground"))
    section.finish()
    return found


def _dominance(section: Section) -> tuple[int, float, str]:
    found = section.whole("n"), section.number("k"), section.said("ground")
    section.finish()
    return found

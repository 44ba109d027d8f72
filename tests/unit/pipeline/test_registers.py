"""The registers of the house, read as a whole."""

from pathlib import Path

from cauce.pipeline.registers import read_registers

REGISTERS = Path("packs/registers")


def test_every_register_of_the_house_is_read_with_its_lists() -> None:
    declared = read_registers(REGISTERS)
    files = {path.stem for path in REGISTERS.glob("*.toml")} - {"access"}
    assert set(declared.registers) == files
    lists = {path.stem for path in REGISTERS.glob("codelists/*.csv")}
    assert set(declared.lists) == lists


def test_every_register_is_found_under_one_topic() -> None:
    declared = read_registers(REGISTERS)
    placed = [name for topic in declared.topics for name in topic.registers]
    assert sorted(placed) == sorted(declared.registers)

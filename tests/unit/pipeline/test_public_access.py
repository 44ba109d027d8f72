"""What the access matrix lets the public see, and what publishing puts on the shelves, agree."""

from pathlib import Path

from cauce.pipeline.registers import read_registers
from cauce.registers.access import fields, may, parse_access
from cauce.registers.public import shelf_of

REGISTERS = Path("packs/registers")
DECLARED = read_registers(REGISTERS)
ACCESS = parse_access((REGISTERS / "access.toml").read_text("utf-8"))


def test_the_public_may_see_the_public_registers_and_no_other() -> None:
    for register in DECLARED.registers.values():
        seen = may(ACCESS, None, "see", register.id, "GTM", "published")
        assert seen == register.public, register.id


def test_a_shelf_shows_the_fields_the_matrix_shows() -> None:
    for register in DECLARED.registers.values():
        if register.public:
            shelf = shelf_of(register, DECLARED.lists)
            names = {each.id for each in shelf.fields}
            names |= {f"{each.id}.{column.id}" for each in shelf.fields for column in each.columns}
            assert names == fields(ACCESS, None, "see", register, "GTM"), register.id


def test_nothing_is_seen_by_the_public_before_it_is_published() -> None:
    for register in DECLARED.registers.values():
        for state in ("draft", "review", "approved"):
            assert not may(ACCESS, None, "see", register.id, "GTM", state), register.id

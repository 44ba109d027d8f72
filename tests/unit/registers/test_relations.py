"""Which columns a declaration gives to analysts."""

import pytest
from tests.unit.registers.test_declaration import GOOD, LISTS, field, refused

from cauce.model.register import Register
from cauce.registers.declaration import parse_registers
from cauce.registers.relations import Relation, relations

FIELDS = "".join(
    (
        field("note", "note", 'sensitivity = "P0"'),
        field("ceiling", "number"),
        field("share", "number", "decimals = 1"),
        field("fee", "money"),
        field("open", "flag"),
        field("phone", "text", 'sensitivity = "P2"'),
        field("accused", "text", 'sensitivity = "P3"'),
    )
)


def declared(text: str) -> Register:
    return parse_registers({"things.toml": text}, LISTS)["things"]


def names(relation: Relation) -> list[str]:
    return [column.id for column in relation.columns]


def test_a_register_yields_its_records_and_each_field_of_rows() -> None:
    records, parts = relations(declared(GOOD + FIELDS))
    assert [(c.id, c.kind) for c in records.columns] == [
        ("name", "text"), ("kind", "text"), ("note", "text"), ("ceiling", "whole"),
        ("share", "decimal"), ("fee", "decimal"), ("open", "flag"),
    ]  # fmt: skip
    assert (parts.rows, names(parts)) == ("parts", ["size", "since"])
    assert [column.kind for column in parts.columns] == ["whole", "day"]


def test_analysts_get_what_the_office_sees_unless_the_register_says_otherwise() -> None:
    assert "phone" not in names(relations(declared(GOOD + FIELDS))[0])
    closed = declared(GOOD.replace("one =", 'analysts = "P0"\none =') + FIELDS)
    assert [names(one) for one in relations(closed)] == [["note"]]
    wide = declared(GOOD.replace("one =", 'analysts = "P2"\none =') + FIELDS)
    assert "phone" in names(relations(wide)[0])
    assert "accused" not in names(relations(wide)[0])


def test_rows_are_as_closed_as_the_field_that_holds_them() -> None:
    open_rows = GOOD.replace('kind = "rows"', 'kind = "rows"\nsensitivity = "P2"')
    assert len(relations(declared(open_rows))) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("one =", 'analysts = "P3"\none ='), "what is P3 is sealed"),
        (GOOD + field("name_absent", "text"), "name_absent is the column beside name"),
        (
            GOOD.replace('id = "since"', 'id = "size_absent"'),
            "size_absent is the column beside size",
        ),
    ],
)
def test_what_would_keep_relations_from_being_made_is_told(text: str, message: str) -> None:
    assert message in refused(text)


def test_a_register_without_columns_for_analysts_still_lists_its_records() -> None:
    closed = GOOD.replace("one =", 'analysts = "P0"\none =')
    assert [names(one) for one in relations(declared(closed))] == [[]]

"""The fields of a register by name."""

from cauce.model.register import Field, Register


def field_names(register: Register) -> frozenset[str]:
    """Every field, and every column of rows as rows.column."""
    inner = {f"{f.id}.{column.id}" for f in register.fields for column in f.rows}
    return frozenset({f.id for f in register.fields} | inner)


def field_of(register: Register, name: str) -> Field:
    """A field, or a column of rows as "rows.column". Raises KeyError if there is none."""
    outer, _, inner = name.partition(".")
    field = next((f for f in register.fields if f.id == outer), None)
    if field is not None and inner:
        field = next((c for c in field.rows if c.id == inner), None)
    if field is None:
        raise KeyError(name)
    return field

"""The shape of a register's records, as JSON Schema made from its declaration."""

from collections.abc import Iterable

from cauce.model.codelist import Codelist
from cauce.model.register import Field, Register
from cauce.office.api.answers import Schema, ref, words
from cauce.registers.values import MAX_NOTE, MAX_ROWS, MAX_TEXT


def schema_name(register: Register) -> str:
    return "".join(part.title() for part in register.id.split("_"))


def record_schema(register: Register) -> Schema:
    """A record of a register; rules over several fields are told in words."""
    return {
        "title": f"{register.one.en} / {register.one.es}",
        "description": words(register.about),
        **object_schema(register.fields),
        "x-rules": [
            {"id": rule.id, "message": {"en": rule.message.en, "es": rule.message.es}}
            for rule in register.rules
        ],
    }


def object_schema(fields: Iterable[Field]) -> Schema:
    fields = tuple(fields)
    return {
        "type": "object",
        "properties": {field.id: field_schema(field) for field in fields},
        "required": [field.id for field in fields if field.required],
        "additionalProperties": False,
    }


def field_schema(field: Field) -> Schema:
    """A field: what it holds, or why it holds nothing."""
    told: Schema = {"title": f"{field.name.en} / {field.name.es}"}
    if field.help:
        told["description"] = words(field.help)
    if field.unit:
        told["x-unit"] = field.unit
    if field.kind == "rows":
        rows = object_schema(field.rows)
        return {**told, "type": "array", "items": rows, "maxItems": MAX_ROWS}
    return {**told, "anyOf": [value_schema(field), ref("Absent"), ref("Sealed")]}


def value_schema(field: Field) -> Schema:
    """What a field holds when it holds something."""
    match field.kind:
        case "number" | "money":
            return number_schema(field)
        case "date":
            return {"type": "string", "format": "date"}
        case "flag":
            return {"type": "boolean"}
        case "code":
            return ref(field.codelist)
        case "codes":
            return {"type": "array", "items": ref(field.codelist), "uniqueItems": True}
        case "web":
            return {"type": "string", "format": "uri", "maxLength": MAX_TEXT}
        case "link":
            return {"type": "string", "maxLength": 40, "x-register": field.register}
        case _:
            limit = MAX_NOTE if field.kind == "note" else MAX_TEXT
            found: Schema = {"type": "string", "minLength": 1, "maxLength": limit}
            return {**found, "pattern": f"^(?:{field.pattern})$"} if field.pattern else found


def number_schema(field: Field) -> Schema:
    found: Schema = {"type": "number" if field.decimals else "integer"}
    if field.minimum is not None:
        found["minimum"] = field.minimum
    if field.maximum is not None:
        found["maximum"] = field.maximum
    return found


def codes_schema(codelist: Codelist) -> Schema:
    """The codes of a list, with their words."""
    return {
        "type": "string",
        "title": words(codelist.name),
        "enum": [code.id for code in codelist.codes],
        "x-words": {code.id: {"en": code.name.en, "es": code.name.es} for code in codelist.codes},
    }

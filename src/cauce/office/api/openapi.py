"""The OpenAPI 3.1 document of the API, made from the declarations."""

from collections.abc import Iterable

import cauce
from cauce.model.codelist import Codelist
from cauce.model.register import Field, Register
from cauce.model.text import Text
from cauce.office.seat import Office
from cauce.registers.values import MAX_NOTE, MAX_ROWS, MAX_TEXT

Schema = dict[str, object]


def document(office: Office) -> Schema:
    """The whole document: the same paths for every register, a schema for each."""
    paths: Schema = {
        "/registers": {"get": operation("Registers", Text("The registers", "Los registros"))}
    }
    schemas: Schema = {**COMMON, **{one.id: codes_schema(one) for one in office.lists.values()}}
    for register in office.registers.values():
        schemas[schema_name(register)] = record_schema(register)
        paths.update(paths_of(register))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Cauce: registers / registros",
            "version": cauce.__version__,
            "description": "Every write names who reads it next: a second person approves it.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


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


def paths_of(register: Register) -> Schema:
    """What can be asked and done of one register."""
    base = f"/registers/{register.id}/records"
    name, tag = schema_name(register), register.id
    key = parameter("key", "path")
    number = {**parameter("number", "path"), "schema": {"type": "integer"}}
    known = parameter("known_at", "query", "date-time")
    lists = [parameter("words"), parameter("country"), parameter("after"), known]
    one = [key, parameter("on", "query", "date"), known]
    match = {**parameter("If-Match", "header"), "required": True}
    enter = Text(f"Enter: {register.one.en}", f"Ingresar: {register.one.es}")
    said: Schema = {
        "type": "object",
        "properties": {"verdict": {"enum": ["approved", "returned"]}, "note": {"type": "string"}},
        "required": ["verdict"],
    }
    return {
        base: {
            "get": operation("Page", register.name, tag, lists),
            "post": operation("Entry", enter, tag, body=submission(name), status="201"),
        },
        f"{base}/{{key}}": {"get": operation(f"{name}Now", register.one, tag, one)},
        f"{base}/{{key}}/entries": {
            "get": operation("Entries", Text("History", "Historia"), tag, [key]),
            "post": operation(
                "Entry",
                Text("Change, correct, end", "Cambiar, corregir, terminar"),
                tag,
                [key, match],
                submission(name, ["change", "correct", "end"]),
                "201",
            ),
        },
        f"{base}/{{key}}/entries/{{number}}/verdict": {
            "post": operation("Entry", Text("Judge", "Revisar"), tag, [key, number], said)
        },
    }


def submission(name: str, actions: list[str] | None = None) -> Schema:
    """The body of a write."""
    day: Schema = {"type": ["string", "null"], "format": "date"}
    properties: Schema = {
        "record": ref(name),
        "valid_from": day,
        "valid_to": day,
        "reason": {"type": "string"},
        "insist": {"type": "array", "items": {"type": "string"}},
    }
    if actions:
        properties["action"] = {"enum": actions}
    return {
        "type": "object",
        "properties": properties,
        "required": ["action", "reason"] if actions else ["record"],
        "additionalProperties": False,
    }


def operation(
    answer: str,
    summary: Text,
    tag: str = "",
    parameters: list[Schema] | None = None,
    body: Schema | None = None,
    status: str = "200",
) -> Schema:
    """One operation; what it answers is a schema of the document."""
    shape = ref(answer) if not answer.endswith("Now") else now_schema(answer.removesuffix("Now"))
    found: Schema = {
        "summary": words(summary),
        "responses": {
            status: {"description": "OK", "content": {"application/json": {"schema": shape}}},
            "default": {
                "description": "A problem / Un problema",
                "content": {"application/problem+json": {"schema": ref("Problem")}},
            },
        },
    }
    if tag:
        found["tags"] = [tag]
    if parameters:
        found["parameters"] = parameters
    if body:
        content = {"application/json": {"schema": body}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def now_schema(name: str) -> Schema:
    """A record as of a day: not all of it may be the reader's to see."""
    return {"allOf": [ref("Now"), {"properties": {"record": {"x-schema": name}}}]}


def parameter(name: str, place: str = "query", form: str = "") -> Schema:
    schema: Schema = {"type": "string", "format": form} if form else {"type": "string"}
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def words(text: Text) -> str:
    return f"{text.en} / {text.es}"


def shape(**properties: object) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


TEXTS = shape(en={"type": "string"}, es={"type": "string"})
STRING: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
MAYBE: Schema = {"type": ["string", "null"]}
STATE: Schema = {"enum": ["waits", "approved", "returned"]}
COMMON: Schema = {
    "Absent": {**shape(absent={"enum": ["UNK", "NST", "NAP"]}), "additionalProperties": False},
    "Sealed": {**shape(sealed=STRING), "additionalProperties": False},
    "Registers": shape(
        registers={
            "type": "array",
            "items": shape(
                id=STRING, name=TEXTS, about=TEXTS, version=STRING, write=TRUTH, approve=TRUTH
            ),
        }
    ),
    "Page": shape(
        records={
            "type": "array",
            "items": shape(
                key=STRING, title=TEXTS, country=STRING, entry=WHOLE, ended=TRUTH, state=STATE
            ),
        },
        after=STRING,
    ),
    "Now": shape(
        register=STRING,
        key=STRING,
        country=STRING,
        entry=WHOLE,
        said_by=WHOLE,
        state=STATE,
        valid_from=MAYBE,
        valid_to=MAYBE,
        record={"type": "object"},
    ),
    "Entry": shape(
        number=WHOLE,
        key=STRING,
        action={"enum": ["OPEN", "CHANGE", "CORRECTION", "END"]},
        record={"type": ["object", "null"]},
        valid_from=MAYBE,
        valid_to=MAYBE,
        recorded_at={"type": "string", "format": "date-time"},
        actor=STRING,
        reason=STRING,
        state=STATE,
        verdict={"type": ["object", "null"]},
        hash=STRING,
    ),
    "Entries": shape(entries={"type": "array", "items": ref("Entry")}),
    "Problem": {
        "type": "object",
        "properties": {
            "type": STRING,
            "title": STRING,
            "titles": TEXTS,
            "status": WHOLE,
            "detail": STRING,
            "faults": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "field": STRING,
                        "message": TEXTS,
                        "warning": TRUTH,
                        "rule": STRING,
                        "insist": STRING,
                    },
                    "required": ["field", "message", "warning", "rule"],
                },
            },
        },
        "required": ["type", "title", "titles", "status"],
    },
}

"""The OpenAPI 3.1 document of the API, made from the declarations."""

import cauce
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.office.api.answers import COMMON, Schema, ref, words
from cauce.office.api.record_shape import codes_schema, record_schema, schema_name
from cauce.office.seat import Office


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

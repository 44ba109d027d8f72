"""The shapes of what the API answers, as JSON Schema."""

from cauce.model.text import Text

Schema = dict[str, object]


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

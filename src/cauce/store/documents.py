"""Values as JSON and back, strictly: an unknown or missing key is an error."""

import json
import types
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cauce.model.errors import BadInput

T = TypeVar("T")


def to_json(value: Any) -> bytes:
    """A dataclass as JSON; the same value gives the same bytes, and floats come back exactly."""
    text = json.dumps(asdict(value), ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def from_json(content: bytes, kind: type[T], name: str) -> T:
    """The dataclass that `to_json` wrote.

    Raises:
        BadInput: the content is no JSON or not of this kind; `name` says of what.
    """
    try:
        found: T = build(json.loads(content), kind)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"{name} of the store cannot be understood: {error}.") from error
    return found


def build(value: Any, kind: Any) -> Any:
    """A value of the declared type from what JSON holds."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(value, kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(build(item, inner[0]) for item in value)
    if origin is dict:
        return {key: build(item, inner[1]) for key, item in value.items()}
    if origin in (Union, types.UnionType):
        return None if value is None else build(value, inner[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float:
        return float(value)
    return value


def _record(value: dict[str, Any], kind: type) -> Any:
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    if set(value) != names:
        wrong = ", ".join(sorted(set(value) ^ names))
        raise ValueError(f"{kind.__name__} has other keys than expected: {wrong}")
    return kind(**{name: build(value[name], hints[name]) for name in names})

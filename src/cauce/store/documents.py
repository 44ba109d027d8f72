"""Values as JSON and back, strictly: an unknown or missing key is an error.

A field at its default is left out, and may be missing: so the nouns can grow, and what was written
before still reads, with the same hash.
"""

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from cauce.store.errors import Damaged
from cauce.store.files import sha256

T = TypeVar("T")
SEAL = "sha256"


class UnfitError(ValueError):
    """A value in a file is not of the declared type."""


def to_json(value: Any) -> bytes:
    """A dataclass as JSON; the same value gives the same bytes, and floats come back exactly."""
    return _written(plain(value))


def sealed(value: Any) -> bytes:
    """As `to_json`, with the content's hash inside, for files that nothing else vouches for."""
    content = plain(value)
    return _written({**content, SEAL: digest(content)})


def digest(value: Any) -> str:
    """The hash of a value that does not depend on how its JSON is laid out."""
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return sha256(text.encode())


def from_json(content: bytes, kind: type[T], name: str) -> T:
    """The dataclass that `to_json` wrote.

    Raises:
        Damaged: the content is no JSON or not of this kind; `name` says which file.
    """
    try:
        found: T = build(_read(content), kind)
    except (ValueError, RecursionError) as error:
        raise _misread(name, error) from error
    return found


def unsealed(content: bytes, kind: type[T], name: str) -> T:
    """The dataclass that `sealed` wrote. Raises Damaged also if its hash differs."""
    try:
        value = _read(content)
        seal = value.pop(SEAL, None) if isinstance(value, dict) else None
        if seal != digest(value):
            raise Damaged(
                f"{name} of the store is not what was written: its hash differs. Restore it from a "
                "backup."
            )
        found: T = build(value, kind)
    except (ValueError, RecursionError) as error:
        raise _misread(name, error) from error
    return found


def plain(value: Any) -> Any:
    """A value as JSON can hold it. A number that is not there (NaN) is null."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = (f for f in fields(value) if not _at_default(f, getattr(value, f.name)))
        return {field.name: plain(getattr(value, field.name)) for field in shown}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def build(value: Any, kind: Any) -> Any:
    """A value of the declared type from what JSON holds. Raises UnfitError if it is none."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(value, kind)
    if origin is tuple:
        return _sequence(_of(value, list, "list"), inner)
    if origin is dict:
        found = _of(value, dict, "object")
        return {key: build(item, inner[1]) for key, item in found.items()}
    if origin in (Union, types.UnionType):
        return None if value is None else build(value, inner[0])
    if origin is Literal:
        if value not in inner:
            raise UnfitError(f"{value!r} is none of {', '.join(map(str, inner))}")
        return value
    return _single(value, kind)


def _single(value: Any, kind: type) -> Any:
    if kind is float:
        return math.nan if value is None else float(_of(value, (int, float), "number"))
    if isinstance(value, bool) and kind is not bool:
        raise UnfitError(f"{value} is no {kind.__name__}")
    return _of(value, kind, kind.__name__)


def _sequence(items: list[Any], inner: tuple[Any, ...]) -> tuple[Any, ...]:
    if inner[-1] is Ellipsis:
        return tuple(build(item, inner[0]) for item in items)
    if len(items) != len(inner):
        raise UnfitError(f"a list has {len(items)} items and not {len(inner)}")
    return tuple(build(item, kind) for item, kind in zip(items, inner, strict=True))


def _record(value: Any, kind: type) -> Any:
    found = _of(value, dict, "object")
    known = {field.name: field for field in fields(kind)}
    unknown = found.keys() - known.keys()
    missing = {n for n, f in known.items() if n not in found and not _has_default(f)}
    if unknown or missing:
        wrong = ", ".join(sorted(unknown | missing))
        raise UnfitError(f"{kind.__name__} has other keys than expected: {wrong}")
    hints = _hints(kind)
    return kind(**{name: build(item, hints[name]) for name, item in found.items()})


def _of(value: Any, kind: Any, word: str) -> Any:
    if not isinstance(value, kind):
        raise UnfitError(f"{str(value)[:40]!r} is no {word}")
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _at_default(field: Field[Any], value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and bool(value == field.default)


def _read(content: bytes) -> Any:
    return json.loads(content, object_pairs_hook=_once, parse_constant=_no_number)


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnfitError("a key occurs twice")
    return found


def _no_number(word: str) -> float:
    raise UnfitError(f"{word} is no number")


def _misread(name: str, error: Exception) -> Damaged:
    return Damaged(f"{name} of the store cannot be understood: {error}. Restore it from a backup.")

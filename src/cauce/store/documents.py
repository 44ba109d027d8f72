"""Values as JSON and back, strictly: an unknown or missing key is an error.

A field at its default is left out, and may be missing: so the nouns can grow, and what was written
before still reads, with the same hash.
"""

import json
import math
import types
from collections.abc import Callable, Mapping
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
    kind: Any = type(value)
    if kind is str or kind is int:
        return value
    if (fields_of := _defaults(kind)) is not None:
        shown = ((name, getattr(value, name), default) for name, default in fields_of)
        return {
            name: plain(item)
            for name, item, default in shown
            if default is None or not bool(item == default())
        }
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Callable[[], Any] | None], ...] | None:
    """The fields of a dataclass, each with what makes its default; None of any other type."""
    if not is_dataclass(kind):
        return None
    return tuple((field.name, _default(field)) for field in fields(kind))


def _default(field: Field[Any]) -> Callable[[], Any] | None:
    if field.default_factory is not MISSING:
        return field.default_factory
    default = field.default
    return None if default is MISSING else lambda: default


def build(value: Any, kind: Any) -> Any:
    """A value of the declared type from what JSON holds. Raises UnfitError if it is none."""
    return _builder(kind)(value)


Builder = Callable[[Any], Any]


@cache
def _builder(kind: Any) -> Builder:
    """What builds values of a type. It is found once: a catalogue has thousands of each."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _records(kind)
    if origin is tuple:
        return _sequences(inner)
    if origin is dict:
        item = _builder(inner[1])
        return lambda value: {k: item(one) for k, one in _of(value, dict, "object").items()}
    if origin in (Union, types.UnionType):
        some = _builder(inner[0])
        return lambda value: None if value is None else some(value)
    if origin is Literal:
        return lambda value: _chosen(value, inner)
    return lambda value: value if type(value) is kind else _single(value, kind)


def _chosen(value: Any, among: tuple[Any, ...]) -> Any:
    if value not in among:
        raise UnfitError(f"{value!r} is none of {', '.join(map(str, among))}")
    return value


def _single(value: Any, kind: type) -> Any:
    if kind is float:
        return math.nan if value is None else float(_of(value, (int, float), "number"))
    if isinstance(value, bool) and kind is not bool:
        raise UnfitError(f"{value} is no {kind.__name__}")
    return _of(value, kind, kind.__name__)


def _sequences(inner: tuple[Any, ...]) -> Builder:
    if inner[-1] is Ellipsis:
        every = _builder(inner[0])
        return lambda value: tuple(map(every, _of(value, list, "list")))
    each = [_builder(kind) for kind in inner]

    def sequence(value: Any) -> tuple[Any, ...]:
        items = _of(value, list, "list")
        if len(items) != len(each):
            raise UnfitError(f"a list has {len(items)} items and not {len(each)}")
        return tuple(one(item) for one, item in zip(each, items, strict=True))

    return sequence


def _records(kind: type) -> Builder:
    names = frozenset(field.name for field in fields(kind))
    needed = frozenset(name for name, default in _defaults(kind) or () if default is None)
    hints = get_type_hints(kind)

    def record(value: Any) -> Any:
        found = _of(value, dict, "object")
        unknown, missing = found.keys() - names, needed - found.keys()
        if unknown or missing:
            wrong = ", ".join(sorted(unknown | missing))
            raise UnfitError(f"{kind.__name__} has other keys than expected: {wrong}")
        return kind(**{name: _builder(hints[name])(item) for name, item in found.items()})

    return record


def _of(value: Any, kind: Any, word: str) -> Any:
    if not isinstance(value, kind):
        raise UnfitError(f"{str(value)[:40]!r} is no {word}")
    return value


def _read(content: bytes) -> Any:
    return json.loads(content, object_pairs_hook=_once, parse_constant=_no_number)


def _written(value: Any) -> bytes:
    return _laid_out(value, "\n").encode() + b"\n"


_written_flat = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _laid_out(value: Any, line: str) -> str:
    """As `json.dumps` lays it out with an indent of 1, but sooner; `line` begins a line."""
    if not value or not isinstance(value, dict | list):
        return _written_flat(value)
    deeper = line + " "
    if isinstance(value, dict):
        items = [f"{_written_flat(k)}: {_laid_out(one, deeper)}" for k, one in value.items()]
        return "{" + deeper + f",{deeper}".join(items) + line + "}"
    return "[" + deeper + f",{deeper}".join(_laid_out(one, deeper) for one in value) + line + "]"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnfitError("a key occurs twice")
    return found


def _no_number(word: str) -> float:
    raise UnfitError(f"{word} is no number")


def _misread(name: str, error: Exception) -> Damaged:
    return Damaged(f"{name} of the store cannot be understood: {error}. Restore it from a backup.")

"""Artefacts as values JSON can hold, and back.

Fields at their defaults are left out, so that the nouns can grow. What a field holds may be of
several classes; each says which it is.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from cauce.model import structure
from cauce.model.errors import BadInput
from cauce.model.structure.artefact import Artefact

CLASS, SET = "is", "set"
CLASSES: Mapping[str, type] = {
    name: kind
    for name in structure.__all__
    if isinstance(kind := getattr(structure, name), type) and hasattr(kind, "__dataclass_fields__")
}


def plain(value: Any) -> Any:
    """A value of `cauce.model.structure` with all it holds; the same value gives the same."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, frozenset):
        return {CLASS: SET, "of": sorted(value)}
    if (name := type(value).__name__) in CLASSES:
        held = ((key, getattr(value, key), default) for key, default in _fields(name))
        said = {key: plain(one) for key, one, default in held if one != default}
        return {CLASS: name, **said}
    return value


def artefact_of(value: Any) -> Artefact:
    """The artefact that `plain` made into this.

    Raises:
        BadInput: it is none.
    """
    try:
        made = _built(value)
    except (KeyError, TypeError) as error:
        raise BadInput(f"a structure cannot be understood ({error}).") from error
    if not isinstance(made, Artefact):
        raise BadInput("a structure cannot be understood: it is no artefact.")
    return made


def _built(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_built, value))
    if not isinstance(value, dict):
        return value
    if value[CLASS] == SET:
        return frozenset(value["of"])
    return CLASSES[value[CLASS]](**{k: _built(v) for k, v in value.items() if k != CLASS})


@cache
def _fields(name: str) -> tuple[tuple[str, Any], ...]:
    """The fields of a class, each with its default; `MISSING` where there is none."""
    return tuple((each.name, each.default) for each in fields(CLASSES[name]))

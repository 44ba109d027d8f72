"""Every format of structures that is written: its media type and its writer, under one name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from cauce.model.structure import Artefact
from cauce.portal.sdmx.asking import Asking
from cauce.portal.sdmx.formats import Choice, choice
from cauce.publish import Message
from cauce.publish.structure.json import structures_json
from cauce.publish.structure.ml import structures_ml

Write: TypeAlias = Callable[[Iterable[Artefact], Message], bytes]


@dataclass(frozen=True)
class StructureFormat:
    """A format of structures; `of` are the versions of the service whose standard has it."""

    media_type: str
    of: int
    write: Write


def _ml(version: str) -> Write:
    return partial(structures_ml, version=version)  # type: ignore[arg-type]


def _json(version: str) -> Write:
    return partial(structures_json, version=version)  # type: ignore[arg-type]


ML, JSON = "application/vnd.sdmx.structure+xml", "application/vnd.sdmx.structure+json"
STRUCTURE_FORMATS: Mapping[str, StructureFormat] = {
    "ml-2.1": StructureFormat(f"{ML};version=2.1", 1, _ml("2.1")),
    "json-1.0": StructureFormat(f"{JSON};version=1.0.0", 1, _json("1.0")),
    "ml-3.0": StructureFormat(f"{ML};version=3.0.0", 2, _ml("3.0")),
    "ml-3.1": StructureFormat(f"{ML};version=3.1.0", 2, _ml("3.1")),
    "json-2.0": StructureFormat(f"{JSON};version=2.0.0", 2, _json("2.0")),
    "json-2.1": StructureFormat(f"{JSON};version=2.1.0", 2, _json("2.1")),
}
DEFAULTS = {1: "ml-2.1", 2: "json-2.1"}


def structure_format_of(asking: Asking) -> Choice:
    """The format of structures that is asked for. Raises Refusal, 406, if it is none."""
    served = {name: form.media_type for name, form in STRUCTURE_FORMATS.items()}
    own = [name for name, form in STRUCTURE_FORMATS.items() if form.of == asking.version]
    return choice(asking.request, served, DEFAULTS[asking.version], own)

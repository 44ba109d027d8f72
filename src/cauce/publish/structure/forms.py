"""Every format of structures that is written: its media type and its writer.

Whoever negotiates looks here: `STRUCTURE_FORMATS[name].write(artefacts, message)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from cauce.model.structure import Artefact
from cauce.publish.message import Message
from cauce.publish.structure.json import structures_json
from cauce.publish.structure.ml import structures_ml

Write = Callable[[Iterable[Artefact], Message], bytes]


@dataclass(frozen=True)
class StructureFormat:
    """A format of structures: `application/vnd.sdmx.structure+` `syntax` `;version=` `version`.

    `of` is the version of the REST API whose standard has it; a service may give it at both.
    """

    syntax: str
    version: str
    of: int
    write: Write

    @property
    def media_type(self) -> str:
        return f"application/vnd.sdmx.structure+{self.syntax};version={self.version}"


STRUCTURE_FORMATS: dict[str, StructureFormat] = {
    "ml-2.1": StructureFormat("xml", "2.1", 1, partial(structures_ml, version="2.1")),
    "json-1.0": StructureFormat("json", "1.0.0", 1, partial(structures_json, version="1.0")),
    "json-2.1": StructureFormat("json", "2.1.0", 2, partial(structures_json, version="2.1")),
    "json-2.0": StructureFormat("json", "2.0.0", 2, partial(structures_json, version="2.0")),
    "ml-3.1": StructureFormat("xml", "3.1.0", 2, partial(structures_ml, version="3.1")),
    "ml-3.0": StructureFormat("xml", "3.0.0", 2, partial(structures_ml, version="3.0")),
}
"""By name; of each version of the REST API the first is its default."""

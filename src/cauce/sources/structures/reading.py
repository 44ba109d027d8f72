"""From a structure message of another agency to artefacts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.model.structure import Artefact
from cauce.model.structure.plain import artefact_of
from cauce.sources.hashing import hash_file
from cauce.sources.limits import Limits
from cauce.sources.process import Progress, Request, ask, private_folder
from cauce.sources.staging import identity, refuse_change
from cauce.sources.structures.worker import LISTED

WORKER = "cauce.sources.structures.worker"


@dataclass(frozen=True)
class Structures:
    """The artefacts of a message in its order, and the hash and size of its bytes.

    `left` counts the elements that stand for nothing Cauce holds, such as VtlMappingScheme.
    """

    artefacts: tuple[Artefact, ...]
    left: Mapping[str, int]
    sha256: str
    size: int


def read_structures(path: Path, progress: Progress | None = None) -> Structures:
    """The artefacts of a structure message of SDMX-ML 2.1, 3.0 or 3.1.

    Raises:
        BadInput: it is none, or could harm; the file and the line are named.
    """
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    before = identity(path)
    try:
        with private_folder() as folder:
            request = Request("structures", path, "", "xml", None, None)
            found = ask(request, folder, Limits(), progress, WORKER)
            with (folder / LISTED).open(encoding="utf-8") as file:
                artefacts = tuple(artefact_of(json.loads(line)) for line in file)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    sha256, size = hash_file(path)
    refuse_change(path, before)
    return Structures(artefacts, found["left"], sha256, size)

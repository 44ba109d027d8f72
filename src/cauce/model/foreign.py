"""A dataflow of another agency, as its own data structure has it."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.codelist import Code
from cauce.model.structure.urn import Ref
from cauce.model.text import Text

Attached = Literal["dataset", "series", "observation"]


@dataclass(frozen=True)
class ForeignAttribute:
    """An attribute: what its values are attached to, and the codes that occur if it is coded.

    At the level series, `dimensions` are those its value depends on: all of the key, or the ones
    of its group, which `group` then names. `type` is the SDMX data type of what is not coded.
    """

    id: str
    name: Text
    level: Attached
    codes: tuple[Code, ...] = ()
    type: str = "String"
    dimensions: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Foreign:
    """Whose dataflow it is, and the structure its data follow.

    `dimensions` are those of the structure, in the order of its key and time last. `measure` is
    what it calls the value.
    """

    flow: Ref
    structure: Ref
    dimensions: tuple[str, ...]
    attributes: tuple[ForeignAttribute, ...] = ()
    measure: str = "OBS_VALUE"


def stored_as(flow: Ref) -> str:
    """The name of another agency's dataflow in the store: unlike any of ours, and a file name.

    No agency and no version has "@" or "_" where these stand, so that two never share a name.
    """
    return f"{flow.agency}@{flow.id}@{flow.version.replace('.', '_')}"

"""Names and files of the editions of public registers, beside the vintages of dataflows."""

from cauce.model.shelf import Edition
from cauce.model.vintage import Manifest
from cauce.store.documents import from_json

ALL = "registers"
PREFIX = f"{ALL}."
"""No dataflow has a dot in its id."""


def shelf_name(register: str) -> str:
    """What a register is called among the dataflows of a catalog."""
    return f"{PREFIX}{register}"


def is_shelf(name: str) -> bool:
    return name.startswith(PREFIX)


def objects_of(content: bytes, name: str, file: str) -> frozenset[str]:
    """The objects a manifest refers to. Raises Damaged if it cannot be understood.

    Args:
        name: "dataflow/vintage", or the same of a register.
        file: what the file is called in messages.
    """
    if is_shelf(name):
        return frozenset({from_json(content, Edition, file).object_sha256})
    return from_json(content, Manifest, file).objects

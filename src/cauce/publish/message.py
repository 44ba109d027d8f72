"""What a message says beside its observations."""

import re
from dataclasses import dataclass

from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.publish.components import ATTRIBUTES, Attribute, attributes_of

UNSAFE = re.compile(r"[^A-Za-z0-9_@$-]+")


@dataclass(frozen=True)
class Message:
    """The head of a message and what of the observations goes into it.

    `prepared` is an ISO 8601 date and time with its zone. `audited` says that linked tables were
    protected together. `attributes` and `value` cut the message down; dimensions always stay.
    """

    id: str
    prepared: str
    audited: bool
    language: Language = "en"
    attributes: tuple[Attribute, ...] = ATTRIBUTES
    value: bool = True

    @property
    def shape(self) -> tuple[object, ...]:
        """What the rows of a message depend on: messages of one shape have the same rows."""
        return (self.language, self.audited, self.value, *(a.id for a in self.attributes))

    def at(self, level: str) -> tuple[Attribute, ...]:
        """The attributes attached to `level`."""
        return tuple(a for a in self.attributes if a.level == level)


def message_of(manifest: Manifest) -> Message:
    """The head of every message about one vintage of a dataflow."""
    name = f"{manifest.dataflow.id}-{manifest.vintage}"
    return Message(
        UNSAFE.sub("_", name),
        manifest.published_at,
        manifest.audited,
        attributes=attributes_of(manifest.dataflow),
    )

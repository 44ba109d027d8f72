"""Items of a scheme."""

from __future__ import annotations

from dataclasses import dataclass

from cauce.model.structure.annotation import Annotation
from cauce.model.structure.component import Representation
from cauce.model.structure.urn import Ref
from cauce.model.text import Words


@dataclass(frozen=True)
class Contact:
    """Whom to ask at an organisation; `ways` are pairs such as ("Email", "…"), ("Telephone", "…").

    The first of a pair is Telephone, Fax, X400, URI or Email.
    """

    id: str = ""
    names: Words = ()
    departments: Words = ()
    roles: Words = ()
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Item:
    """A code, concept, category, organisation or value.

    SDMX nests categories and reporting categories, as `items`; of all others it says what stands
    above them, as `parent`, the id of an item of the same scheme. `core` is what stands behind a
    concept; `refs` is what a reporting category is about.
    """

    id: str
    names: Words = ()
    descriptions: Words = ()
    parent: str = ""
    items: tuple[Item, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    core: Representation | None = None
    contacts: tuple[Contact, ...] = ()
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class Items:
    """What a scheme holds, in its order; `partial` says that some of it is left out."""

    items: tuple[Item, ...] = ()
    partial: bool = False

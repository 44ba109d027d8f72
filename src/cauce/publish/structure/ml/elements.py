"""Elements of SDMX-ML: names, notes and references, as each version writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from lxml import etree

from cauce.model.structure import ITEMS, KINDS, Annotation, Contact, Ref, urn_of
from cauce.model.structure.urn import OLD_CLASSES
from cauce.model.text import Words

Version: TypeAlias = Literal["2.1", "3.0", "3.1"]
Element = etree._Element
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Ml:
    """Writes elements of one version."""

    version: Version

    @property
    def old(self) -> bool:
        return self.version == "2.1"

    @cached_property
    def spaces(self) -> dict[str, str]:
        base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{self.version.replace('.', '_')}"
        return {
            "mes": f"{base}/message",
            "str": f"{base}/structure",
            "com": f"{base}/common",
        }

    def node(
        self,
        name: str,
        *parts: "Element | str | Iterable[Element] | None",
        at: Mapping[str, str] | None = None,
    ) -> Element:
        """An element: `str:Code` in a namespace, `Ref` in none.

        Of its parts, elements and lists of them are children, text is its text, None is nothing.
        `at` are its attributes; those that are "" are left out.
        """
        prefix, _, local = name.rpartition(":")
        tag = f"{{{self.spaces[prefix]}}}{local}" if prefix else local
        made = etree.Element(tag, None, self.spaces if prefix else None)
        for key, value in (at or {}).items():
            if value:
                made.set(key, value)
        for part in parts:
            if isinstance(part, str):
                made.text = part
            elif isinstance(part, etree._Element):
                made.append(part)
            elif part is not None:
                made.extend(part)
        return made

    def words(self, name: str, words: Words) -> list[Element]:
        """One element for each language."""
        return [self.node(name, text, at={XML_LANG: language}) for language, text in words]

    def said(
        self, names: Words, descriptions: Words, annotations: tuple[Annotation, ...], id_: str = ""
    ) -> list[Element]:
        """Annotations, names, descriptions: what opens every element. A name there must be."""
        told = names or (("en", id_),) if id_ else names
        return [
            *self.annotations(annotations),
            *self.words("com:Name", told),
            *self.words("com:Description", descriptions),
        ]

    def annotations(self, annotations: tuple[Annotation, ...]) -> list[Element]:
        if not annotations:
            return []
        return [self.node("com:Annotations", [self._annotation(one) for one in annotations])]

    def _annotation(self, one: Annotation) -> Element:
        told = [
            ("com:AnnotationTitle", one.title),
            ("com:AnnotationType", one.type),
            ("com:AnnotationURL", one.url),
        ]
        parts = [self.node(tag, text) for tag, text in told if text]
        texts = one.texts
        if one.value and self.old:
            # 2.1 has no value of its own: the text is where its readers look.
            texts = texts or (("en", one.value),)
        elif one.value:
            parts.append(self.node("com:AnnotationValue", one.value))
        parts += self.words("com:AnnotationText", texts)
        return self.node("com:Annotation", parts, at={"id": one.id})

    def contact(self, one: Contact) -> Element:
        return self.node(
            "str:Contact",
            self.words("com:Name", one.names),
            self.words("str:Department", one.departments),
            self.words("str:Role", one.roles),
            [self.node(f"str:{way}", told) for way, told in one.ways],
            at={"id": one.id},
        )

    def ref(self, name: str, ref: Ref) -> Element:
        """A reference to an artefact or an item: `<Ref …>` in 2.1, its URN in 3."""
        if not self.old:
            return self.node(name, urn_of(ref))
        package, _, class_ = _class(ref).partition(".")
        version = plain(ref.version)
        if ref.item:
            told = {
                "id": ref.item,
                "maintainableParentID": ref.id,
                "maintainableParentVersion": version,
            }
        else:
            told = {"id": ref.id, "version": version}
        told |= {"agencyID": ref.agency, "package": package, "class": class_}
        return self.node(name, self.node("Ref", at=told))

    def local(self, name: str, id_: str, at: Mapping[str, str] | None = None) -> Element:
        """A reference to something in the same artefact."""
        if not self.old:
            return self.node(name, id_)
        return self.node(name, self.node("Ref", at={"id": id_, **(at or {})}))


def _class(ref: Ref) -> str:
    if ref.item:
        return ref.part or ITEMS[ref.kind]
    return OLD_CLASSES.get(ref.kind, KINDS[ref.kind])


def plain(version: str) -> str:
    """A version as SDMX 2.1 can write it: without wildcards and without an extension."""
    return "".join(sign for sign in version.partition("-")[0] if sign not in "+~*")


def flag(told: bool) -> str:
    """As XML writes what is so; "" where it is not, which is what it says by saying nothing."""
    return "true" if told else ""

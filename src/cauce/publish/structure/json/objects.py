"""Objects of SDMX-JSON: names, notes and references, as each version writes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cauce.model.structure import Annotation, Contact, Ref, urn_of
from cauce.model.text import Language, Words
from cauce.publish.structure.ml.elements import plain

Version: TypeAlias = Literal["1.0", "2.0", "2.1"]
Json = dict[str, Any]
ZONED = re.compile(r"(Z|[+-]\d\d:\d\d)$")
WAYS = {
    "Telephone": "telephones",
    "Fax": "faxes",
    "X400": "x400s",
    "URI": "uris",
    "Email": "emails",
}


def told(**parts: object) -> Json:
    """An object of what is said: what is None, "" or empty is left out; no and 0 are said."""
    return {
        name: part
        for name, part in parts.items()
        if part is not None and part != "" and part != [] and part != {} and part != ()
    }


def moment(text: str) -> str:
    """A date or a moment as a moment with its zone, as JSON has it; UTC where none is said."""
    if not text:
        return text
    full = text if "T" in text else f"{text}T00:00:00"
    return full if ZONED.search(full) else f"{full}Z"


@dataclass(frozen=True)
class Js:
    """Writes objects of one version for readers of one language."""

    version: Version
    language: Language

    @property
    def old(self) -> bool:
        return self.version == "1.0"

    def words(self, one: str, many: str, words: Words) -> Json:
        """The words in the reader's language, or else the first, and in all."""
        if not words:
            return {}
        by_language = dict(words)
        best = by_language.get(self.language, words[0][1])
        return {one: best, many: by_language}

    def said(
        self, names: Words, descriptions: Words, annotations: tuple[Annotation, ...], id_: str = ""
    ) -> Json:
        """Names, descriptions and annotations. A name there must be."""
        return {
            **self.words("name", "names", names or (("en", id_),)),
            **self.words("description", "descriptions", descriptions),
            **self.annotations(annotations),
        }

    def annotations(self, annotations: tuple[Annotation, ...]) -> Json:
        return told(annotations=[self._annotation(one) for one in annotations])

    def _annotation(self, one: Annotation) -> Json:
        texts = one.texts or ((("en", one.value),) if self.old and one.value else ())
        return {
            **told(
                id=one.id,
                title=one.title,
                type=one.type,
                value="" if self.old else one.value,
                links=[{"rel": "self", "href": one.url}] if one.url else [],
            ),
            **self.words("text", "texts", texts),
        }

    def contacts(self, contacts: Iterable[Contact]) -> list[Json]:
        return [self._contact(one) for one in contacts]

    def _contact(self, one: Contact) -> Json:
        ways: dict[str, list[str]] = {}
        for way, value in one.ways:
            ways.setdefault(WAYS[way], []).append(value)
        return {
            **told(id="" if self.old else one.id),
            **self.words("name", "names", one.names),
            **self.words("department", "departments", one.departments),
            **self.words("role", "roles", one.roles),
            **ways,
        }

    def ref(self, ref: Ref) -> str:
        """A reference: its URN."""
        version = plain(ref.version) if self.old else ref.version
        own = Ref(ref.kind, ref.agency, ref.id, version, ref.item, ref.part)
        return urn_of(own, self.old)

    def refs(self, refs: Iterable[Ref]) -> list[str]:
        return [self.ref(ref) for ref in refs]

    def part(self, ref: Ref, item: str, class_: str = "") -> str:
        """The URN of something in an artefact."""
        return self.ref(Ref(ref.kind, ref.agency, ref.id, ref.version, item, class_))

    def self_link(self, ref: Ref, item: str, class_: str = "") -> list[Json]:
        return [{"rel": "self", "urn": self.part(ref, item, class_)}]

"""The code lists of a package: every code of the tables in it, with its words in both languages."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cauce.model.codelist import Code
from cauce.model.text import Language, Text

FIELDS = (
    ("id", Text("Code", "Código")),
    ("name_en", Text("Name in English", "Nombre en inglés")),
    ("name_es", Text("Name in Spanish", "Nombre en español")),
    ("parent", Text("Code it is a part of", "Código del que es parte")),
)


@dataclass
class Listed:
    """A code list and the codes that were met, in the order they were."""

    id: str
    name: Text
    codes: dict[str, Code] = field(default_factory=dict)

    @property
    def resource_name(self) -> str:
        return self.id.lower()

    def csv(self) -> bytes:
        """The list; a parent that is not in it is left out."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([name for name, _ in FIELDS])
        for code in self.codes.values():
            parent = code.parent if code.parent in self.codes else ""
            writer.writerow([code.id, code.name.en, code.name.es, parent])
        return text.getvalue().encode()

    def resource(self, path: str, language: Language) -> dict[str, Any]:
        names = {"name_en": "en", "name_es": "es"}
        fields = [
            {"name": name, "type": "string", "title": title.of(language)}
            | ({"language": names[name]} if name in names else {})
            | ({} if name == "parent" else {"constraints": {"required": True}})
            for name, title in FIELDS
        ]
        fields[0]["constraints"] = {"required": True, "unique": True}
        return {
            "name": self.resource_name,
            "type": "table",
            "path": path,
            "title": self.name.of(language),
            "titles": {"en": self.name.en, "es": self.name.es},
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": fields,
                "primaryKey": ["id"],
                "foreignKeys": [
                    {"fields": ["parent"], "reference": {"resource": "", "fields": ["id"]}}
                ],
                "missingValues": [""],
            },
        }


class Lists:
    """The lists of a package, each once: what tables say of one stands together.

    Two lists of one id whose codes have other words, as every country's regions, are told apart.
    """

    def __init__(self) -> None:
        self._lists: dict[str, list[Listed]] = {}

    def add(self, id_: str, name: Text, codes: Sequence[Code]) -> Listed:
        """The list some codes of a column stand in."""
        known = self._lists.setdefault(id_, [])
        for listed in known:
            if all(listed.codes.get(code.id, code).name == code.name for code in codes):
                break
        else:
            listed = Listed(f"{id_}_{len(known) + 1}" if known else id_, name)
            known.append(listed)
        for code in codes:
            listed.codes.setdefault(code.id, code)
        return listed

    def all(self) -> Iterator[Listed]:
        for id_ in sorted(self._lists):
            yield from self._lists[id_]

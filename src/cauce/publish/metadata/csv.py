"""Metadata sets as a metadata message of SDMX-CSV 2.0 and 2.1: a row a set."""

from collections.abc import Iterable
from typing import Literal

from cauce.model.structure import Ref
from cauce.model.text import LANGUAGES, Language, Text
from cauce.publish.metadata.report import MetadataSet
from cauce.publish.options import Labels
from cauce.publish.sdmx_csv import quoted
from cauce.publish.sims import CONCEPTS
from cauce.publish.structure.own import FLOW_NAME, attribute_id

BETWEEN = "|"
"""Stands between the languages of a text, in which it does not stand itself."""


def metadata_csv(
    sets: Iterable[MetadataSet], version: Literal["2.0", "2.1"], language: Language, labels: Labels
) -> bytes:
    """Every text in both languages; `language` is of the names that `labels` asks for.

    Source: sdmx-csv 2.0.0 and 2.1, metadata message, field guides. 2.0 has a column of actions.
    """
    action = ["I"] if version == "2.0" else []
    lines = [_line(_head(language, labels, ["ACTION"] if action else []))]
    lines += [_line(_row(one, language, labels, action)) for one in sets]
    return "".join(lines).encode()


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(quoted, cells)) + "\n"


def _head(language: Language, labels: Labels, action: list[str]) -> list[str]:
    def pair(id_: str, name: str) -> list[str]:
        return [id_, name] if labels == "name" else [id_]

    spoken = f"[{BETWEEN.join(LANGUAGES)}]"
    head = [f"MDSTRUCTURE[{BETWEEN}]"]
    head += pair("MDSTRUCTURE_ID", "MDSTRUCTURE_NAME") + pair("METADATASET_ID", "METADATASET_NAME")
    head += [*action, "TARGET_TYPES", *pair("TARGET_IDS", "TARGET_NAMES")]
    for code, name in CONCEPTS:
        id_, word = f"{attribute_id(code)}{spoken}", name.of(language)
        head += [f"{id_}: {word}"] if labels == "both" else pair(id_, word)
    return head


def _row(one: MetadataSet, language: Language, labels: Labels, action: list[str]) -> list[str]:
    own = Ref("", one.metadataflow.agency, one.id, one.version)
    row = ["metadataflow", *_named(one.metadataflow, FLOW_NAME.of(language), labels)]
    row += [*_named(own, one.name.of(language), labels), *action]
    row += ["dataflow", *_named(one.target, one.name.of(language), labels)]
    for _, text in one.attributes:
        row += [_spoken(text), ""] if labels == "name" else [_spoken(text)]
    return row


def _named(ref: Ref, name: str, labels: Labels) -> list[str]:
    told = f"{ref.agency}:{ref.id}({ref.version})"
    return {"id": [told], "both": [f"{told}: {name}"], "name": [told, name]}[labels]


def _spoken(text: Text | None) -> str:
    """`en:…|es:…`; nothing where nothing is known."""
    if text is None:
        return ""
    parts = (f"{one}:{text.of(one).replace(BETWEEN, '/')}" for one in LANGUAGES)
    return BETWEEN.join(parts)

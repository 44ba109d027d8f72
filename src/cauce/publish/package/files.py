"""The files of a Data Package, one after another; its descriptor comes last and knows them all.

Source: Frictionless Data, Data Package 2.0 (26 June 2024).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cauce.model.rule import rule_in
from cauce.model.text import Language, Text
from cauce.model.vintage import Manifest
from cauce.publish.package.lists import Lists
from cauce.publish.package.schema import resource_schema
from cauce.publish.package.words import licences, readme
from cauce.publish.plain import plain_csv
from cauce.publish.rows import Rows

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCES = "LICENCES.md"
MANY_ROWS = 2_000_000
"""Rows that may take 2 GB: none of ours takes 1,000 bytes."""


@dataclass(frozen=True)
class Packed:
    """A vintage of a table in a package; `rows` reads those that go into it when it is its turn.

    `part` says that these are not all rows.
    """

    manifest: Manifest
    rows: Callable[[], Rows]
    part: bool = False


@dataclass(frozen=True)
class Entry:
    """A file of the package: its path and its bytes, to be taken before the next entry is.

    `large` says that it may have more than 2 GB.
    """

    path: str
    chunks: Iterable[bytes]
    large: bool = False


class _Measured:
    """Bytes on their way, counted and hashed."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._hash = hashlib.sha256()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._hash.update(chunk)
            self._size += len(chunk)
            yield chunk

    def told(self) -> dict[str, Any]:
        return {"bytes": self._size, "hash": f"sha256:{self._hash.hexdigest()}"}


def package_files(
    tables: Sequence[Packed], title: Text, language: Language, homepage: str = ""
) -> Iterator[Entry]:
    """README, licences, a CSV a table, a CSV a code list, `datapackage.json`.

    The same tables give the same bytes. A table is read when it is its turn and let go after it.

    Args:
        title: of the package.
        language: of the words where the format has room for one language alone.
        homepage: the address it is from, "" if it is from none.
    """
    manifests = [one.manifest for one in tables]
    yield Entry("README.md", (readme(manifests, title),))
    yield Entry(LICENCES, (licences(manifests),))
    lists, resources = Lists(), []
    for one in tables:
        rows = one.rows()
        schema = resource_schema(rows, lists, language)
        measured = _Measured(plain_csv(rows, language, "id"))
        path = f"data/{one.manifest.dataflow.id}.csv"
        yield Entry(path, measured, len(rows) > MANY_ROWS)
        resources.append(_data(one, path, schema, language) | measured.told())
        del rows
    for codelist in lists.all():
        path, measured = f"codelists/{codelist.id}.csv", _Measured((codelist.csv(),))
        yield Entry(path, measured)
        resources.append(codelist.resource(path, language) | measured.told())
    whole = _package(manifests, title, language, homepage) | {"resources": resources}
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    yield Entry("datapackage.json", (text.encode(),))


def _package(
    manifests: Sequence[Manifest], title: Text, language: Language, homepage: str
) -> dict[str, Any]:
    flows = [manifest.dataflow for manifest in manifests]
    name = flows[0].id.lower() if len(flows) == 1 else "cauce"
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "name": name,
        "title": title.of(language),
        "titles": _both(title),
        "languages": _languages(language),
        "created": max(manifest.published_at for manifest in manifests),
        "licenses": _licenses(rule_in(flow.source.licence, language) for flow in flows),
        "sources": _sources(flow.source.citation for flow in flows),
        "contributors": [{"title": "Cauce", "roles": ["publisher"]}],
    }
    if len(manifests) == 1:
        told["version"] = manifests[0].vintage
    if homepage:
        told |= {"id": homepage, "homepage": homepage}
    if any(flow.source.invented for flow in flows):
        told["description"] = INVENTED.of(language)
    return told


INVENTED = Text(
    "Data of an invented country: no figure is real.",
    "Datos de un país inventado: ninguna cifra es real.",
)


def _data(one: Packed, path: str, schema: dict[str, Any], language: Language) -> dict[str, Any]:
    manifest, flow = one.manifest, one.manifest.dataflow
    told: dict[str, Any] = {
        "name": flow.id.lower(),
        "type": "table",
        "path": path,
        "title": flow.name.of(language),
        "titles": _both(flow.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": _licenses([rule_in(flow.source.licence, language)]),
        "sources": _sources([flow.source.citation]),
        "version": manifest.vintage,
        "published_at": manifest.published_at,
        "invented": flow.source.invented,
        "schema": schema,
    }
    return told | {"part": True} if one.part else told


def _licenses(texts: Iterable[str]) -> list[dict[str, str]]:
    """Licences in the words of who gives them; the file has all of them, in both languages."""
    return [{"path": LICENCES, "title": text} for text in dict.fromkeys(texts)]


def _sources(citations: Iterable[str]) -> list[dict[str, str]]:
    return [{"title": citation} for citation in dict.fromkeys(citations)]


def _languages(first: Language) -> list[str]:
    return [first, "es" if first == "en" else "en"]


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}

"""How a table is cited, with its vintage: in words, BibTeX, RIS and CSL-JSON.

Sources: CSL 1.0.2, schema csl-data.json; RIS as reference managers read it, type DATA; BibTeX.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cauce.model.vintage import Manifest
from cauce.portal.said_by import said_by
from cauce.portal.words import Words

PROGRAM = "Cauce"


@dataclass(frozen=True)
class Citation:
    """A vintage of a table as it is cited; `url` names the vintage, so that it stays what it was.

    `producer` is what the producer asks to be cited as, and Cauce made the figures of it.
    """

    id: str
    producer: str
    title: str
    vintage: str
    released: datetime
    url: str
    language: str
    note: str


def citation(manifest: Manifest, words: Words, root: str) -> Citation:
    """`root` is where the site is, with no slash at its end."""
    flow = manifest.dataflow
    url = f"{root}/{words.language}/tables/{flow.id}?vintage={manifest.vintage}"
    return Citation(
        id=re.sub(r"[^A-Za-z0-9]+", "_", f"{flow.id}_{manifest.vintage}"),
        producer=said_by(flow.source, words),
        title=words.of(flow.name),
        vintage=manifest.vintage,
        released=datetime.fromisoformat(manifest.published_at),
        url=url,
        language=words.language,
        note=words("invented_short") if flow.source.invented else "",
    )


def as_text(one: Citation, words: Words) -> str:
    """In words, as it stands in a list of references."""
    told = words(
        "cite_text",
        producer=one.producer.rstrip("."),
        title=one.title,
        vintage=one.vintage,
        day=words.day(one.released.date()),
        url=one.url,
    )
    return f"{told} {one.note}".strip()


def as_bibtex(one: Citation, words: Words) -> str:
    note = ". ".join(x for x in (f"{words('vintage')} {one.vintage}", one.note) if x)
    fields = {
        "author": f"{{{_tex(one.producer)}}}",
        "title": f"{{{_tex(one.title)}}}",
        "year": str(one.released.year),
        "month": str(one.released.month),
        "publisher": PROGRAM,
        "version": _tex(one.vintage),
        "note": _tex(note),
        "url": one.url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{one.id},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    """Text that TeX takes as it stands."""
    plain = text.replace("\\", "").replace("{", "").replace("}", "")
    return re.sub(r"([&%$#_])", r"\\\1", plain).replace("~", " ").replace("^", " ")


def as_ris(one: Citation, words: Words) -> str:
    lines = (
        ("TY", "DATA"),
        ("AU", one.producer),
        ("TI", one.title),
        ("PY", str(one.released.year)),
        ("DA", one.released.strftime("%Y/%m/%d")),
        ("ET", one.vintage),
        ("PB", PROGRAM),
        ("LA", one.language),
        ("UR", one.url),
        ("N1", ". ".join(x for x in (f"{words('vintage')} {one.vintage}", one.note) if x)),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {' '.join(text.split())}".rstrip(" ") + "\r\n" for tag, text in lines)


def as_csl(one: Citation) -> str:
    told: dict[str, Any] = {
        "id": one.id,
        "type": "dataset",
        "author": [{"literal": one.producer}],
        "title": one.title,
        "version": one.vintage,
        "publisher": PROGRAM,
        "issued": {"date-parts": [[one.released.year, one.released.month, one.released.day]]},
        "URL": one.url,
        "language": one.language,
    }
    if one.note:
        told["note"] = one.note
    return json.dumps([told], ensure_ascii=False, indent=1) + "\n"

"""The page that checks cards without a network: one file, nothing fetched, nothing kept."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from cauce.model.card import CardKey


def words() -> dict[str, dict[str, str]]:
    """What the page says, in each language: each verdict, and with "_is" what it means."""
    folder = files("cauce.publish.cards")
    told: dict[str, dict[str, str]] = json.loads(folder.joinpath("words.json").read_text("utf-8"))
    return told


def page(ring: Mapping[str, CardKey], lists: Sequence[str], made_at: datetime) -> str:
    """The page as HTML, with the ring and the signed lists in it.

    Args:
        ring: the keys the page will know; it takes no others, so a person cannot be talked into
            loading a forger's.
        lists: signed lists of revoked cards as text; newer ones may be loaded from a file later.
        made_at: when it is made; the page shows it.
    """
    folder = files("cauce.publish.cards")
    script = "".join(
        folder.joinpath(name).read_text("utf-8") for name in ("ed25519.js", "check.js", "page.js")
    )
    given = {
        "made": made_at.isoformat(timespec="seconds"),
        "words": words(),
        "ring": [
            {
                "id": key.id,
                "public": key.public.hex(),
                "mechanism": key.mechanism,
                "withdrawn": key.withdrawn,
                "en": key.issuer.en,
                "es": key.issuer.es,
            }
            for key in ring.values()
        ],
        "lists": list(lists),
    }
    # A "<" in data could end its element; as an escape it says the same.
    data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
    parts = {
        "%STYLE%": folder.joinpath("page.css").read_text("utf-8"),
        "%HASH%": base64.b64encode(sha256(script.encode()).digest()).decode(),
        "%SCRIPT%": script,
        "%DATA%": data,
    }
    html = folder.joinpath("page.html").read_text("utf-8")
    for mark, part in parts.items():
        html = html.replace(mark, part)
    return html

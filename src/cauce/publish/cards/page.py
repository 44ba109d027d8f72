"""The page that checks cards without a network, in one file; and the same page for recording.

The first fetches nothing and keeps nothing. The second also keeps what a post or a farm records,
and sends it to one address when there is a network.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from cauce.model.card import CardKey


def words(*more: str) -> dict[str, dict[str, str]]:
    """What the page says, in each language: each verdict, and with "_is" what it means.

    Words of further files stand in the place of the same ones of the first.
    """
    folder = files("cauce.publish.cards")
    told: dict[str, dict[str, str]] = {"en": {}, "es": {}}
    for name in ("words.json", *more):
        for language, said in json.loads(folder.joinpath(name).read_text("utf-8")).items():
            told[language] |= said
    return told


def page(
    ring: Mapping[str, CardKey], lists: Sequence[str], made_at: datetime, door: str = ""
) -> str:
    """The page as HTML, with the ring and the signed lists in it.

    Args:
        ring: the keys the page will know; it takes no others, so a person cannot be talked into
            loading a forger's.
        lists: signed lists of revoked cards as text; newer ones may be loaded from a file later.
        made_at: when it is made; the page shows it.
        door: where devices send what they recorded, such as https://office.example; "" for a page
            that records nothing.
    """
    folder = files("cauce.publish.cards")
    names = ("ed25519.js", "check.js", "page.js", *(("recorder.js",) if door else ()))
    script = "".join(folder.joinpath(name).read_text("utf-8") for name in names)
    given = {
        "made": made_at.isoformat(timespec="seconds"),
        "words": words("recorder_words.json") if door else words(),
        "door": door,
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
        "%CONNECT%": f" connect-src {door};" if door else "",
        "%RECORDER%": folder.joinpath("recorder.html").read_text("utf-8") if door else "",
        "%STYLE%": folder.joinpath("page.css").read_text("utf-8"),
        "%HASH%": base64.b64encode(sha256(script.encode()).digest()).decode(),
        "%SCRIPT%": script,
        "%DATA%": data,
    }
    html = folder.joinpath("page.html").read_text("utf-8")
    for mark, part in parts.items():
        html = html.replace(mark, part)
    return html

"""A ring of public keys as a file that anybody may have."""

import json
import re
from hashlib import sha256
from typing import Any

from cauce.model.card import CardKey, Ring
from cauce.model.errors import BadInput
from cauce.model.text import Text

MECHANISM = re.compile(r"[A-Z]{2,12}")
COUNTRY = re.compile(r"[A-Z]{3}")


def key_id(public: bytes) -> str:
    """The 8 digits by which cards name a key: the first of its hash, not handed out by anybody."""
    return sha256(public).hexdigest()[:8]


def ring_text(ring: Ring) -> str:
    """The ring as JSON, sorted, the same for the same keys."""
    keys = [
        {
            "id": key.id,
            "public": key.public.hex(),
            "mechanism": key.mechanism,
            "country": key.country,
            "issuer": {"en": key.issuer.en, "es": key.issuer.es},
            "withdrawn": key.withdrawn,
        }
        for key in sorted(ring.values(), key=lambda key: key.id)
    ]
    return json.dumps({"cauce_ring": 1, "keys": keys}, ensure_ascii=False, indent=1) + "\n"


def read_ring(text: str) -> Ring:
    """The keys of a ring. Raises BadInput if it is none, or a key is not what its name says."""
    try:
        told = json.loads(text)
        if told["cauce_ring"] != 1:
            raise BadInput(f"A ring of version {told['cauce_ring']!r} is not known here.")
        keys = [_key(one) for one in told["keys"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("This is no ring of card keys. Export it anew: cauce card page.") from error
    return {key.id: key for key in keys}


def _key(one: dict[str, Any]) -> CardKey:
    public = bytes.fromhex(one["public"])
    issuer = Text(str(one["issuer"]["en"]), str(one["issuer"]["es"]))
    key = CardKey(one["id"], public, one["mechanism"], one["country"], issuer, one["withdrawn"])
    if len(public) != 32 or key.id != key_id(public) or key.withdrawn not in (True, False):
        raise BadInput("A key of the ring is not the one its name says. Export the ring anew.")
    refuse_names(key.mechanism, key.country)
    return key


def refuse_names(mechanism: str, country: str) -> None:
    """Raise BadInput if they are no codes of a mechanism and a country."""
    if not MECHANISM.fullmatch(mechanism) or not COUNTRY.fullmatch(country):
        raise BadInput(
            f"{mechanism!r} of {country!r}: a mechanism's code is 2 to 12 capitals, its country "
            "three (ISO 3166-1)."
        )

"""The signed list of cards that are no longer good."""

import base64
import binascii
from datetime import UTC, datetime

from cauce.model.card import Revocations, Ring, Signed
from cauce.model.errors import BadInput

MARK = "CAUCE-REVOKED-1"
CONTEXT = b"cauce.revoked.1\x00"
HEAD, TOKEN, SIGNATURE = 18, 8, 64


def body_of(listed: Revocations) -> bytes:
    """What is signed: version, key, number, moment, days, how many, and each token in order."""
    head = b"\x01" + bytes.fromhex(listed.key) + listed.number.to_bytes(4, "big")
    head += int(listed.issued_at.timestamp()).to_bytes(4, "big")
    head += listed.fresh_days.to_bytes(1, "big") + len(listed.tokens).to_bytes(4, "big")
    return head + b"".join(bytes.fromhex(token) for token in sorted(listed.tokens))


def signed_text(listed: Revocations) -> bytes:
    """What the key signs."""
    return CONTEXT + body_of(listed)


def list_of(listed: Revocations, signature: bytes) -> str:
    """The list as the text of a file of one line."""
    return f"{MARK} {base64.b64encode(body_of(listed) + signature).decode()}\n"


def signer(text: str) -> str:
    """The id of the key that signed a list of the house's own."""
    return base64.b64decode(text.split()[1])[1:5].hex()


def read_list(text: str, ring: Ring, signed: Signed) -> Revocations:
    """A list as its issuer signed it.

    Raises:
        BadInput: it is no list, its key is not in the ring or was withdrawn, or it was altered.
    """
    mark, _, rest = text.strip().partition(" ")
    try:
        whole = base64.b64decode(rest, validate=True) if mark == MARK else b""
    except (binascii.Error, ValueError):
        whole = b""
    body, signature = whole[:-SIGNATURE], whole[-SIGNATURE:]
    count = int.from_bytes(body[14:HEAD], "big")
    if len(body) < HEAD or len(body) != HEAD + TOKEN * count or body[0] != 1:
        raise BadInput("This is no list of revoked cards, or a part of it is missing. Fetch it.")
    key = ring.get(body[1:5].hex())
    if key is None or key.withdrawn:
        raise BadInput(
            "The list of revoked cards is signed with a key that is not in the ring or was "
            "withdrawn. Fetch the newest page or ring, then the list."
        )
    if not signed(key.public, signature, CONTEXT + body):
        raise BadInput("The list of revoked cards was altered: its signature does not fit.")
    return _listed(body)


def _listed(body: bytes) -> Revocations:
    return Revocations(
        key=body[1:5].hex(),
        number=int.from_bytes(body[5:9], "big"),
        issued_at=datetime.fromtimestamp(int.from_bytes(body[9:13], "big"), UTC),
        fresh_days=body[13],
        tokens=frozenset(body[at : at + TOKEN].hex() for at in range(HEAD, len(body), TOKEN)),
    )
